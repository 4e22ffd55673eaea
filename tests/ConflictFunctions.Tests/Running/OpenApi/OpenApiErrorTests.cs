using System.Text.Json.Nodes;
using ConflictData.Api;
using ConflictFunctions.Tests.Running.Access;

namespace ConflictFunctions.Tests.Running.OpenApi;

/// <summary>What goes wrong is answered as the description of the operation says.</summary>
[Collection(nameof(DescribedApp))]
public sealed class OpenApiErrorTests(DescribedApp app)
{
    private const string Former = """[{"Id":"refused","Title":"Refused","Kind":"report","Citation":"By a neighbour"}]""";
    private const string Source = """[{"Id":"refused","Title":"Refused","Kind":"report","Citation":null}]""";

    /// <summary>What no client can bring about by what it sends; other tests see to these.</summary>
    private static readonly ErrorCode[] NotOfClients =
    [
        ErrorCode.InProgress, ErrorCode.RateLimited, ErrorCode.Internal, ErrorCode.Busy, ErrorCode.StorageUnavailable, ErrorCode.IdentityUnavailable, ErrorCode.NotReady, ErrorCode.TimedOut,
        ErrorCode.EngineFull,
    ];

    private readonly HashSet<string> met = [];

    [Fact]
    public async Task Each_error_is_in_the_shape_and_under_the_status_that_are_described()
    {
        await Reading();
        await Files();
        await Writing();
        await Access();
        Assert.Equal(ErrorCode.All.Except(NotOfClients).Select(code => code.Name).Order(), met.Order());
    }

    private async Task Reading()
    {
        await Meet(ErrorCode.BadRequest, "getDiff", "releases/1/diff/1?datset=Places");
        await Meet(ErrorCode.BadQuery, "readCasualties", "odata/Casualties?$filter=Nope eq 1");
        await Meet(ErrorCode.BadQuery, "readCasualtiesAtRelease", "releases/1/odata/Casualties?$top=x");
        await Meet(ErrorCode.BadToken, "readCasualties", "odata/Casualties?$skiptoken=AAAA");
        await Meet(ErrorCode.NotFound, "readCasualty", "odata/Casualties('none')");
        await Meet(ErrorCode.NotFound, "getTableSchema", "datasets/None");
        await Meet(ErrorCode.NotFound, "getHistory", "datasets/Casualties/records/none/history");
        await Meet(ErrorCode.ReleaseNotFound, "getRelease", "releases/999");
        await Meet(ErrorCode.ReleaseNotFound, "getZoneFeatures", "geo/zones?release=999");
        await Meet(ErrorCode.ReleaseNotFound, "getServiceDocumentAtRelease", "releases/999/odata");
        await Meet(ErrorCode.NotAcceptable, "readCasualties", "odata/Casualties?$format=xml");
        await Meet(ErrorCode.NotSupported, "readCasualties", "odata/Casualties?$index=1");
        await Meet(ErrorCode.UnsupportedMediaType, "postCasualtiesQuery", "odata/Casualties/$query", DescribedApp.Text("{}", "application/json"));

        var (_, batch) = await app.Call("batch", "odata/$batch", DescribedApp.Text(
            """{"requests":[{"id":"1","method":"GET","url":"None"},{"id":"2","method":"GET","url":"Places","dependsOn":["1"]}]}""", "application/json"), headers: ("Prefer", "continue-on-error"));
        met.Add((string)JsonNode.Parse(batch)!["responses"]![1]!["body"]!["error"]!["code"]!);
    }

    private async Task Files()
    {
        await Meet(ErrorCode.NotFound, "getSnapshotFile", "snapshots/1/none.csv");
        await Meet(ErrorCode.NotFound, "getSwaggerUiFile", "swagger/ui/none.js");
        await Meet(ErrorCode.PreconditionFailed, "getSnapshotFile", "snapshots/1/places.csv", headers: ("If-Match", "\"x\""));
        await Meet(ErrorCode.RangeNotSatisfiable, "getSnapshotFile", "snapshots/1/places.csv", headers: ("Range", "bytes=999999999-"));
    }

