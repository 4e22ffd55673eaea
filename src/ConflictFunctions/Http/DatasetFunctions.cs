using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Submissions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>What there is: the datasets, their Table Schemas, how their records came to be what they are, and the way out of them.</summary>
public sealed class DatasetFunctions(ApiPipeline pipeline, CatalogueAnswers catalogue, HistoryAnswers histories, RetractionAnswers retractions, RedactionAnswers redactions)
{
    private static readonly ApiRoute Read = new(Scopes.Read | Scopes.Admin);
    private static readonly ApiRoute Contribute = new(Scopes.Contribute | Scopes.Curate | Scopes.Admin);
    private static readonly ApiRoute Admin = new(Scopes.Admin);

    [Function("Datasets")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "datasets")] HttpRequest request) =>
        pipeline.Run(request, Read, catalogue.List);

    [Function("Dataset")]
    public Task<IResult> Schema(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "datasets/{dataset}")] HttpRequest request,
        string dataset) =>
        pipeline.Run(request, Read, _ => Task.FromResult(DatasetAnswers.Schema(dataset)));

    [Function("RecordHistory")]
    public Task<IResult> History(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "datasets/{dataset}/records/{id}/history")] HttpRequest request,
        string dataset,
        string id) =>
        pipeline.Run(request, Read, call => histories.History(call, dataset, id));

    [Function("RetractRecord")]
    public Task<IResult> Retract(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "datasets/{dataset}/records/{id}")] HttpRequest request,
        string dataset,
        string id) =>
        pipeline.Run(request, Contribute, call => retractions.Retract(call, dataset, id));

    [Function("RecordRedactions")]
    public Task<IResult> Redactions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "datasets/{dataset}/records/{id}/redactions")] HttpRequest request,
        string dataset,
        string id) =>
        pipeline.Run(request, Read, call => redactions.List(call, dataset, id));

    [Function("RedactRecord")]
    public Task<IResult> Redact(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "datasets/{dataset}/records/{id}/redactions")] HttpRequest request,
        string dataset,
        string id) =>
        pipeline.Run(request, Admin, call => redactions.Redact(call, dataset, id));
}
