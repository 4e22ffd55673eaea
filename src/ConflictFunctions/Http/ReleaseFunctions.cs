using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Releases;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>The releases and their tags.</summary>
public sealed class ReleaseFunctions(ApiPipeline pipeline, ReleaseAnswers releases, DiffAnswers diffs, TagAnswers tags)
{
    private static readonly ApiRoute Read = new(Scopes.Read | Scopes.Admin);
    private static readonly ApiRoute Curate = new(Scopes.Curate | Scopes.Admin);

    [Function("Releases")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "releases")] HttpRequest request) =>
        pipeline.Run(request, Read, releases.List);

    /// <summary>The dot keeps the address apart from those of releases, one of which may have the tag "atom".</summary>
    [Function("ReleaseAtom")]
    public Task<IResult> Atom(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "releases.atom")] HttpRequest request) =>
        pipeline.Run(request, Read, releases.Atom);

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

    [Function("TagRelease")]
    public Task<IResult> Tag(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "releases/{release}/tag")] HttpRequest request,
        string release) =>
        pipeline.Run(request, Curate, call => tags.Put(call, release));

    [Function("UntagRelease")]
    public Task<IResult> Untag(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "releases/{release}/tag/{tag}")] HttpRequest request,
        string release,
        string tag) =>
        pipeline.Run(request, Curate, call => tags.Delete(call, release, tag));
}
