using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Http;

/// <summary>POST /admin/functions/{name} runs a timer function by hand.</summary>
internal static class AdminEndpoint
{
    public static void MapAdmin(this WebApplication app, FunctionCatalog functions) =>
        app.MapPost("admin/functions/{name}", (string name, TimerRunner runner) =>
        {
            if (functions.Timers.FirstOrDefault(timer => timer.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } function)
            {
                return Results.NotFound();
            }

            // The answer does not wait for the run; the runner logs how it ends.
            _ = runner.Run(function);
            return Results.Accepted();
        });
}
