using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConflictFunctions.Tests.Infra;

/// <summary>What hands out tokens to an app in Azure: an address on the app's own machine that two environment variables name.</summary>
internal sealed class TokenEndpoint : IAsyncDisposable
{
    private const string Address = "IDENTITY_ENDPOINT";
    private const string Secret = "IDENTITY_HEADER";

    private readonly WebApplication server;
    private readonly List<IQueryCollection> asked = [];

    private TokenEndpoint(WebApplication server) => this.server = server;

    /// <summary>What was asked for, call by call.</summary>
    public IReadOnlyList<IQueryCollection> Asked => asked;

    public static async Task<TokenEndpoint> Start(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new TokenEndpoint(builder.Build());
        endpoint.server.MapGet("/token", endpoint.Give);
        await endpoint.server.StartAsync(cancellation);
        Environment.SetEnvironmentVariable(Address, $"{endpoint.server.Urls.Single()}/token");
        Environment.SetEnvironmentVariable(Secret, "header of this machine");
        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(Address, null);
        Environment.SetEnvironmentVariable(Secret, null);
        await server.DisposeAsync();
    }

    private IResult Give(HttpContext call)
    {
        lock (asked)
        {
            asked.Add(call.Request.Query);
        }

        return call.Request.Headers["X-IDENTITY-HEADER"] == "header of this machine"
            ? Results.Json(new
            {
                access_token = $"token of {call.Request.Query["client_id"]}",
                expires_on = TimeProvider.System.GetUtcNow().AddHours(24).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                resource = call.Request.Query["resource"].ToString(),
                token_type = "Bearer",
            })
            : Results.Unauthorized();
    }
}
