using ConflictData.Access;
using ConflictData.Api;
using ConflictData.OData;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>The feed, at the newest release and at every release as a root of its own.</summary>
public sealed class ODataFunctions(ApiPipeline pipeline, ODataAnswers answers)
{
    // Every method of the standard arrives: a client that would write is told so in its own terms, not by the host's bare 404.
    // Access is decided inside: the service document is open, and a page token may stand in for the key.
    private static readonly ApiRoute Feed = new(Scopes.None, ErrorShape.OData);

    [Function("OData")]
    public Task<IResult> Newest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", Route = "odata/{*path}")] HttpRequest request,
        string? path) =>
        pipeline.Run(request, Feed, call => answers.Feed(call, null, path));

    [Function("ODataAtRelease")]
    public Task<IResult> AtRelease(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", Route = "releases/{release}/odata/{*path}")] HttpRequest request,
        string release,
        string? path) =>
        pipeline.Run(request, Feed, call => answers.Feed(call, release, path));
}
