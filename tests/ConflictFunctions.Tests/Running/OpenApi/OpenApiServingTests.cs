using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConflictData.OpenApi;
using ConflictFunctions.Tests.Running.PowerBI;

namespace ConflictFunctions.Tests.Running.OpenApi;

/// <summary>How the description and the page on which calls can be tried are served.</summary>
[Collection(nameof(GuardedApp))]
public sealed partial class OpenApiServingTests(GuardedApp guarded, RunningApp app)
{
    private static readonly string[] Addresses = ["openapi/v3.json", "openapi/v3.yaml", "swagger/ui", .. SwaggerUi.Files.Select(file => $"swagger/ui/{file}")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_of_it_is_open_the_same_each_time_and_not_sent_again_to_whoever_has_it()
    {
        foreach (var address in Addresses)
        {
            using var first = await guarded.Anonymous.GetAsync(address, Cancellation);
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
            Assert.Equal(await first.Content.ReadAsByteArrayAsync(Cancellation), await guarded.Anonymous.GetByteArrayAsync(address, Cancellation));

            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } };
            using var again = await guarded.Anonymous.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancellation));
        }
    }

    [Fact]
    public async Task The_server_is_the_public_address_else_that_of_the_request()
    {
        foreach (var (client, root) in new[] { (guarded.Anonymous, GuardedApp.PublicUrl), (app.Anonymous, app.Root) })
        {
            var json = await client.GetStringAsync("openapi/v3.json", Cancellation);
            Assert.Equal($"{root}/api", (string)JsonNode.Parse(json)!["servers"]![0]!["url"]!);
            Assert.Contains($"{root}/api/odata/$metadata#Places", json);
            Assert.DoesNotContain(new Uri(ApiDocument.Server).Host, json);
            Assert.Contains($"- url: {root}/api\n", await client.GetStringAsync("openapi/v3.yaml", Cancellation));
        }
    }

    [Fact]
    public async Task Whether_reading_needs_a_key_is_what_the_settings_say()
    {
        foreach (var (client, isOpen) in new[] { (guarded.Anonymous, false), (app.Anonymous, true) })
        {
            var security = JsonNode.Parse(await client.GetStringAsync("openapi/v3.json", Cancellation))!["security"]!.AsArray();
            Assert.Equal(isOpen, security.Any(way => way!.AsObject().Count == 0));
        }
    }

    [Fact]
    public async Task The_page_takes_everything_from_the_app_and_runs_no_script_that_stands_in_it()
    {
        using var answer = await guarded.Anonymous.GetAsync("swagger/ui", Cancellation);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'; ", policy);
        Assert.DoesNotContain("unsafe", policy);

        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.All(Script().Matches(page), script => Assert.Equal("", script.Groups["text"].Value.Trim()));
        Assert.DoesNotMatch(@"\son\w+=|style=|javascript:|https?:|//", page.Replace("<!DOCTYPE html>", ""));
        var named = Reference().Matches(page).Select(match => match.Groups["address"].Value).ToList();
        Assert.Equal(
            ["../openapi/v3.json", "../openapi/v3.yaml", .. SwaggerUi.Files.Where(file => Path.GetExtension(file) is ".css" or ".js" or ".png").Select(file => $"ui/{file}").Order(StringComparer.Ordinal)],
            named.Order(StringComparer.Ordinal));
        foreach (var address in named)
        {
            using var part = await guarded.Anonymous.GetAsync($"swagger/{address}", Cancellation);
            Assert.Equal(HttpStatusCode.OK, part.StatusCode);
            Assert.Equal("nosniff", Assert.Single(part.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Theory]
    [InlineData("swagger-ui-bundle.js", "text/javascript")]
    [InlineData("swagger-ui.css", "text/css")]
    [InlineData("start.js", "text/javascript")]
    [InlineData("page.css", "text/css")]
    [InlineData("favicon-32x32.png", "image/png")]
    [InlineData("LICENSE", "text/plain")]
    public async Task Each_file_has_its_media_type(string file, string type)
    {
        using var answer = await guarded.Anonymous.GetAsync($"swagger/ui/{file}", Cancellation);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("START.JS")]
    [InlineData("swagger-ui.js")]
    [InlineData("package.json")]
    [InlineData("%2e%2e")]
    [InlineData("..%2fSwaggerUi.cs")]
    [InlineData("..%5c..%5clocal.settings.json")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("start.js%00")]
    [InlineData("records%2fCasualties.json")]
    public async Task Nothing_else_is_served(string file)
    {
        using var answer = await guarded.Anonymous.GetAsync($"swagger/ui/{file}", Cancellation);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task A_slash_behind_the_page_leads_to_the_page()
    {
        using var answer = await app.Anonymous.GetAsync("swagger/ui/", Cancellation);
        Assert.Equal($"{app.Root}/api/swagger/ui", answer.RequestMessage!.RequestUri!.AbsoluteUri);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [GeneratedRegex("<script[^>]*>(?<text>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("(href|src)=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
