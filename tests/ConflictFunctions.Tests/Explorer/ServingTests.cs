using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ConflictData.Explorer;
using ConflictFunctions.Tests.Hosting;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Explorer;

/// <summary>How the files of the page are handed out: a closed list, from the app itself.</summary>
public sealed partial class ServingTests(RunningApp app)
{
    private static readonly string Sources = Path.Combine(Path.GetDirectoryName(AppProcess.Project)!, "..", "ConflictData", "Explorer", "Page");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_may_load_and_call_this_app_alone()
    {
        using var answer = await app.Anonymous.GetAsync("explorer", Cancellation);
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotMatch(@"\son\w+=|\sstyle=|<style|javascript:|https?:", page);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Sources, "index.html"), Cancellation), page);
        using var slash = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var moved = await slash.GetAsync($"{app.Root}/api/explorer/", Cancellation);
        Assert.Equal((HttpStatusCode.MovedPermanently, "../explorer"), (moved.StatusCode, moved.Headers.Location!.OriginalString));
    }

    /// <summary>Else the browser would learn of them one after the other.</summary>
    [Fact]
    public void The_page_names_every_module_so_that_all_are_fetched_at_once()
    {
        var page = File.ReadAllText(Path.Combine(Sources, "index.html"));
        Assert.Equal(
            Directory.EnumerateFiles(Sources, "*.js").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
            Module().Matches(page).Select(match => match.Groups["file"].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("(?:modulepreload\" href|type=\"module\" src)=\"explorer/(?<file>[^\"]+)\"")]
    private static partial Regex Module();

    [Fact]
    public async Task Each_file_lies_in_the_built_app_has_its_type_and_is_known_again()
    {
        Assert.Equal(
            ExplorerPage.Files.Append("index.html").Order(StringComparer.Ordinal),
            typeof(ExplorerPage).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("explorer/", StringComparison.Ordinal)).Select(name => name["explorer/".Length..]).Order(StringComparer.Ordinal));
        foreach (var file in ExplorerPage.Files)
        {
            using var answer = await app.Anonymous.GetAsync($"explorer/{file}", Cancellation);
            var expected = Path.GetExtension(file) switch { ".js" => "text/javascript", ".css" => "text/css", ".svg" => "image/svg+xml", ".json" => "application/json", _ => "text/plain" };
            Assert.Equal((HttpStatusCode.OK, expected), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            using var request = new HttpRequestMessage(HttpMethod.Get, $"explorer/{file}") { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
            using var again = await app.Anonymous.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("package.json")]
    [InlineData("countries-10m.json")]
    [InlineData("APP.JS")]
    [InlineData("..%2fExplorerPage.cs")]
    [InlineData("..%5cSchemas%5cPlaces")]
    public async Task Nothing_else_is_served(string file) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync($"explorer/{file}", Cancellation)).StatusCode);

    [Fact]
    public void No_module_of_ours_makes_markup_of_text_or_names_another_host()
    {
        foreach (var file in Directory.EnumerateFiles(Sources, "*.js"))
        {
            var code = File.ReadAllText(file).Replace("http://www.w3.org/2000/svg", "");
            Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(|DOMParser|localStorage|\.cookie", code);
            Assert.DoesNotMatch(@"https?://\w", code);
        }
    }

    [Fact]
    public async Task What_is_sent_to_browsers_is_compressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "explorer/d3.min.js") { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("br") } } };
        using var answer = await app.Anonymous.SendAsync(request, Cancellation);
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
    }
}
