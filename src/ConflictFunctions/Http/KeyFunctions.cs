using ConflictData.Access;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>The keys that callers are known by.</summary>
public sealed class KeyFunctions(ApiPipeline pipeline, KeyAnswers keys)
{
    private static readonly ApiRoute Admin = new(Scopes.Admin);

    [Function("MakeKey")]
    public Task<IResult> Make(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "keys")] HttpRequest request) =>
        pipeline.Run(request, Admin, keys.Make);

    [Function("Keys")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "keys")] HttpRequest request) =>
        pipeline.Run(request, Admin, keys.List);

    [Function("Key")]
    public Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "keys/{id}")] HttpRequest request,
        string id) =>
        pipeline.Run(request, Admin, call => keys.One(call, id));

    [Function("RevokeKey")]
    public Task<IResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "keys/{id}")] HttpRequest request,
        string id) =>
        pipeline.Run(request, Admin, call => keys.Revoke(call, id));

    [Function("RotateKey")]
    public Task<IResult> Rotate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "keys/{id}/rotate")] HttpRequest request,
        string id) =>
        pipeline.Run(request, Admin, call => keys.Rotate(call, id));
}
