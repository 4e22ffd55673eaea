using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ConflictData.Access;
using ConflictFunctions.Tests.Hosting;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Infra;

/// <summary>Two instances of the app on one store, behind one address that leads each call to the other one than the call before.</summary>
internal sealed class TwoInstances : IAsyncDisposable
{
    private const string PublicUrl = "https://figures.example.org";

    private readonly AppProcess[] instances;
    private readonly Balancer balancer;

    private TwoInstances(AppProcess[] instances, Balancer balancer, KeyText key)
    {
        (this.instances, this.balancer) = (instances, balancer);
        Client = new(new SecretWatch(balancer)) { BaseAddress = new($"{PublicUrl}/api/") };
        Client.DefaultRequestHeaders.Add("x-api-key", key.Reveal());
    }

    /// <summary>Calls under /api/, with a key that both know.</summary>
    public HttpClient Client { get; }

    /// <summary>How many calls each instance has answered.</summary>
    public IReadOnlyList<int> Answered => balancer.Answered;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TwoInstances> Start(string storage)
    {
        var key = KeyText.Make();
        var settings = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = storage,
            ["StoragePrefix"] = $"t{Guid.NewGuid():N}"[..10],
            ["Host__LocalHttpPort"] = "0",
            ["AnonymousRead"] = "false",
            ["PublicUrl"] = PublicUrl,
            ["AdminKey"] = key.Reveal(),
            ["TokenSecrets"] = "shared:AAECAwQFBgcICQoLDA0ODw==",
        };
        AppProcess[] instances = [AppProcess.Start(settings), AppProcess.Start(settings)];
        var addresses = new List<Uri>();
        foreach (var instance in instances)
        {
            addresses.Add(await instance.Address());
            await instance.Line("Ready at release ");
        }

        return new(instances, new([.. addresses]), key);
    }

    /// <summary>Submits rows, and gives the release that they are in.</summary>
    public async Task<int> Submit(string dataset, string csv)
    {
        using var answer = await Client.PostAsync($"submissions/{dataset}", new StringContent(csv, new UTF8Encoding(false), new MediaTypeHeaderValue("text/csv")), Cancellation);
        var report = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, report);
        return JsonElement.Parse(report).GetProperty("release").GetInt32();
    }

    /// <summary>All items along the links of pages, the delta link at their end, and the releases that the pages were of.</summary>
    public async Task<(List<JsonElement> Items, string? Delta, List<int> Releases)> Read(string address, string prefer = "", int atLeast = 0)
    {
        var (items, releases) = (new List<JsonElement>(), new List<int>());
        for (var next = address; ;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.TryAddWithoutValidation("Prefer", prefer);
            if (atLeast > 0)
            {
                request.Headers.Add("Conflict-Min-Release", $"{atLeast}");
            }

            using var answer = await Client.SendAsync(request, Cancellation);
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
            releases.Add(int.Parse(Assert.Single(answer.Headers.GetValues("Conflict-Release"))));
            var page = JsonElement.Parse(text);
            items.AddRange(page.GetProperty("value").EnumerateArray());
            if (!page.TryGetProperty("@odata.nextLink", out var link))
            {
                return (items, page.TryGetProperty("@odata.deltaLink", out var delta) ? delta.GetString() : null, releases);
            }

            next = link.GetString()!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    private sealed class Balancer(Uri[] instances) : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly int[] answered = new int[instances.Length];
        private int calls;

        public IReadOnlyList<int> Answered => answered;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal(PublicUrl, request.RequestUri!.GetLeftPart(UriPartial.Authority));
            var instance = (int)((uint)Interlocked.Increment(ref calls) % instances.Length);
            Interlocked.Increment(ref answered[instance]);
            request.RequestUri = new(instances[instance], request.RequestUri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
