using System.Net;
using ConflictFunctions.Tests.Running.PowerBI;

namespace ConflictFunctions.Tests.Running.Access;

/// <summary>What browsers are told: which pages may read an answer, and that nothing is to be done with it but reading.</summary>
[Collection(nameof(GuardedApp))]
public sealed class BrowserTests(GuardedApp guarded, RunningApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("odata/Casualties")]
    [InlineData("keys/some/rotate")]
    [InlineData("nowhere/at/all")]
    public async Task A_page_of_an_allowed_origin_may_ask_and_send_its_key(string address)
    {
        using var answer = await Ask(guarded.Anonymous, HttpMethod.Options, address, GuardedApp.AllowedOrigin);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(GuardedApp.AllowedOrigin, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("DELETE", Header(answer, "Access-Control-Allow-Methods"));
        Assert.Contains("x-api-key", Header(answer, "Access-Control-Allow-Headers"));
        Assert.Null(Header(answer, "Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("https://evil.example.org")]
    [InlineData("https://pages.example.org.evil.example")]
    [InlineData("http://pages.example.org")]
    [InlineData("https://PAGES.example.org")]
    [InlineData("null")]
    [InlineData("*")]
    public async Task Any_other_origin_is_told_nothing(string origin)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Options, HttpMethod.Get])
        {
            using var answer = await Ask(guarded.Anonymous, method, "odata/", origin);
            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
            Assert.Contains("Origin", Header(answer, "Vary"));
        }
    }

    [Fact]
    public async Task Answers_and_errors_can_be_read_by_an_allowed_page_with_the_headers_of_ours()
    {
        foreach (var address in (string[])["odata/", "odata/Casualties", "submissions/none"])
        {
            using var answer = await Ask(guarded.Anonymous, HttpMethod.Get, address, GuardedApp.AllowedOrigin);
            Assert.Equal(GuardedApp.AllowedOrigin, Header(answer, "Access-Control-Allow-Origin"));
            Assert.All(["Conflict-Release", "ETag", "Link", "Location", "Retry-After"], name => Assert.Contains(name, Header(answer, "Access-Control-Expose-Headers")));
        }
    }

    [Fact]
    public async Task Without_the_setting_no_origin_is_allowed()
    {
        using var answer = await Ask(app.Anonymous, HttpMethod.Options, "odata/", GuardedApp.AllowedOrigin);
        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("odata/")]
    [InlineData("odata/Casualties")]
    [InlineData("health/live")]
    [InlineData("snapshots/latest/places.csv")]
    public async Task Every_answer_forbids_all_but_reading_it_and_says_nothing_of_the_server(string address)
    {
        using var answer = await guarded.Anonymous.GetAsync(address, Cancellation);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header(answer, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Null(Header(answer, "Server"));
    }

    [Fact]
    public async Task Https_is_insisted_on_where_the_public_address_has_it_and_only_there()
    {
        using var guardedAnswer = await guarded.Anonymous.GetAsync("odata/", Cancellation);
        using var answer = await app.Anonymous.GetAsync("odata/", Cancellation);
        Assert.Equal("max-age=31536000", Header(guardedAnswer, "Strict-Transport-Security"));
        Assert.Null(Header(answer, "Strict-Transport-Security"));
    }

    private static async Task<HttpResponseMessage> Ask(HttpClient client, HttpMethod method, string address, string origin)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Origin", origin);
        if (method == HttpMethod.Options)
        {
            request.Headers.Add("Access-Control-Request-Method", "GET");
            request.Headers.Add("Access-Control-Request-Headers", "x-api-key");
        }

        return await client.SendAsync(request, Cancellation);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
