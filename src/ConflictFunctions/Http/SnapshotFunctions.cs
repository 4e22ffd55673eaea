using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>Published files.</summary>
public sealed class SnapshotFunctions(ApiPipeline pipeline, SnapshotAnswers snapshots)
{
    private static readonly ApiRoute Read = new(Scopes.Read | Scopes.Admin);

    [Function("Snapshots")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "snapshots")] HttpRequest request) =>
        pipeline.Run(request, Read, snapshots.List);

    [Function("SnapshotFile")]
    public Task<IResult> File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "snapshots/{release}/{file}")] HttpRequest request,
        string release,
        string file) =>
        pipeline.Run(request, Read, call => snapshots.File(call, release, file));
}
