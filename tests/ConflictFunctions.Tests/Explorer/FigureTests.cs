using System.Globalization;
using System.Text.Json;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Explorer;

/// <summary>What the page shows is what the feed says, and each figure leads to its source and locator.</summary>
public sealed class FigureTests(RunningApp app, Browser browser)
{
    private const string Killed = "Additive eq true and Outcome eq 'killed'";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_and_totals_are_those_of_the_feed()
    {
        await using var visit = await browser.Visit(app.Root);
        await visit.Open("overview?release=1");
        foreach (var set in new[] { "Casualties", "Figures", "ZoneMemberships", "Places", "Sources" })
        {
            Assert.Equal(await app.Anonymous.GetStringAsync($"releases/1/odata/{set}/$count", Cancellation), await visit.Page.InnerTextAsync($"[data-rows={set}]"));
        }

        foreach (var set in new[] { "Casualties", "Arrests" })
        {
            var totals = await Rows($"{set}?$apply=filter(Additive eq true)/groupby((Outcome),aggregate(Count with Conflict.total as Total))");
            Assert.Equal(totals.Select(row => row.GetProperty("Total").GetProperty("Label").GetString()!), await visit.Texts($"[data-set={set}] .figure"));
        }

    }

    [Fact]
    public async Task A_figure_is_one_click_from_source_and_locator()
    {
        await using var visit = await browser.Visit(app.Root);
        await visit.Open("overview?release=1");
        await visit.Page.ClickAsync("[data-set=Casualties] .figure >> nth=3");
        await visit.Page.WaitForSelectorAsync(".claims[aria-busy=false] .claim");
        var claims = await Rows($"Casualties?$filter={Killed}&$orderby=Date,Id&$expand=Source,Claimant");
        Assert.Equal(claims.Select(row => row.GetProperty("SourceLocator").GetString()!), await visit.Texts(".claim .locator"));
        var texts = await visit.Texts(".claim");
        Assert.All(claims.Zip(texts), pair =>
        {
            Assert.Contains(pair.First.GetProperty("Source").GetProperty("Title").GetString()!, pair.Second);
            Assert.Contains(pair.First.GetProperty("Claimant").GetProperty("Name").GetString()!, pair.Second);
            Assert.Contains(pair.First.GetProperty("CountText").GetString() ?? "", pair.Second);
        });

        await visit.Page.ClickAsync(".claim >> nth=0 >> text=Revisions of this record");
        await visit.Page.WaitForSelectorAsync(".revisions li");
        Assert.Contains("Release 1", await visit.Page.InnerTextAsync(".revisions"));
    }

    [Fact]
    public async Task The_timeline_has_an_interval_for_each_month_and_a_span_for_each_longer_period()
    {
        await using var visit = await browser.Visit(app.Root);
        await visit.Open("timeline?release=1&set=Casualties&outcome=killed");
        var months = await Rows($"Casualties?$apply=filter({Killed} and Month ne null)/groupby((Month),aggregate(Count with Conflict.total as Total))");
        Assert.Equal(months.Select(row => row.GetProperty("Total").GetProperty("Label").GetString()!), await visit.Texts(".months .label"));
        var open = months.Count(row => row.GetProperty("Total").GetProperty("Low").ValueKind != JsonValueKind.Null && row.GetProperty("Total").GetProperty("High").ValueKind == JsonValueKind.Null);
        Assert.Equal(1, open);
        Assert.Equal(open, await visit.Page.Locator(".months .open").CountAsync());
        var longer = await Rows($"Casualties?$filter={Killed} and Month eq null&$orderby=StartDate,Id");
        Assert.Equal(longer.Count, await visit.Page.Locator(".spans .span").CountAsync());

        await visit.Then(() => visit.Page.SelectOptionAsync("#outcome", "displaced"));
        var karama = Assert.Single(await Rows("Casualties?$filter=Additive eq true and Outcome eq 'displaced' and Month eq null&$expand=Place"));
        Assert.Equal($"{karama.GetProperty("Low")}+ {karama.GetProperty("Place").GetProperty("Name")}, {karama.GetProperty("Date")}", Assert.Single(await visit.Texts(".spans .label")));
        await visit.Then(() => visit.Page.SelectOptionAsync("#set", "Arrests"));
        var labels = (await Rows("Arrests?$apply=filter(Additive eq true and Outcome eq 'arrested' and Month eq null)/groupby((Id,StartDate),aggregate(Count with Conflict.total as Total))/orderby(StartDate,Id)"))
            .Select(row => row.GetProperty("Total").GetProperty("Label").GetString()!).ToList();
        Assert.Superset(new HashSet<string> { "≈50", "0–9", "6" }, labels.ToHashSet());
        Assert.Equal(labels, await visit.Texts(".spans .strong"));
        await visit.Then(() => visit.Page.SelectOptionAsync("#outcome", "recaptured"));
        Assert.Contains("No claim of recaptured counts at release 1", await visit.Page.InnerTextAsync("main"));
    }

