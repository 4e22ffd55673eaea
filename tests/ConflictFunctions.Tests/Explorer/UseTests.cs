using System.Text.Json;
using System.Text.Json.Nodes;
using ConflictFunctions.Tests.Hosting;
using ConflictFunctions.Tests.Running;
using Microsoft.Playwright;

namespace ConflictFunctions.Tests.Explorer;

/// <summary>How the page is used: by keys alone, by shared addresses, with a key or without one, and when the server is gone.</summary>
public sealed class UseTests(RunningApp app, Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_reached_by_the_keyboard()
    {
        await using var visit = await browser.Visit(app.Root);
        await visit.Open("overview?release=1");
        string[] stops = ["To the content", "release-choice", "key", "to-overview", "to-timeline"];
        foreach (var stop in stops)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            Assert.Equal(stop, await visit.Page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.textContent"));
        }

        await visit.Then(() => visit.Page.Keyboard.PressAsync("Enter"));
        Assert.Equal("Timeline", await visit.Page.InnerTextAsync("main h2"));
        await visit.Page.FocusAsync(".months .mark[tabindex='0']");
        var first = await Focused(visit);
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        Assert.NotEqual(first, await Focused(visit));
        await visit.Page.Keyboard.PressAsync("Home");
        Assert.Equal(first, await Focused(visit));
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForSelectorAsync("dialog[open] .claim");
        await visit.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await visit.Page.Locator("dialog[open]").CountAsync());
        Assert.Equal(first, await Focused(visit));
    }

    private static Task<string> Focused(Visit visit) => visit.Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')");

    [Fact]
    public async Task A_view_is_shared_by_its_address_and_left_by_Back()
    {
        await using var visit = await browser.Visit(app.Root);
        await visit.Open("timeline?release=1");
        await visit.Then(() => visit.Page.SelectOptionAsync("#set", "AttackCounts"));
        var (shared, shown) = (visit.Page.Url, await visit.Page.InnerTextAsync("main"));
        Assert.Contains("release=1", shared);

        await using var other = await browser.Visit(app.Root);
        await other.Page.GotoAsync(shared);
        await other.Drawn();
        Assert.Equal(shown, await other.Page.InnerTextAsync("main"));

        await visit.Then(() => visit.Page.GoBackAsync());
        Assert.Equal("Casualties", await visit.Page.InputValueAsync("#set"));
    }

    [Fact]
    public async Task A_release_that_there_is_not_is_said_to_be_so_with_a_way_on()
    {
        await using var visit = await browser.Visit(app.Root);
        visit.ExpectsRefusals = true;
        await visit.Open("timeline?release=99999");
        Assert.Contains("99999", await visit.Page.InnerTextAsync(".trouble"));
        await visit.Then(() => visit.Page.ClickAsync(".trouble a"));
        Assert.Equal("latest", await visit.Page.InputValueAsync("#release-choice"));
        await visit.Then(() => visit.Page.SelectOptionAsync("#release-choice", "1"));
        Assert.EndsWith("#timeline?release=1", visit.Page.Url);
    }

    [Fact]
    public async Task Older_releases_are_fetched_when_they_are_asked_for()
    {
        var list = JsonNode.Parse(await app.Anonymous.GetStringAsync("releases", Cancellation))!;
        var oldest = list["releases"]!.AsArray().Last()!.DeepClone();
        list["releases"]!.AsArray().RemoveAt(list["releases"]!.AsArray().Count - 1);
        if (list["releases"]!.AsArray().Count == 0)
        {
            var newer = oldest.DeepClone();
            newer["number"] = 2;
            list["releases"]!.AsArray().Add(newer);
        }

        list["next"] = "https://figures.example.org/api/releases?before=2";
        await using var visit = await browser.Visit(app.Root);
        await visit.Page.RouteAsync("**/api/releases", route => route.FulfillAsync(new() { ContentType = "application/json", Body = list.ToJsonString() }));
        await visit.Page.RouteAsync("**/api/releases?before=2", route => route.FulfillAsync(new() { ContentType = "application/json", Body = new JsonObject { ["releases"] = new JsonArray(oldest), ["next"] = null }.ToJsonString() }));
        await visit.Open("get?release=1");
        Assert.Equal("1 (1)", await visit.Page.InnerTextAsync("#release-choice option[value='1']"));
        await visit.Then(() => visit.Page.SelectOptionAsync("#release-choice", "older"));
        Assert.StartsWith("1 · ", await visit.Page.InnerTextAsync("#release-choice option[value='1']"));
        Assert.Equal(0, await visit.Page.Locator("#release-choice option[value='older']").CountAsync());
    }

    [Fact]
    public async Task Older_revisions_of_a_record_are_fetched_when_they_are_asked_for()
    {
        var last = JsonNode.Parse(await app.Anonymous.GetStringAsync("datasets/Casualties/records/hasaka-2022-killed-is/history", Cancellation))!;
        var first = last.DeepClone();
        last["revisions"]![0]!["release"] = 7;
        last["next"] = "https://figures.example.org/api/datasets/Casualties/records/hasaka-2022-killed-is/history?before=7";
        await using var visit = await browser.Visit(app.Root);
        await visit.Page.RouteAsync("**/history", route => route.FulfillAsync(new() { ContentType = "application/json", Body = last.ToJsonString() }));
        await visit.Page.RouteAsync("**/history?before=7", route => route.FulfillAsync(new() { ContentType = "application/json", Body = first.ToJsonString() }));
        await visit.Open("overview?release=1");
        await visit.Page.ClickAsync("[data-set=Casualties] .figure >> nth=3");
        await visit.Page.WaitForSelectorAsync(".claims[aria-busy=false] .claim");
        await visit.Page.ClickAsync(".claim >> nth=0 >> text=Revisions of this record");
        await visit.Page.WaitForSelectorAsync(".revisions li >> text=Release 7");
        await visit.Page.ClickAsync("text=Older revisions");
        await visit.Page.WaitForSelectorAsync(".revisions li >> text=Release 1");
        await visit.Page.WaitForSelectorAsync("text=2 revisions");
        Assert.Equal(0, await visit.Page.Locator("text=Older revisions").CountAsync());
    }

    [Fact]
    public async Task A_server_that_is_gone_is_said_to_be_and_asked_again()
    {
        await using var visit = await browser.Visit(app.Root);
        visit.ExpectsRefusals = true;
        await visit.Open("overview?release=1");
        await visit.Page.Context.SetOfflineAsync(true);
        await visit.Then(() => visit.Page.ClickAsync("#to-map"));
        Assert.Contains("The server does not answer.", await visit.Page.InnerTextAsync("[role=alert].trouble"));
        await visit.Picture("gone-1280-light");
        Assert.Empty(await visit.Barriers());
        await visit.Page.Context.SetOfflineAsync(false);
        await visit.Then(() => visit.Page.ClickAsync("button:text('Try again')"));
        Assert.Equal(1, await visit.Page.Locator(".mapbox svg").CountAsync());
    }

    [Fact]
    public async Task A_key_is_asked_for_checked_kept_in_the_tab_and_sent_as_a_header()
    {
        // What nobody may read without a key, behind links to a host that the browser must never ask.
        var (process, admin) = await app.StartAnother(new() { ["AnonymousRead"] = "false", ["PublicUrl"] = "https://figures.example.org" });
        await using var ends = process;
        var key = File.ReadAllText(Path.Combine(process.Folder, "admin-key"));
        Secrets.Note(key);
        await using var visit = await browser.Visit(admin.BaseAddress!.GetLeftPart(UriPartial.Authority));
        visit.ExpectsRefusals = true;
        await visit.Open("table?release=1&set=ZoneMemberships");
        Assert.Contains("Reading needs a key here.", await visit.Page.InnerTextAsync(".trouble"));
        Assert.Empty(await visit.Barriers());

        await visit.Page.FillAsync("main .keyform input", "cf_nobody_nothing");
        await visit.Page.ClickAsync("main .keyform >> text=Use this key");
        await visit.Page.WaitForSelectorAsync("main .said:not(:empty)");
        Assert.Contains("This key is not accepted. It may be mistyped", await visit.Page.InnerTextAsync("main .said"));
        await visit.Picture("wrong-key-1280-light");

        await visit.Page.FillAsync("main .keyform input", key);
        await visit.Then(() => visit.Page.ClickAsync("main .keyform >> text=Use this key"));
        Assert.StartsWith("Rows 1 to 50 of ", await visit.Page.InnerTextAsync("#range"));
        await visit.Page.ClickAsync("text=Next page");
        await visit.Page.WaitForSelectorAsync("#range:text('Rows 51 to ')");
        Assert.Equal(key, await visit.Page.EvaluateAsync<string>("sessionStorage.getItem('conflict-key')"));
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("localStorage.length + document.cookie.length"));

        await visit.Open("overview?release=1");
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync("[aria-label='Casualties as csv']"));
        Assert.Equal(await admin.GetStringAsync("snapshots/1/casualties.csv", Cancellation), await File.ReadAllTextAsync(await file.PathAsync(), Cancellation));
    }

    [Fact]
    public async Task Files_and_the_text_for_Power_BI_are_there_to_take()
    {
        await using var visit = await browser.Visit(app.Root);
        await visit.Open("get?release=1&set=Arrests");
        var expected = $$"""
            let
                Source = OData.Feed("{{app.Root}}/api/releases/daily/odata/", null, [Implementation = "2.0", ODataVersion = 4, ApiKeyName = "code"]),
                Arrests = Source{[Name = "Arrests", Signature = "table"]}[Data]
            in
                Arrests
            """;
        Assert.Equal(expected, await visit.Page.InnerTextAsync("#m-text"));
        var files = JsonElement.Parse(await app.Anonymous.GetStringAsync("snapshots", Cancellation)).GetProperty("snapshots").EnumerateArray()
            .Single(snapshot => snapshot.GetProperty("release").GetInt32() == 1).GetProperty("files").EnumerateArray().Select(part => part.GetProperty("url").GetString()!);
        var linked = await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('main a[download]')].map((link) => link.href)");
        Assert.Equal(files.Order(StringComparer.Ordinal), linked.Order(StringComparer.Ordinal));

        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync("a[download='conflict-data.zip']"));
        Assert.Equal(await app.Anonymous.GetByteArrayAsync("snapshots/1/conflict-data.zip", Cancellation), await File.ReadAllBytesAsync(await file.PathAsync(), Cancellation));
    }
}
