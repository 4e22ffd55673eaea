using System.Net;
using System.Text.Json;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>
/// Whatever is asked of the feed, right or wrong, is answered: never a 500, and what says that it is JSON is JSON.
/// FUZZ_CASES sets how many addresses are tried, FUZZ_SEED from which seed.
/// </summary>
public sealed class RandomAddressTests(RunningApp app)
{
    [Fact]
    public async Task Whatever_is_asked_is_answered()
    {
        var (seed, cases, _) = FuzzLength.Of(1500, 7);
        var random = new Random(seed);
        var addresses = Enumerable.Range(0, cases).Select(_ => $"odata/{RandomAddresses.Next(random)}").ToList();
        await Parallel.ForEachAsync(
            addresses,
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken },
            async (address, cancellation) => await Ask(address, seed, cancellation));
    }

    /// <summary>A link of the feed's own is good.</summary>
    private async Task Follow(string link, CancellationToken cancellation)
    {
        using var answer = await app.Anonymous.GetAsync(link, cancellation);
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{link} gives {body}");
        JsonElement.Parse(body);
    }

    private async Task Ask(string address, int seed, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Prefer", "track-changes");
        using var answer = await app.Anonymous.SendAsync(request, cancellation);
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        Assert.True(answer.StatusCode != HttpStatusCode.InternalServerError, $"seed {seed}: {address} gives {body}");
        if (answer.Content.Headers.ContentType?.MediaType == "application/json"
            && JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("@odata.deltaLink", out var link))
        {
            await Follow(link.GetString()!, cancellation);
        }
    }
}