    [Fact]
    public async Task The_map_points_only_at_what_is_known_to_a_district_and_lists_the_rest()
    {
        const string Day = "2022-01-31";
        await using var visit = await browser.Visit(app.Root);
        await visit.Open($"map?release=1&set=Casualties&outcome=killed&date={Day}");
        var counted = await Rows($"CasualtiesWide?$apply=filter({Killed} and StartDate le {Day})/groupby((PlaceId,Place,PlacePrecision),aggregate(Count with Conflict.total as Total))");
        var zones = JsonElement.Parse(await app.Anonymous.GetStringAsync($"geo/zones?release=1&date={Day}", Cancellation)).GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties")).ToList();
        var places = counted.Concat(zones).GroupBy(row => row.GetProperty("PlaceId").GetString()).ToList();
        var precise = places.Where(place => place.First().GetProperty("PlacePrecision").GetInt32() <= 3).ToList();

        Assert.Equal(precise.Count, await visit.Page.Locator(".mapbox .mark").CountAsync());
        Assert.Equal(places.Count - precise.Count, await visit.Page.Locator("#unpointed li").CountAsync());
        Assert.Equal(counted.Count(row => row.GetProperty("PlacePrecision").GetInt32() <= 3), await visit.Page.Locator(".mapbox .ring").CountAsync());
        var signs = precise.Sum(place => place.Where(row => row.TryGetProperty("ZoneKind", out _)).Select(row => row.GetProperty("ZoneKind").GetString()).Distinct().Count());
        Assert.Equal(signs, await visit.Page.Locator(".mapbox .glyph").CountAsync());
        var iraq = counted.Single(row => row.GetProperty("PlaceId").GetString() == "iraq").GetProperty("Total").GetProperty("Label");
        Assert.Contains($"Iraq: {iraq} killed", await visit.Texts("#unpointed .figure"));

        await visit.Then(() => visit.Page.FillAsync("#date", "2015-01-01"));
        Assert.Equal(0, await visit.Page.Locator(".mapbox .ring").CountAsync());
    }

    [Fact]
    public async Task A_zone_that_is_only_claimed_by_rivals_is_drawn_hollow()
    {
        var claimed = await app.Anonymous.GetStringAsync("geo/zones?release=1&date=2022-01-31", Cancellation);
        await using var visit = await browser.Visit(app.Root);
        await visit.Page.RouteAsync("**/api/geo/zones?**", route => route.FulfillAsync(new() { ContentType = "application/geo+json", Body = claimed.Replace("\"Grade\":\"weak\"", "\"Grade\":\"contested\"") }));
        await visit.Open("map?release=1&date=2022-01-31");
        var signs = JsonElement.Parse(claimed).GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties"))
            .Where(zone => zone.GetProperty("PlacePrecision").GetInt32() <= 3).GroupBy(zone => (zone.GetProperty("PlaceId").GetString(), zone.GetProperty("ZoneKind").GetString())).ToList();
        var hollow = signs.Count(claims => claims.All(zone => zone.GetProperty("Grade").GetString() == "weak"));
        Assert.InRange(hollow, 1, signs.Count - 1);
        Assert.Equal(hollow, await visit.Page.Locator(".mapbox .doubted").CountAsync());
    }

