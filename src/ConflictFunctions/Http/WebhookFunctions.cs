using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>Who is told of releases.</summary>
public sealed class WebhookFunctions(ApiPipeline pipeline, WebhookAnswers webhooks)
{
    private static readonly ApiRoute Admin = new(Scopes.Admin);

    [Function("MakeWebhook")]
    public Task<IResult> Make(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks")] HttpRequest request) =>
        pipeline.Run(request, Admin, webhooks.Make);

    [Function("Webhooks")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "webhooks")] HttpRequest request) =>
        pipeline.Run(request, Admin, webhooks.List);

    [Function("Webhook")]
    public Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "webhooks/{id}")] HttpRequest request,
        string id) =>
        pipeline.Run(request, Admin, call => webhooks.One(call, id));

    [Function("RemoveWebhook")]
    public Task<IResult> Remove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "webhooks/{id}")] HttpRequest request,
        string id) =>
        pipeline.Run(request, Admin, call => webhooks.Remove(call, id));
}
