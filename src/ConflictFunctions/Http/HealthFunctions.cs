using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Startup;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>Tells whoever watches over the app how it is.</summary>
public sealed class HealthFunctions(ApiPipeline pipeline, HealthAnswers health)
{
    private static readonly ApiRoute Open = new(Scopes.None) { AsksNobody = true };

    /// <summary>The process runs and answers.</summary>
    [Function("HealthLive")]
    public Task<IResult> Live(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) =>
        pipeline.Run(request, Open, _ => Task.FromResult(health.Live()));

    /// <summary>Everything that the app answers can be answered.</summary>
    [Function("HealthReady")]
    public Task<IResult> Ready(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request) =>
        pipeline.Run(request, Open, call => health.Ready(call.Request.HttpContext.RequestAborted));
}