    [Fact]
    public async Task An_instant_is_on_a_day_from_its_first_moment_to_its_last()
    {
        var all = await Rows("Zones?$orderby=Id");
        var day = all[0].GetProperty("ModifiedAt").GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await using var visit = await browser.Visit(app.Root);
        await visit.Open($"table?release=1&set=Zones&where=ModifiedAt~eq~{day}");
        Assert.Equal(all.Select(row => row.GetProperty("Id").GetString()!), (await visit.Texts("#rows tbody th")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_table_shows_the_address_that_it_was_read_from()
    {
        await using var visit = await browser.Visit(app.Root);
        await visit.Open("table?release=1&set=Casualties");
        await visit.Then(() => visit.Page.ClickAsync("#add-filter"));
        await visit.Then(() => visit.Page.SelectOptionAsync("#value-0", "displaced"));
        await visit.Then(() => visit.Page.ClickAsync("#sort-Id"));
        await visit.Then(() => visit.Page.ClickAsync("#sort-Id"));
        var address = await visit.Page.InnerTextAsync("#url");
        Assert.StartsWith($"{app.Root}/api/releases/1/odata/Casualties?", address);
        Assert.Contains(address, visit.Asked);

        var read = JsonElement.Parse(await app.Anonymous.GetStringAsync(address, Cancellation)).GetProperty("value").EnumerateArray().ToList();
        var expected = await Rows("Casualties?$filter=Outcome eq 'displaced'&$orderby=Id desc");
        Assert.Equal(expected.Select(row => row.GetProperty("Id").GetString()!), read.Select(row => row.GetProperty("Id").GetString()!));
        Assert.Equal(read.Select(row => row.GetProperty("Id").GetString()!), await visit.Texts("#rows tbody th"));

        await visit.Then(() => visit.Page.SelectOptionAsync("#value-0", "missing"));
        Assert.Contains("No row meets these conditions.", await visit.Page.InnerTextAsync("#rows"));
    }

    [Theory]
    [InlineData("MonthlyTotals", "where=Outcome~eq~killed&where=Month~eq~2022-01-01&where=CountryCode~eq~SY", "Month eq 2022-01-01 and CountryCode eq 'SY' and FirstLevelPlaceId eq '{0}' and PartyId eq '{1}'")]
    [InlineData("CasualtiesWide", "where=Id~eq~hasaka-2022-killed-civilians", "Id eq 'hasaka-2022-killed-civilians'")]
    public async Task A_row_of_a_view_leads_to_the_claims_that_it_was_computed_from(string set, string where, string condition)
    {
        await using var visit = await browser.Visit(app.Root);
        await visit.Open($"table?release=1&set={set}&{where}");
        var row = JsonElement.Parse(await app.Anonymous.GetStringAsync(await visit.Page.InnerTextAsync("#url"), Cancellation)).GetProperty("value")[0];
        var filter = string.Format(CultureInfo.InvariantCulture, condition, Text(row, "FirstLevelPlaceId"), Text(row, "PartyId"));
        await visit.Page.ClickAsync("#rows tbody .figure >> nth=0");
        await visit.Page.WaitForSelectorAsync(".claims[aria-busy=false] .claim");
        var expected = await Rows($"CasualtiesWide?$filter={Killed} and {filter}&$orderby=Date,Id");
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(claim => Text(claim, "SourceLocator")), await visit.Texts(".claim .locator"));
        Assert.Contains(Text(expected[0], "Source")!, await visit.Page.InnerTextAsync(".claim >> nth=0"));
    }

    private static string? Text(JsonElement row, string column) => row.TryGetProperty(column, out var value) ? value.GetString() : null;

    [Fact]
    public async Task Changes_show_how_totals_and_records_moved_and_why()
    {
        var id = $"explorer-{Guid.NewGuid():N}";
        using var body = new StringContent($"Id,PlaceId,Date,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade\n{id},raqqa,2022-02,recaptured,about 12,sdf,brief,p. 1,weak\n", null, "text/csv");
        using var answer = await app.Admin.PostAsync("submissions/Arrests?reason=lateReport", body, Cancellation);
        var release = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("release").GetInt32();
        await using var visit = await browser.Visit(app.Root);
        await visit.Open($"changes?from={release - 1}&to={release}");
        var text = await visit.Page.InnerTextAsync("main");
        Assert.Contains("≈12", text);
        Assert.Contains("late report", text);
        Assert.Equal([id], await visit.Texts(".diff .figure"));
        await visit.Picture("changes-1280-light-two-releases");
        Assert.Empty(await visit.Barriers());
    }

    private async Task<List<JsonElement>> Rows(string query) =>
        [.. JsonElement.Parse(await app.Anonymous.GetStringAsync($"releases/1/odata/{query}", Cancellation)).GetProperty("value").EnumerateArray()];
}
