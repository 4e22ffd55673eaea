using ConflictData.Access;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>Browsers ask before they let a page of another origin call. They do so without a key, and for every address alike.</summary>
public sealed class PreflightFunctions(ApiPipeline pipeline, AnswerHeaders headers)
{
    private static readonly ApiRoute Open = new(Scopes.None) { AsksNobody = true };

    [Function("Preflight")]
    public Task<IResult> Preflight(
        [HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = "{*path}")] HttpRequest request) =>
        pipeline.Run(request, Open, call => Task.FromResult(headers.Preflight(call)));
}
