using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Releases;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>The releases.</summary>
public sealed class ReleaseFunctions(ApiPipeline pipeline, ReleaseAnswers releases, DiffAnswers diffs)
{
    private static readonly ApiRoute Read = new(Scopes.Read | Scopes.Admin);

    [Function("Releases")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "releases")] HttpRequest request) =>
        pipeline.Run(request, Read, releases.List);

    [Function("Release")]
    public Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "releases/{release}")] HttpRequest request,
        string release) =>
        pipeline.Run(request, Read, call => releases.One(call, release));

    [Function("ReleaseDiff")]
    public Task<IResult> Diff(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "releases/{release}/diff/{other}")] HttpRequest request,
        string release,
        string other) =>
        pipeline.Run(request, Read, call => diffs.Diff(call, release, other));
}
