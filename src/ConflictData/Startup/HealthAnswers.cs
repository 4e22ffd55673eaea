using System.Text.Json;
using ConflictData.Api;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Startup;

/// <summary>What the health addresses answer.</summary>
public sealed class HealthAnswers(Readiness readiness, ReleaseFollower follower, Engine engine)
{
    /// <summary>200 as long as the process answers at all.</summary>
    public IResult Live() => new JsonResult(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "live");
        json.WriteEndObject();
    });

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

        return new JsonResult(Write, readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("status", !readiness.IsReady ? "starting" : follower.Trouble is null ? "ready" : "degraded");
        json.WriteNumber("release", engine.History.Head?.Release ?? 0);
        json.WriteStartObject("parts");
        foreach (var (part, state) in readiness.States)
        {
            var isGone = part == Part.Storage && readiness.IsReady && follower.Trouble is not null;
            json.WriteString(JsonNamingPolicy.CamelCase.ConvertName(part.ToString()), isGone ? "does not answer" : state);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
