using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConflictData.Tests.Webhooks;

/// <summary>Somebody on this machine who is told of releases, over HTTP, and answers as a test says.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly SemaphoreSlim came = new(0);

    private Receiver(WebApplication web) => this.web = web;

    /// <summary>What it answers, by the number of the call from 1 on; 200 unless a test says otherwise.</summary>
    public Func<int, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public Uri Url => new($"{web.Urls.First()}/told?token=of-the-receiver");

    /// <summary>All calls so far.</summary>
    public ConcurrentQueue<ReceivedNotice> Calls { get; } = new();

    /// <summary>The releases of which it has been told and has said so, in order.</summary>
    public IReadOnlyList<int> Taken => [.. Calls.Where(call => call.Status == 200).Select(call => call.Release)];

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var web = builder.Build();
        var receiver = new Receiver(web);
        web.Run(receiver.Take);
        await web.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Waits until so many calls more have been answered.</summary>
    public async Task Comes(int calls = 1)
    {
        for (; calls > 0; calls--)
        {
            Assert.True(await came.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "Nothing more has come.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        came.Dispose();
    }

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var notice = new ReceivedNotice(context.Request.Method, context.Request.Path + context.Request.QueryString, headers, body.ToArray());
        Calls.Enqueue(notice);
        await Answer(Calls.Count, context);
        notice.Status = context.Response.StatusCode;
        came.Release();
    }
}

/// <summary>A call that came.</summary>
public sealed record ReceivedNotice(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>What it was answered; 0 while it is not.</summary>
    public int Status { get; set; }

    public JsonElement Json => JsonElement.Parse(Body);

    public int Release => Json.GetProperty("release").GetInt32();

    /// <summary>True where it was signed with the secret, checked as a receiver of any make would.</summary>
    public bool IsSignedWith(string secret)
    {
        var parts = Headers["Conflict-Signature"].Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var signed = Encoding.UTF8.GetBytes(parts["t"] + ".").Concat(Body).ToArray();
        return long.Parse(parts["t"], CultureInfo.InvariantCulture) > 0 && parts["v1"] == Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
