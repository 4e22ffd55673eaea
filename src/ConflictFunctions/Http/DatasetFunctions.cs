using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>What there is: the datasets and their Table Schemas.</summary>
public sealed class DatasetFunctions(ApiPipeline pipeline)
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
}
