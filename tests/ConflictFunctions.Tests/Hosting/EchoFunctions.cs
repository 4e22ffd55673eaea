using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Tests.Hosting;

/// <summary>Functions that tell what reached them.</summary>
public sealed class EchoFunctions(Gate gate)
{
    [Function("EchoRecord")]
    public IResult Record(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "echo/{dataset}/{number:int}/{word?}")] HttpRequest request,
        string dataset, int number, string? word, FunctionContext context) =>
        Results.Text($"{dataset} {number} {word ?? "-"} {context.FunctionDefinition.Name} {request.Method}");

    [Function("EchoPath")]
    public IResult Path([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "path/{*path}")] HttpRequest request, string? path) =>
        Results.Text($"{path}\n{request.Path}\n{request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget}\n{request.QueryString}");

    [Function("EchoBody")]
    public async Task<IResult> Body([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "body")] HttpRequest request, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        return Results.Text($"{request.ContentLength} {body.Length}");
    }

    [Function("EchoBodyByPut")]
    public IResult Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "body")] HttpRequest request) => Results.Text(request.Method);

    [Function("EchoFailure")]
    public IResult Fail([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "failure")] HttpRequest request) =>
        throw new InvalidOperationException($"no answer to {request.Path}");

    [Function("EchoStream")]
    public IResult Stream([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "stream")] HttpRequest request, CancellationToken cancellation) =>
        Results.Stream(async output =>
        {
            await output.WriteAsync("first\n"u8.ToArray(), cancellation);
            await output.FlushAsync(cancellation);
            await gate.Opened.WaitAsync(cancellation);
            await output.WriteAsync("last\n"u8.ToArray(), cancellation);
        });
}
