using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Submissions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>The way in.</summary>
public sealed class SubmissionFunctions(ApiPipeline pipeline, SubmissionAnswers submissions, InboxAnswers inbox)
{
    private static readonly ApiRoute Contribute = new(Scopes.Contribute | Scopes.Curate | Scopes.Admin);
    private static readonly ApiRoute Curate = new(Scopes.Curate | Scopes.Admin);

    [Function("SubmitSet")]
    public Task<IResult> SubmitSet(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "submissions")] HttpRequest request) =>
        pipeline.Run(request, Contribute, call => submissions.Submit(call, null));

    [Function("Submit")]
    public Task<IResult> Submit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "submissions/{dataset}")] HttpRequest request,
        string dataset) =>
        pipeline.Run(request, Contribute, call => submissions.Submit(call, dataset));

    [Function("Submission")]
    public Task<IResult> Find(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "submissions/{id}")] HttpRequest request,
        string id) =>
        pipeline.Run(request, Contribute, call => submissions.Find(call, id));

    [Function("SubmissionPayload")]
    public Task<IResult> Payload(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "submissions/{id}/payload")] HttpRequest request,
        string id) =>
        pipeline.Run(request, Contribute, call => submissions.Payload(call, id));

    [Function("Inbox")]
    public Task<IResult> Inbox(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "inbox")] HttpRequest request) =>
        pipeline.Run(request, Curate, inbox.List);
}
