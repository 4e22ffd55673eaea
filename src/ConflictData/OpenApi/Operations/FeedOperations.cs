using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using Microsoft.OpenApi;

namespace ConflictData.OpenApi;

/// <summary>The feed, at the newest release and at any other: the same addresses under two roots.</summary>
/// <param name="settings">The limits that its descriptions name.</param>
/// <param name="function">The function that serves the root.</param>
internal sealed class FeedOperations(Settings settings, string function)
{
    /// <summary>The functions that serve a root each.</summary>
    public const string Newest = "OData";

    /// <inheritdoc cref="Newest"/>
    public const string AtRelease = "ODataAtRelease";

    /// <summary>The part of routes that stands for any number of segments, which no description can say.</summary>
    public const string AnyRest = "{*path}";

    private static readonly ErrorCode[] OfDocuments = [ErrorCode.BadQuery, ErrorCode.NotAcceptable, ErrorCode.NotSupported];

    private static readonly ErrorCode[] OfReads =
        [.. OfDocuments, ErrorCode.BadToken, ErrorCode.NotFound, ErrorCode.ReleaseNotFound, .. Common.OfEngine];

    private readonly string ending = function == AtRelease ? "AtRelease" : "";
    private readonly string[] root = function == AtRelease ? ["release"] : [];

    /// <summary>The answers that whole components are, so that both roots share them.</summary>
    public static IEnumerable<(string Id, OpenApiResponse Response)> Shared() => Catalog.Sets.SelectMany(set => new[]
    {
        (DatasetSchemas.PageName(set), Answers.Of(
            $"{set.Title}. JSON comes in pages, CSV and NDJSON to their end.", [.. Headers.OfRows, "Conflict-Count", "Link"],
            (Answers.Json, new OpenApiMediaType { Schema = Shapes.Ref(DatasetSchemas.PageName(set)), Example = Examples.Page(set) }),
            (Answers.Csv, Answers.Text("RFC 4180, with a header; ISO dates, empty = null.")),
            (Answers.NdJson, Answers.Text("A JSON object a line.")))),
        (set.Name, Answers.Of(
            "The record.", Headers.OfRows,
            (Answers.Json, new OpenApiMediaType { Schema = new OpenApiSchema { AllOf = [Shapes.Ref("Record"), Shapes.Ref(set.Name)] }, Example = Examples.Record(set) }),
            (Answers.Csv, Answers.Text("A header and the record.")),
            (Answers.NdJson, Answers.Text("The record as a line.")))),
    });

    public IEnumerable<Operation> All() => [.. Documents(), .. Catalog.Sets.SelectMany(OfSet), .. OfMembers(), Batch()];

    private IEnumerable<Operation> Documents() =>
    [
        Of("getServiceDocument", "The sets that can be read", "", ["documentFormat", "maxVersion", "ifNoneMatch", "ifAny"]) with
        {
            AnyOf = Scopes.None,
            Text = "Open to all: it holds no rows. What would write is answered 501 `notSupported` under this root.",
            Answers = [(200, Answers.OfJson("The sets.", "ServiceDocument", "service", "ETag", "OData-Version")), Answers.NotModified],
            Errors = [.. OfDocuments, .. root.Length > 0 ? [ErrorCode.ReleaseNotFound, ErrorCode.NotReady] : Array.Empty<ErrorCode>()],
        },
        Of("getModel", "The model", "$metadata", ["modelFormat", "maxVersion", "ifNoneMatch", "ifAny"]) with
        {
            AnyOf = Scopes.None,
            Text = "Open to all: it holds no rows.",
            Answers =
            [
                (200, Answers.Of("The model, as OData has it.", ["ETag", "OData-Version"],
                    ("application/xml", Answers.Text("CSDL.")),
                    (Answers.Json, new OpenApiMediaType { Schema = Shapes.Map(Shapes.Anything("As CSDL has it."), "CSDL as JSON, for 4.01 only.") }))),
                Answers.NotModified,
            ],
            Errors = [.. OfDocuments, .. root.Length > 0 ? [ErrorCode.ReleaseNotFound, ErrorCode.NotReady] : Array.Empty<ErrorCode>()],
        },
    ];

