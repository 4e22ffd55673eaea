using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>Tells whoever watches over the app how it is.</summary>
public sealed class HealthFunctions
{
    /// <summary>The process runs and answers.</summary>
    [Function("HealthLive")]
    public IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) =>
        Results.Ok(new { status = "live" });
}
