using LocalFunctionsHost.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalFunctionsHost.Http;

/// <summary>Serves HTTP functions in the manner of the Functions host.</summary>
internal static class HttpFunctionEndpoints
{
    public static void MapFunctions(this WebApplication app, FunctionCatalog functions)
    {
        app.Use(EncodeTargetAgain);
        app.UseRouting();
        app.Use(AnswerWrongMethodWithNotFound);
        foreach (var function in functions.Http)
        {
            var endpoint = app.Map(function.Route, context => Serve(function, context)).WithDisplayName(function.Name).WithMetadata(function);
            if (function.Methods.Length > 0)
            {
                endpoint.WithMetadata(new HttpMethodMetadata(function.Methods));
            }
        }
    }

    // The Functions host decodes the path and encodes it again on its way to the app, which so sees %2F as %252F in the raw target.
    private static Task EncodeTargetAgain(HttpContext context, RequestDelegate next)
    {
        var path = new PathString(context.Request.Path.Value!.Replace("%", "%25", StringComparison.Ordinal));
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = path.ToUriComponent() + context.Request.QueryString.Value;
        return next(context);
    }

    // To the Functions host a route with another method is another route: it answers 404 where routing here would say 405.
    private static Task AnswerWrongMethodWithNotFound(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is { } endpoint and not RouteEndpoint)
        {
            context.SetEndpoint(null);
        }

        return next(context);
    }

    private static async Task Serve(HttpFunction function, HttpContext context)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            var result = await function.Run(new(function, context.RequestServices, cancellation.Token) { Http = context });
            await ((IResult)result!).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception error)
        {
            Fail(function, context, error);
        }
    }

    private static void Fail(HttpFunction function, HttpContext context, Exception error)
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger($"Function.{function.Name}");
        logger.LogError(error, "The function {Function} failed", function.Name);
        if (context.Response.HasStarted)
        {
            context.Abort();
        }
        else
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }
}
