using System.Text.Json;
using ConflictFunctions.Tests.Running;
using Microsoft.Playwright;

namespace ConflictFunctions.Tests.Explorer;

/// <summary>What every view is: free of barriers in light and dark, wide and narrow, and light to fetch.</summary>
public sealed class ViewTests(RunningApp app, Browser browser)
{
    private const int MostBytes = 300_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("overview")]
    [InlineData("timeline")]
    [InlineData("map")]
    [InlineData("table")]
    [InlineData("changes")]
    [InlineData("get")]
    public async Task A_view_has_no_barriers_in_light_and_dark_wide_and_narrow(string view)
    {
        await using var visit = await browser.Visit(app.Root);
        await visit.Open($"{view}?release=1{(view == "table" ? "&where=Outcome~eq~killed&where=Low~ge~40&sort=Low+desc" : "")}");
        foreach (var width in new[] { 1280, 360 })
        {
            if (width != 1280)
            {
                await visit.Page.SetViewportSizeAsync(width, 740);
                await visit.Open("overview");
                await visit.Open($"{view}?release=1");
            }

            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                var name = $"{view}-{width}-{scheme.ToString().ToLowerInvariant()}";
                await visit.Picture(name);
                Assert.Empty((await visit.Barriers()).Select(barrier => $"{name}: {barrier}"));
                Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} scrolls sideways.");
            }
        }
    }

    [Fact]
    public async Task What_opens_over_a_view_has_no_barriers_either()
    {
        await using var visit = await browser.Visit(app.Root, width: 360);
        await visit.Open("overview?release=1");
        await visit.Page.ClickAsync("[data-set=Casualties] .figure >> nth=3");
        await visit.Page.WaitForSelectorAsync(".claims[aria-busy=false] .claim");
        await visit.Picture("claims-360-light");
        Assert.Empty(await visit.Barriers());
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await visit.Page.ClickAsync("#key");
        await visit.Picture("key-360-dark");
        Assert.Empty(await visit.Barriers());
    }

    [Fact]
    public async Task The_first_view_takes_less_than_300_KB()
    {
        await using var visit = await browser.Visit(app.Root);
        var sent = await Sent(visit, "overview?release=1");
        var paint = await visit.Page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"First view: {sent:N0} bytes, first paint after {paint:N0} ms");
        Assert.InRange(sent, 10_000, MostBytes);

        await using var second = await browser.Visit(app.Root);
        output.WriteLine($"Timeline alone: {await Sent(second, "timeline?release=1"):N0} bytes");
        await using var third = await browser.Visit(app.Root);
        output.WriteLine($"Map alone: {await Sent(third, "map?release=1"):N0} bytes");
    }

    /// <summary>Bytes that came over the wire for a view, compressed as the app sends them, with headers.</summary>
    private static async Task<double> Sent(Visit visit, string view)
    {
        var sent = 0d;
        var network = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await network.SendAsync("Network.enable");
        network.Event("Network.loadingFinished").OnEvent += (_, told) => sent += told!.Value.GetProperty("encodedDataLength").GetDouble();
        await visit.Open(view);
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return sent;
    }

    [Fact]
    public async Task A_store_without_releases_says_so()
    {
        await using var visit = await browser.Visit(app.Root);
        await visit.Page.RouteAsync("**/api/releases", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"releases":[],"next":null}""" }));
        await visit.Open("map");
        Assert.Contains("There is no release yet.", await visit.Page.InnerTextAsync("main"));
        await visit.Picture("empty-1280-light");
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_said_where_the_release_is()
    {
        await using var visit = await browser.Visit(app.Root);
        visit.ExpectsRefusals = true;
        await visit.Page.RouteAsync("**/api/health/ready", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/json", Body = """{"status":"starting","release":1,"parts":{"storage":"does not answer","engine":"ready"}}""" }));
        await visit.Open("overview?release=1");
        Assert.Contains("storage: does not answer; there may be a newer release", await visit.Page.InnerTextAsync(".facts"));
    }

    [Fact]
    public async Task What_records_say_is_never_read_as_markup()
    {
        await using var visit = await browser.Visit(app.Root);
        await visit.Page.RouteAsync("**/api/datasets", async route =>
        {
            var answer = await app.Anonymous.GetStringAsync("datasets", Cancellation);
            await route.FulfillAsync(new() { ContentType = "application/json", Body = answer.Replace("one row is one claim", "<b id='evil'>one</b> row is one claim") });
        });
        await visit.Open("overview?release=1");
        Assert.Contains("<b id='evil'>one</b>", await visit.Page.InnerTextAsync("main"));
        Assert.Equal(0, await visit.Page.Locator("#evil").CountAsync());
    }
}
