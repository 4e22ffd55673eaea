using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.OpenApi;
using ConflictData.Releases;
using ConflictData.Submissions;
using ConflictData.Webhooks;
using Microsoft.OpenApi;

namespace ConflictData.Tests.OpenApi;

/// <summary>The schemas of our own documents have the members that are written and read, and no others.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Documents => [.. Written.Keys, .. Read.Keys];

    private static readonly Dictionary<string, JsonTypeInfo> Written = new()
    {
        ["Dataset"] = ApiJson.Readable.DatasetDocument,
        ["DatasetList"] = ApiJson.Readable.DatasetList,
        ["Health"] = ApiJson.Readable.HealthDocument,
        ["InboxFile"] = ApiJson.Readable.InboxDocument,
        ["InboxList"] = ApiJson.Readable.InboxList,
        ["Key"] = ApiJson.Readable.KeyDocument,
        ["KeyList"] = ApiJson.Readable.KeyList,
        ["Notice"] = ApiJson.Readable.Notice,
        ["NoticeLinks"] = ApiJson.Readable.NoticeLinks,
        ["RedactedText"] = ApiJson.Readable.RedactedTextDocument,
        ["Redaction"] = ApiJson.Readable.RedactionDocument,
        ["RedactionList"] = ApiJson.Readable.RedactionList,
        ["Release"] = ApiJson.Readable.ReleaseDocument,
        ["ReleaseList"] = ApiJson.Readable.ReleaseList,
        ["RepeatedAnswer"] = SubmissionJson.Default.RepeatedAnswer,
        ["ReplacedRecords"] = SubmissionJson.Default.ReplacedRecords,
        ["RowProblem"] = SubmissionJson.Default.RowProblem,
        ["Snapshot"] = ApiJson.Readable.SnapshotDocument,
        ["SnapshotFile"] = ApiJson.Readable.SnapshotFileDocument,
        ["SnapshotList"] = ApiJson.Readable.SnapshotList,
        ["SubmissionCounts"] = SubmissionJson.Default.SubmissionCounts,
        ["SubmissionProgress"] = ApiJson.Readable.SubmissionDocument,
        ["SubmissionReport"] = SubmissionJson.Default.SubmissionReport,
        ["TagMove"] = ApiJson.Readable.TagMoveDocument,
        ["Webhook"] = ApiJson.Readable.WebhookDocument,
        ["WebhookList"] = ApiJson.Readable.WebhookList,
    };

    private static readonly Dictionary<string, JsonTypeInfo> Read = new()
    {
        ["KeyRequest"] = KeyRequestJson.Default.KeyRequest,
        ["RedactionRequest"] = RedactionRequestJson.Default.RedactionRequest,
        ["TagRequest"] = TagJson.Default.TagRequest,
        ["WebhookRequest"] = WebhookRequestJson.Default.WebhookRequest,
    };

    private static readonly Dictionary<string, OpenApiSchema> Schemas =
        new[] { DocumentSchemas.All(), SubmissionSchemas.All(), ReleaseSchemas.All(), AccessSchemas.All(), WebhookSchemas.All(), ErrorSchemas.All() }.SelectMany(schemas => schemas).ToDictionary(schema => schema.Name, schema => schema.Schema);

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_schema_has_the_members_of_its_document(string name)
    {
        var document = Written.TryGetValue(name, out var written) ? written : Read[name];
        Assert.Equal(document.Properties.Select(property => property.Name), Schemas[name].Properties!.Keys);
    }

    [Fact]
    public void Every_document_that_is_written_has_a_schema()
    {
        var declared = typeof(ApiJson).GetProperties().Where(property => property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(JsonTypeInfo<>))
            .Select(property => property.PropertyType.GenericTypeArguments[0])
            .Where(type => type.Namespace!.StartsWith("ConflictData", StringComparison.Ordinal) && type != typeof(RowsDone));
        Assert.Empty(declared.Except(Written.Values.Select(info => info.Type)));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("2022-Q1", true)]
    [InlineData("2022", false)]
    [InlineData("-a", false)]
    [InlineData("a b", false)]
    [InlineData("", false)]
    public void The_pattern_of_a_tag_lets_through_what_a_tag_may_be(string name, bool isTag)
    {
        Assert.Equal(isTag, System.Text.RegularExpressions.Regex.IsMatch(name, ReleaseSchemas.TagPattern));
        Assert.Equal(isTag, TagName.IsValid(name));
        Assert.Equal(TagName.IsValid(new string('a', 64)), System.Text.RegularExpressions.Regex.IsMatch(new string('a', 64), ReleaseSchemas.TagPattern));
        Assert.Equal(TagName.IsValid(new string('a', 65)), System.Text.RegularExpressions.Regex.IsMatch(new string('a', 65), ReleaseSchemas.TagPattern));
    }
}
