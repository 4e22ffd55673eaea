using ConflictData.Access;
using ConflictData.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConflictData.Api;

/// <summary>One call on its way through the pipeline.</summary>
/// <param name="Request">The request.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Links">The addresses that answers may name.</param>
public sealed record ApiCall(HttpRequest Request, Caller Caller, Links Links);

/// <summary>What a route asks of the pipeline.</summary>
/// <param name="AnyOf">The scopes of which a caller needs one; none = open to all.</param>
/// <param name="Shape">How its errors are written.</param>
public readonly record struct ApiRoute(Scopes AnyOf, ErrorShape Shape = ErrorShape.Problem)
{
    /// <summary>True where nobody is asked who they are or how often they call, as whoever watches over the app must always be answered.</summary>
    public bool AsksNobody { get; init; }
}

/// <summary>
/// What holds for every HTTP function: who calls, may they and how often, the headers of every answer, compression, errors in the
/// right shape, and the one catch-all. The result is executed inside, so that a failure while it is written is caught here too.
/// </summary>
public sealed class ApiPipeline(
    KeyRing keys, CallLimits limits, AnswerHeaders headers, Compression compression, Settings settings, ILogger<ApiPipeline> log)
{
    /// <summary>Runs one call to its end; the response is complete when the task is.</summary>
    public async Task<IResult> Run(HttpRequest request, ApiRoute route, Func<ApiCall, Task<IResult>> work)
    {
        var context = request.HttpContext;
        using var timing = new CallTiming(context);
        using var scope = log.BeginScope("Request {RequestId}", context.TraceIdentifier);
        headers.Write(context);
        try
        {
            var result = await Answer(request, route, work);
            await compression.Write(context, result);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            log.ClientLeft(request.Method, SecretText.Blank(request.Path.ToString()));
        }
        catch (Exception problem)
        {
            await Fail(context, route, problem);
        }

        return Results.Empty;
    }

    private async Task<IResult> Answer(HttpRequest request, ApiRoute route, Func<ApiCall, Task<IResult>> work)
    {
        var identified = route.AsksNobody ? Caller.Anonymous(mayRead: false) : await keys.Identify(request);
        if (!identified.Succeeded(out var caller, out var refusal)
            || (refusal = route.AsksNobody ? null : limits.CountCall(request, caller)) is not null)
        {
            return new ErrorResult(refusal, route.Shape);
        }

        return caller.MayDo(route.AnyOf)
            ? await work(new ApiCall(request, caller, Links.For(request, settings)))
            : new ErrorResult(keys.Denied(caller, route.AnyOf), route.Shape);
    }

    private async Task Fail(HttpContext context, ApiRoute route, Exception problem)
    {
        var error = Failures.Explain(problem, context.TraceIdentifier);
        var path = SecretText.Blank(context.Request.Path.ToString());
        if (error.Code.Status < 500)
        {
            log.CallUnreadable(context.Request.Method, path, SecretText.Blank(problem.Message));
        }
        else
        {
            log.CallFailed(problem, context.Request.Method, path, error.Code.Name, context.TraceIdentifier);
        }

        if (context.Response.HasStarted)
        {
            // Half an answer must not look whole: the connection is cut.
            context.Abort();
            return;
        }

        context.Response.Clear();
        headers.Write(context);
        await new ErrorResult(error, route.Shape).ExecuteAsync(context);
    }
}