    private IEnumerable<Operation> OfSet(Dataset set) =>
    [
        Of($"read{set.Name}", $"{set.Title}: the records", set.Name, [.. FeedParameters.OfSet, .. FeedParameters.Headers]) with
        {
            Text = set.Description,
            Answers = [(200, new OpenApiResponseReference(DatasetSchemas.PageName(set))), Answers.NotModified],
            Errors = [.. OfReads, ErrorCode.DeltaGone],
        },
        Of($"count{set.Name}", $"{set.Title}: how many records", $"{set.Name}/$count", [.. FeedParameters.OfCount, .. FeedParameters.Headers]) with
        {
            Answers = [(200, Number()), Answers.NotModified],
            Errors = [.. OfReads, ErrorCode.DeltaGone],
        },
        Of($"read{set.Singular}", $"{set.Title}: a record by its id", $"{set.Name}('{{id}}')", [FeedParameters.KeyOf(set), .. FeedParameters.OfRecord, .. FeedParameters.Headers]) with
        {
            Answers = [(200, new OpenApiResponseReference(set.Name)), Answers.NotModified],
            Errors = OfReads,
        },
        Of($"post{set.Name}Query", $"{set.Title}: the records, by options that are too long for an address", $"{set.Name}/$query", ["prefer", "maxVersion", "minRelease"]) with
        {
            Method = HttpMethod.Post, Body = Bodies.Query(),
            Text = $"Any address of the feed takes `/$query` behind it. At most {settings.MaxQueryBody} bytes.",
            Answers = [(200, new OpenApiResponseReference(DatasetSchemas.PageName(set)))],
            Errors = [.. OfReads, ErrorCode.DeltaGone, ErrorCode.UnsupportedMediaType],
        },
    ];

    private IEnumerable<Operation> OfMembers() =>
    [
        Of("getMember", "A property of a record, or what it refers to", "{set}('{id}')/{member}", ["set", FeedParameters.KeyOf(Catalog.All[0]), "member", .. FeedParameters.OfSet, .. FeedParameters.Headers]) with
        {
            Text = "A way to many records is a set with all its options, a way to one a record, a property has `$format` alone. Paths go on from there.",
            Answers =
            [
                (200, Answers.Of("The value, the record or a page of records.", Headers.OfRows,
                    (Answers.Json, new OpenApiMediaType
                    {
                        Schema = new OpenApiSchema { AnyOf = [Shapes.Ref("Property"), Shapes.Ref("Page"), Shapes.Ref("AnyRecord")] },
                        Example = Examples.Named("property"),
                    }),
                    (Answers.Csv, Answers.Text("Records.")),
                    (Answers.NdJson, Answers.Text("Records.")))),
                (204, Answers.Plain("It is null.", Headers.OfRows)),
                Answers.NotModified,
            ],
            Errors = OfReads,
        },
        Of("getValue", "A property of a record, bare", "{set}('{id}')/{member}/$value", ["set", FeedParameters.KeyOf(Catalog.All[0]), "member", .. FeedParameters.Headers]) with
        {
            Answers = [(200, Answers.Of("The value.", Headers.OfRows, ("text/plain", Answers.Text("As it stands in CSV.", "374")))), (204, Answers.Plain("It is null.", Headers.OfRows)), Answers.NotModified],
            Errors = OfReads,
        },
        Of("countMember", "How many records a record is referred to by", "{set}('{id}')/{member}/$count", ["set", FeedParameters.KeyOf(Catalog.All[0]), "ways", .. FeedParameters.OfCount, .. FeedParameters.Headers]) with
        {
            Answers = [(200, Number()), Answers.NotModified],
            Errors = OfReads,
        },
        Of("getEntity", "The record that an address names", "$entity", ["entityId", .. FeedParameters.OfRecord, .. FeedParameters.Headers]) with
        {
            Answers = [(200, Answers.OfJson("The record.", "AnyRecord", "entity", Headers.OfRows)), Answers.NotModified],
            Errors = OfReads,
        },
    ];

    private Operation Batch() =>
        Of("batch", "Several reads of one release", "$batch", ["continueOnError", "maxVersion", "minRelease"]) with
        {
            Method = HttpMethod.Post, Body = Bodies.Batch(settings),
            Text = "In their order, until one fails. Only what reads is carried out.",
            Answers = [(200, Answers.Of("The answers.", ["Conflict-Release", "OData-Version", "Preference-Applied"],
                (Answers.Json, Answers.Content("BatchAnswers", "batchAnswers")), ("multipart/mixed", Answers.Text("The answers as parts of type application/http."))))],
            Errors = [.. OfReads, ErrorCode.UnsupportedMediaType],
        };

    private Operation Of(string id, string summary, string rest, string[] parameters) => new(function, id + ending, summary)
    {
        Part = (AnyRest, rest),
        Tag = function == AtRelease ? Tags.FeedAtRelease : Tags.Feed,
        AnyOf = Common.Read,
        Shape = ErrorShape.OData,
        Parameters = [.. root, .. parameters],
        Answers = [],
    };

    private static OpenApiResponse Number() => Answers.Of("The number.", Headers.OfRows, ("text/plain", Answers.Text("In digits.", "86")));
}
