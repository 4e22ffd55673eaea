using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConflictData.Access;
using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Startup;
using ConflictData.Submissions;
using ConflictData.Webhooks;

namespace ConflictData.Api;

/// <summary>How our own documents are written as JSON. Rows of datasets never come this way.</summary>
[JsonSerializable(typeof(DatasetList))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(InboxList))]
[JsonSerializable(typeof(KeyDocument))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(RedactionDocument))]
[JsonSerializable(typeof(RedactionList))]
[JsonSerializable(typeof(ReleaseDocument))]
[JsonSerializable(typeof(ReleaseList))]
[JsonSerializable(typeof(SnapshotList))]
[JsonSerializable(typeof(SubmissionDocument))]
[JsonSerializable(typeof(WebhookDocument))]
[JsonSerializable(typeof(WebhookList))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>With quotes and Arabic as they are: answers are JSON, never part of a page.</summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
