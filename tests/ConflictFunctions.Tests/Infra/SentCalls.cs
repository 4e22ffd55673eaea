using System.Collections.Concurrent;
using System.Net;
using Azure.Core.Pipeline;

namespace ConflictFunctions.Tests.Infra;

/// <summary>Stands where storage would be: notes what would be sent, and answers that there is no such thing.</summary>
internal sealed class SentCalls : HttpMessageHandler
{
    private readonly ConcurrentQueue<(Uri Address, string? Authorization)> all = new();

    /// <summary>Each call's address and what it shows to be let in.</summary>
    public IReadOnlyCollection<(Uri Address, string? Authorization)> All => all;

    public HttpPipelineTransport Transport => new HttpClientTransport(new HttpClient(this, disposeHandler: false));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        all.Enqueue((request.RequestUri!, request.Headers.Authorization?.ToString()));
        var answer = new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request, Content = new StringContent("") };
        answer.Headers.Add("x-ms-error-code", request.RequestUri!.Host.Contains(".table.", StringComparison.Ordinal) ? "ResourceNotFound" : "BlobNotFound");
        return answer;
    }
}
