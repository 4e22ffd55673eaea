using System.Net;
using ConflictData.Tests.Query;
using ConflictData.Webhooks;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Tests.Webhooks;

/// <summary>Where notices go, and where they do not.</summary>
public sealed class NoticeClientTests : IAsyncLifetime
{
    private const string NotPublic = "Its address is not a public one.";

    private Receiver receiver = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => receiver = await Receiver.Start();

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task A_name_that_leads_to_a_private_address_is_not_connected_to(string address)
    {
        using var client = Client(new() { WebhookHttp = true }, _ => [IPAddress.Parse(address)]);
        Assert.Equal(NotPublic, await Send(client, Named("partner.example.org")));
        Assert.Empty(receiver.Calls);
    }

    /// <summary>The name leads to the receiver once, and to something else ever after: each connection is looked at by itself.</summary>
    [Fact]
    public async Task A_name_that_leads_elsewhere_the_second_time_is_looked_at_again()
    {
        var (settings, looks) = (new Settings { WebhookHttp = true, WebhookPrivateAddresses = true }, 0);
        receiver.Answer = (_, context) =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        };
        using var client = Client(settings, _ =>
        {
            looks++;
            return [IPAddress.Loopback];
        });
        Assert.Null(await Send(client, Named("partner.example.org")));
        settings.WebhookPrivateAddresses = false;
        Assert.Equal(NotPublic, await Send(client, Named("partner.example.org")));
        Assert.Equal((2, 1), (looks, receiver.Calls.Count));
    }

    [Fact]
    public void Of_several_addresses_only_public_ones_are_tried()
    {
        IPAddress[] found = [IPAddress.Loopback, IPAddress.Parse("8.8.8.8"), IPAddress.Parse("fe80::1"), IPAddress.Parse("::ffff:10.0.0.1")];
        Assert.Equal([IPAddress.Parse("8.8.8.8")], NoticeClient.Allowed(found, new()));
        Assert.Equal(found, NoticeClient.Allowed(found, new() { WebhookPrivateAddresses = true }));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", "It cannot be connected to.", true)]
    [InlineData("http://127.0.0.1:1/", "Its address is not https.", false)]
    public async Task What_is_in_the_way_is_told(string url, string trouble, bool isHttpAllowed)
    {
        using var client = new NoticeClient(new() { WebhookHttp = isHttpAllowed, WebhookPrivateAddresses = true }, TimeProvider.System);
        Assert.Equal(trouble, await Send(client, new(url)));
    }

    [Fact]
    public async Task A_name_without_an_address_and_an_answer_without_TLS_are_told()
    {
        using var nameless = Client(new() { WebhookHttp = true }, _ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));
        Assert.Equal("Its name has no address.", await Send(nameless, Named("partner.example.org")));
        using var client = new NoticeClient(new() { WebhookPrivateAddresses = true }, TimeProvider.System);
        Assert.Equal("Its certificate is not valid, or it does not speak TLS.", await Send(client, new($"https://127.0.0.1:{receiver.Url.Port}/")));
        Assert.Empty(receiver.Calls);
    }

    /// <summary>An answer that never ends is not read to its end.</summary>
    [Fact]
    public async Task What_is_answered_behind_the_status_is_not_read()
    {
        var ended = new TaskCompletionSource();
        receiver.Answer = async (_, context) =>
        {
            context.RequestAborted.Register(() => ended.TrySetResult());
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[4096], CancellationToken.None);
            }
        };
        using var client = new NoticeClient(new() { WebhookHttp = true, WebhookPrivateAddresses = true }, TimeProvider.System);
        Assert.Null(await Send(client, receiver.Url));
        await ended.Task.WaitAsync(Cancellation);
    }

    private static NoticeClient Client(Settings settings, Func<string, IPAddress[]> resolve) => new(settings, TimeProvider.System, (host, _) => Task.FromResult(resolve(host)));

    private static Task<string?> Send(NoticeClient client, Uri url) => client.Send(WebhookScene.Webhook(url), Notice(), Cancellation);

    private Uri Named(string host) => new($"http://{host}:{receiver.Url.Port}/");

    private static Notice Notice()
    {
        var log = new TestLog();
        log.Add([TestLog.Place("a", "A")]);
        return ConflictData.Webhooks.Notice.Next(WebhookScene.Webhook(), new([log.Commits[0].Commit]), new(new("https://figures.example.org/api/")))!;
    }
}
