using System.Reflection;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Http;

/// <summary>The description of all HTTP functions, and the page on which they can be tried.</summary>
public sealed class OpenApiFunctions(ApiPipeline pipeline, OpenApiAnswers answers)
{
    private static readonly ApiRoute Open = new(Scopes.None);
    private static readonly Lazy<IReadOnlyList<ApiFunction>> Functions = new(FindFunctions);

    /// <summary>The HTTP functions of the app, as their attributes declare them.</summary>
    internal static IReadOnlyList<ApiFunction> All => Functions.Value;

    [Function("OpenApiJson")]
    public Task<IResult> Json(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi/v3.json")] HttpRequest request) =>
        pipeline.Run(request, Open, call => Task.FromResult(answers.AsJson(call, All)));

    [Function("OpenApiYaml")]
    public Task<IResult> Yaml(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi/v3.yaml")] HttpRequest request) =>
        pipeline.Run(request, Open, call => Task.FromResult(answers.AsYaml(call, All)));

    [Function("SwaggerUi")]
    public Task<IResult> Page(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "swagger/ui")] HttpRequest request) =>
        pipeline.Run(request, Open, call => Task.FromResult(SwaggerUi.Index(call)));

    [Function("SwaggerUiFile")]
    public Task<IResult> File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "swagger/ui/{file}")] HttpRequest request,
        string file) =>
        pipeline.Run(request, Open, _ => Task.FromResult(SwaggerUi.File(file)));

    private static IReadOnlyList<ApiFunction> FindFunctions() =>
    [
        .. from type in typeof(OpenApiFunctions).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where function is not null && trigger is not null
           select new ApiFunction(function.Name, trigger.Route!, trigger.Methods!),
    ];
}
