using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Releases;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>What there is: the datasets, their Table Schemas, and how their records came to be what they are.</summary>
public sealed class DatasetFunctions(ApiPipeline pipeline, HistoryAnswers histories)
{
    private static readonly ApiRoute Read = new(Scopes.Read | Scopes.Admin);

    [Function("Datasets")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "datasets")] HttpRequest request) =>
        pipeline.Run(request, Read, call => Task.FromResult(DatasetAnswers.List(call)));

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
}
