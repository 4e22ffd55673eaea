using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ConflictFunctions.Tests.Running;

/// <summary>An app that is asked for something that would take it hours, on an instance of its own.</summary>
public sealed class HeavyQueryTests : IAsyncLifetime
{
    /// <summary>Looks at every combination of five of the sample's zone memberships: billions.</summary>
    private const string Endless =
        "releases/1/odata/Sources?$filter=ZoneMemberships/any(a:a/Source/ZoneMemberships/any(b:b/Source/ZoneMemberships/any(c:c/Source/ZoneMemberships/any(d:d/Source/ZoneMemberships/any("
        + "e:contains(concat(concat(concat(concat(a/Id,b/Id),c/Id),d/Id),e/Id),'no such words'))))))";

    /// <summary>Another one each time: an answer that was given before would be given again without the engine.</summary>
    private const string Heavy = "releases/1/odata/Sources?$filter=Kind ne 'number {0}'";

    private int asked;

    /// <summary>Far longer than this test may take: what ends the query sooner is not the clock.</summary>
    private readonly RunningApp app = new() { Settings = new() { ["MaxNestedCollections"] = "5", ["QuerySeconds"] = "200" } };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_holds_up_no_page_and_no_key_and_ends_with_its_client()
    {
        using var client = new CancellationTokenSource();
        var endless = app.Anonymous.GetAsync(Endless, client.Token);
        using var busy = await FirstOf(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("2", Assert.Single(busy.Headers.GetValues("Retry-After")));
        var error = JsonElement.Parse(await busy.Content.ReadAsStringAsync(Cancellation)).GetProperty("error");
        Assert.Equal("busy", error.GetProperty("code").GetString());
        foreach (var light in new[] { "releases/1/odata/Casualties", "odata/ZoneMemberships?$select=Id&$top=5", "odata/Places('raqqa')", "odata/$metadata", "snapshots/latest/places.csv" })
        {
            using var answer = await app.Anonymous.GetAsync(light, Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.False(endless.IsCompleted);

        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        using var free = await FirstOf(HttpStatusCode.OK);
        Assert.NotEmpty(JsonElement.Parse(await free.Content.ReadAsStringAsync(Cancellation)).GetProperty("value").EnumerateArray());
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Asks for something heavy until it is answered like that. The endless query would outlast the tries by minutes.</summary>
    private async Task<HttpResponseMessage> FirstOf(HttpStatusCode status)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await app.Anonymous.GetAsync(string.Format(CultureInfo.InvariantCulture, Heavy, asked++), Cancellation);
            if (answer.StatusCode == status)
            {
                return answer;
            }
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}");
            Assert.True(tries < (answer.StatusCode == HttpStatusCode.OK ? 10_000 : 10), $"Still {answer.StatusCode}.");
            answer.Dispose();
        }
    }
}
