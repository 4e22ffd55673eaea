using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace ConflictData.Webhooks;

/// <summary>Finds the addresses of a host.</summary>
internal delegate Task<IPAddress[]> Resolve(string host, CancellationToken cancellation);

/// <summary>
/// Sends notices. Where a connection leads is looked at when it is made, after the name was resolved, so that a name which leads elsewhere
/// the next time leads nowhere. Redirects are not followed, no proxy is asked, and what the receiver says but for its status is not read.
/// </summary>
public sealed class NoticeClient : IDisposable
{
    /// <summary>How long a receiver may take for its whole answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Header of the notice's id.</summary>
    public const string IdHeader = "Conflict-Notice";

    private static readonly ProductInfoHeaderValue Agent = new("ConflictFunctions", typeof(NoticeClient).Assembly.GetName().Version!.ToString(3));

    private readonly Settings settings;
    private readonly TimeProvider clock;
    private readonly Resolve resolve;
    private readonly HttpClient client;

    public NoticeClient(Settings settings, TimeProvider clock)
        : this(settings, clock, Dns.GetHostAddressesAsync)
    {
    }

    internal NoticeClient(Settings settings, TimeProvider clock, Resolve resolve)
    {
        (this.settings, this.clock, this.resolve) = (settings, clock, resolve);
        client = new(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = Connect,
            MaxResponseDrainSize = 1024,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
            UseProxy = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends a notice.</summary>
    /// <returns>What went wrong, in words that give neither the address nor a secret away; null where the receiver took it.</returns>
    public async Task<string?> Send(Webhook webhook, Notice notice, CancellationToken cancellation)
    {
        if (!IsAllowed(webhook.Url))
        {
            return "Its address is not https.";
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        using var request = Request(webhook, notice);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            return answer.IsSuccessStatusCode ? null : Refusal((int)answer.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"It did not answer within {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds.";
        }
        catch (HttpRequestException problem)
        {
            return Words(problem);
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>Those of a host's addresses that may be connected to; no other is tried.</summary>
    internal static IPAddress[] Allowed(IPAddress[] found, Settings settings) => settings.WebhookPrivateAddresses ? found : [.. found.Where(PublicAddresses.Contains)];

    /// <summary>True where the settings allow to send to an address of this kind.</summary>
    private bool IsAllowed(Uri address) => address.Scheme == Uri.UriSchemeHttps || settings.WebhookHttp;

    private HttpRequestMessage Request(Webhook webhook, Notice notice)
    {
        var body = notice.Body();
        var message = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        message.Headers.UserAgent.Add(Agent);
        message.Headers.Add(IdHeader, notice.Id);
        message.Headers.Add(NoticeSignature.SignatureHeader, NoticeSignature.Of(webhook.Secret, body, clock.GetUtcNow()));
        return message;
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var found = await resolve(context.DnsEndPoint.Host, cancellation);
        var allowed = Allowed(found, settings);
        if (found.Length > 0 && allowed.Length == 0)
        {
            throw new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Refusal(int status) => string.Create(CultureInfo.InvariantCulture, $"It answered {status}{(status is >= 300 and < 400 ? "; redirects are not followed" : "")}.");

    private static string Words(HttpRequestException problem) => problem switch
    {
        { InnerException: PrivateAddressException } => "Its address is not a public one.",
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } } => "Its name has no address.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "Its certificate is not valid, or it does not speak TLS.",
        { HttpRequestError: HttpRequestError.ConnectionError } => "It cannot be connected to.",
        _ => "The connection broke, or what it answered is not HTTP.",
    };

    private sealed class PrivateAddressException : IOException;
}