    private async Task Writing()
    {
        await Meet(ErrorCode.Rejected, "submitSources", "submissions/Sources", DescribedApp.Text("""[{"Id":"refused","Kind":"none"}]""", "application/json"));
        await Meet(ErrorCode.BaseMoved, "submitSources", "submissions/Sources?mode=replace&base=0", DescribedApp.Text(Source, "application/json"));
        await Meet(ErrorCode.UnsupportedMediaType, "submitSources", "submissions/Sources", DescribedApp.Text(Source, "text/plain"));
        await Meet(ErrorCode.StillReferenced, "retractRecord", "datasets/Sources/records/brief");
        await Meet(ErrorCode.NotFound, "retractRecord", "datasets/Sources/records/none");
        await Meet(ErrorCode.TooLarge, "tagRelease", "releases/1/tag", DescribedApp.Text($$"""{"tag":"{{new string('a', 40_000)}}"}""", "application/json"));

        var (_, former) = await app.Call("submitSources", "submissions/Sources", DescribedApp.Text(Former, "application/json"));
        await app.Call("submitSources", "submissions/Sources", DescribedApp.Text(Source, "application/json"), headers: ("Idempotency-Key", "once"));
        var (_, redaction) = await app.Call("redactRecord", "datasets/Sources/records/refused/redactions", DescribedApp.Text("{\"columns\":[\"Citation\"],\"message\":\"Erased\"}", "application/json"));
        await app.Line($"Removed the copies of what release {JsonNode.Parse(redaction)!["release"]} redacted");
        await Meet(ErrorCode.Redacted, "getPayload", $"submissions/{JsonNode.Parse(former)!["id"]}/payload");
        await Meet(ErrorCode.IdempotencyMismatch, "submitPlaces", "submissions/Places", DescribedApp.Text("""[{"Id":"other","Name":"Other","Kind":"town","PlacePrecision":7}]""", "application/json"), headers: ("Idempotency-Key", "once"));

        // A tag that is moved back takes its root back to before the link.
        await app.Call("tagRelease", "releases/latest/tag", DescribedApp.Text("""{"tag":"moved"}""", "application/json"));
        var (_, tracked) = await app.Call("readSourcesAtRelease", "releases/moved/odata/Sources?$select=Id", headers: ("Prefer", "track-changes"));
        await app.Call("tagRelease", "releases/1/tag", DescribedApp.Text("""{"tag":"moved"}""", "application/json"));
        await Meet(ErrorCode.DeltaGone, "readSourcesAtRelease", (string)JsonNode.Parse(tracked)!["@odata.deltaLink"]!);
    }

    private async Task Access()
    {
        var key = await MadeKey.Make(app.Admin, ["read"]);
        await Meet(ErrorCode.Unauthenticated, "listReleases", "releases", client: app.Anonymous);
        await Meet(ErrorCode.Unauthenticated, "readCasualties", "odata/Casualties", client: app.Anonymous);
        await Meet(ErrorCode.Unauthenticated, "getOpenApiJson", "openapi/v3.json", client: app.Anonymous, headers: ("Authorization", "Bearer nonsense"));
        await Meet(ErrorCode.Forbidden, "listKeys", "keys", client: app.Anonymous, headers: ("x-api-key", key.Text));
        await app.Call("revokeKey", $"keys/{key.Id}");
        await Meet(ErrorCode.Conflict, "rotateKey", $"keys/{key.Id}/rotate");
    }

    private async Task Meet(ErrorCode code, string operation, string address, HttpContent? body = null, HttpClient? client = null, params (string Name, string Value)[] headers)
    {
        var (status, text) = await app.Call(operation, address, body, client, headers);
        var error = JsonNode.Parse(text)!;
        Assert.Equal((code.Status, code.Name), (status, (string?)(error["error"] ?? error)["code"]));
        met.Add(code.Name);
    }
}
