using System.Text.Json;
using System.Text.Json.Serialization;
using ConflictData.Api;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Startup;

/// <summary>What the health addresses answer.</summary>
public sealed class HealthAnswers(Readiness readiness, ReleaseFollower follower, Engine engine)
{
    /// <summary>200 as long as the process answers at all.</summary>
    public IResult Live() => Results.Json(new HealthDocument("live", null, null), ApiJson.Readable.HealthDocument);

    /// <summary>
    /// 200 when every part stands, else 503. <c>status</c> is ready, starting, or degraded while storage does not answer
    /// and reads go on from memory.
    /// </summary>
    public async Task<IResult> Ready(CancellationToken cancellation)
    {
        if (readiness.IsReady)
        {
            // Looks at storage where nobody has of late, or an idle instance would go on telling how it was.
            await follower.Current(cancellation);
        }

        return Results.Json(
            new HealthDocument(Status(), engine.History.Head?.Release ?? 0, readiness.States.ToDictionary(part => Name(part.Key), State)),
            ApiJson.Readable.HealthDocument,
            statusCode: readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private string Status() => !readiness.IsReady ? "starting" : follower.Trouble is null ? "ready" : "degraded";

    private string State(KeyValuePair<Part, string> part) =>
        part.Key == Part.Storage && readiness.IsReady && follower.Trouble is not null ? "does not answer" : part.Value;

    private static string Name(Part part) => JsonNamingPolicy.CamelCase.ConvertName(part.ToString());
}

/// <summary>How the app is.</summary>
/// <param name="Status">live, ready, starting or degraded.</param>
/// <param name="Release">The newest release that is loaded; 0 = none.</param>
/// <param name="Parts">Each part's state.</param>
public sealed record HealthDocument(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Release,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Parts);
