using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ConflictFunctions.Tests.Running.Access;

/// <summary>Who is let in over HTTP, and what never comes out.</summary>
public sealed class AccessTests(RunningApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("datasets")]
    [InlineData("odata/Places")]
    [InlineData("releases")]
    [InlineData("snapshots/latest/places.csv")]
    [InlineData("health/live")]
    public async Task Reading_needs_no_key_where_the_setting_says_so(string address) =>
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.GetAsync(address, Cancellation)).StatusCode);

    [Fact]
    public async Task Writing_without_a_key_is_401_with_a_challenge()
    {
        using var answer = await app.Anonymous.PostAsync("submissions/Places", new StringContent("Id\n", Encoding.UTF8, "text/csv"), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Basic", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        Assert.Contains("\"code\":\"unauthenticated\"", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_key_that_is_not_valid_is_401_even_where_none_is_needed()
    {
        using var answer = await app.Anonymous.GetAsync("odata/Places?code=cf_a_b", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("\"error\":{\"code\":\"unauthenticated\"", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("x-api-key")]
    [InlineData("bearer")]
    [InlineData("basic")]
    [InlineData("code")]
    public async Task The_admin_key_opens_the_door_however_it_is_shown(string way)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "submissions/none");
        switch (way)
        {
            case "x-api-key":
                request.Headers.Add(way, app.AdminKey);
                break;
            case "bearer":
                request.Headers.Authorization = new("Bearer", app.AdminKey);
                break;
            case "basic":
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"power-bi:{app.AdminKey}")));
                break;
            default:
                request.RequestUri = new($"submissions/none?code={app.AdminKey}", UriKind.Relative);
                break;
        }

        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.SendAsync(request, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_next_link_never_repeats_the_key_and_works_without_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"odata/Places?$select=Id&code={app.AdminKey}");
        request.Headers.Add("Prefer", "maxpagesize=50");
        using var answer = await app.Anonymous.SendAsync(request, Cancellation);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("cf_", body);
        using var page = System.Text.Json.JsonDocument.Parse(body);
        var next = page.RootElement.GetProperty("@odata.nextLink").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.GetAsync(next, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_key_is_printed_once_for_its_user_and_nowhere_else()
    {
        await app.Anonymous.GetAsync($"odata/Places?code={app.AdminKey}", Cancellation);
        await app.Anonymous.GetAsync($"odata/Nowhere?code={app.AdminKey}&$filter=broken(", Cancellation);
        var line = Assert.Single(app.Printed, line => line.Contains("cf_", StringComparison.Ordinal));
        Assert.Equal($"Admin key of this machine: {app.AdminKey}", line);
        Assert.DoesNotContain(app.Printed, line => line.Contains("code=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        foreach (var address in (string[])["datasets", "odata/", "odata/Nowhere", "snapshots/latest/places.csv", "submissions/none"])
        {
            using var answer = await app.Anonymous.GetAsync(address, Cancellation);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        }
    }
}
