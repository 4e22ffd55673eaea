using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Explorer;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>The page on which people look at what is in the store. It is open; what it reads is not.</summary>
public sealed class ExplorerFunctions(ApiPipeline pipeline)
{
    private static readonly ApiRoute Open = new(Scopes.None);

    [Function("Explorer")]
    public Task<IResult> Page(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "explorer")] HttpRequest request) =>
        pipeline.Run(request, Open, call => Task.FromResult(ExplorerPage.Index(call)));

    [Function("ExplorerFile")]
    public Task<IResult> File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "explorer/{file}")] HttpRequest request,
        string file) =>
        pipeline.Run(request, Open, _ => Task.FromResult(ExplorerPage.File(file)));
}
