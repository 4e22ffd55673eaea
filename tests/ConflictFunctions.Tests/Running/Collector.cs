using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConflictFunctions.Tests.Running;

/// <summary>A collector of OpenTelemetry that keeps what it is sent. Texts stand in protobuf as they are, so they can be looked for.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Path, string Bytes)> sent = new();

    private Collector(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector.app.Map("/{**path}", collector.Take);
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>All that was sent of a signal: traces, metrics or logs.</summary>
    public string All(string signal) => string.Concat(sent.Where(item => item.Path == $"/v1/{signal}").Select(item => item.Bytes));

    /// <summary>Waits until something of a signal holds a text.</summary>
    public async Task Has(string signal, string text, CancellationToken cancellation)
    {
        while (!All(signal).Contains(text, StringComparison.Ordinal))
        {
            await Task.Delay(50, cancellation);
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> Take(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes);
        sent.Enqueue((request.Path.Value!, Encoding.UTF8.GetString(bytes.ToArray())));
        return Results.Ok();
    }
}
