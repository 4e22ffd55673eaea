using ConflictData.Tests.OData;
using ConflictData.Tests.Sample;

namespace ConflictData.Tests.Views;

/// <summary>The views over the bundled sample; what is expected was worked out by hand from the brief.</summary>
public sealed class SampleViewTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("Casualties", "EventId eq 'al-hasaka-attack-2022' and Outcome eq 'killed'", "PartyId", "civilians-al-hasaka 31+, is 374, sdf 117")]
    [InlineData("CasualtiesWide", "Event eq 'Al-Hasaka attack' and Outcome eq 'killed'", "Party", "Civilians of al-Hasaka 31+, Islamic State 374, Syrian Democratic Forces 117")]
    [InlineData("CasualtiesWide", "EventId eq 'displacement-al-hasaka-2022' and Outcome eq 'displaced'", "Place", "Ghuweiran and al-Zuhur 6001+")]
    [InlineData("CasualtiesWide", "year(StartDate) eq 2021 and CountryCode eq 'IQ' and Outcome eq 'killed'", "Country", "Iraq 387")]
    [InlineData("ArrestsWide", "startswith(Id,'post-hasaka-2022-') and Outcome eq 'arrested'", "CountryCode", "SY ≈80 and 0–9")]
    [InlineData("ArrestsWide", "startswith(Id,'post-hasaka-2022-')", "Outcome", "arrested ≈80 and 0–9, charged 10, inCustody 10, released 40")]
    public async Task Totals_are_those_of_the_brief(string set, string filter, string by, string expected)
    {
        var keys = by == "Outcome" ? by : $"Outcome,{by}";
        var apply = $"filter({filter})/groupby(({keys}),aggregate(Count with Conflict.total as T))/orderby({by})";
        var reply = await server.Get($"{set}?$apply={Uri.EscapeDataString(apply)}");

        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal(expected, string.Join(", ", reply.Json["value"]!.AsArray().Select(row => $"{row![by]} {row["T"]!["Label"]}")));
    }

    [Fact]
    public async Task A_wide_row_says_in_words_what_its_keys_refer_to()
    {
        var reply = await server.Get("CasualtiesWide('HASAKA-2022-killed-is')?$select=Id,Low,Place,PlacePath,Country,FirstLevelPlace,Event,Party,Claimant,ZoneKind,ZoneKinds", headers: ("Accept", "application/json;odata.metadata=none"));

        Assert.Equal(
            """{"Id":"hasaka-2022-killed-is","Low":374,"Place":"al-Hasaka","PlacePath":"Syria / al-Hasaka governorate / al-Hasaka district / al-Hasaka","Country":"Syria","FirstLevelPlace":"al-Hasaka governorate","Event":"Al-Hasaka attack","Party":"Islamic State","Claimant":"Syrian Democratic Forces","ZoneKind":"control","ZoneKinds":"control"}""",
            reply.Body);
    }

    [Theory]
    [InlineData("al-sinaa-prison", "Syria / al-Hasaka governorate / al-Hasaka district / al-Hasaka / al-Sina’a prison", "Syria", "al-Hasaka governorate", "al-Hasaka")]
    [InlineData("al-hasaka-governorate", "Syria / al-Hasaka governorate", "Syria", "al-Hasaka governorate", "Syria")]
    [InlineData("syria", "Syria", "Syria", null, null)]
    public async Task A_wide_place_names_those_that_hold_it(string id, string path, string? country, string? first, string? parent)
    {
        var row = (await server.Get($"PlacesWide('{id}')")).Json;
        Assert.Equal([path, country, first, parent], new[] { "PlacePath", "Country", "FirstLevelPlace", "Parent" }.Select(column => (string?)row[column]));
    }

    [Fact]
    public async Task Months_and_what_has_none_make_the_total()
    {
        var reply = await server.Get("MonthlyTotals?$filter=Outcome eq 'killed'&$orderby=Month,Id&$select=Month,CountryCode,PartyId,Label", headers: ("Accept", "application/json;odata.metadata=none"));

        Assert.Equal(
            """
            -/IQ/- 387, -/SY/is 1, 2022-01-01/IQ/iraqi-army 11, 2022-01-01/SY/civilians-al-hasaka 31+, 2022-01-01/SY/is 374, 2022-01-01/SY/sdf 117, 2022-02-01/SY/is 1
            """,
            string.Join(", ", reply.Json["value"]!.AsArray().Select(row => $"{row!["Month"] ?? "-"}/{row["CountryCode"]}/{row["PartyId"] ?? "-"} {row["Label"]}")));
    }

    [Theory]
    [InlineData("Casualties", "CasualtiesWide")]
    [InlineData("Arrests", "ArrestsWide")]
    [InlineData("AttackCounts", "AttackCountsWide")]
    [InlineData("Places", "PlacesWide")]
    public async Task A_wide_view_has_each_record_once(string set, string view) =>
        Assert.Equal((await server.Get(set)).Ids, (await server.Get(view)).Ids);

    [Theory]
    [InlineData("Casualties")]
    [InlineData("Arrests")]
    [InlineData("AttackCounts")]
    public async Task Monthly_totals_add_up_to_the_total_of_the_additive_rows(string set)
    {
        var rows = await server.Get($"{set}?$filter=Additive");
        var groups = await server.Get($"MonthlyTotals?$filter=Dataset eq '{set}'");

        Assert.Equal(Totals.OfRows(rows, set == "AttackCounts" ? null : "Outcome"), Totals.OfGroups(groups));
    }

    [Theory]
    [InlineData("Casualties")]
    [InlineData("Arrests")]
    [InlineData("AttackCounts")]
    public async Task Totals_by_tag_are_the_monthly_totals_in_larger_groups(string set)
    {
        server.Tag("2022-Q1", 1);
        foreach (var condition in new[] { "Month eq null", "Month ne null", "CountryCode eq 'SY'", "CountryCode ne 'SY'" })
        {
            var monthly = await server.Get($"MonthlyTotals?$filter=Dataset eq '{set}' and {condition}");
            var tagged = await server.Get($"TotalsByTag?$filter=Dataset eq '{set}' and {condition}");
            Assert.Equal(Totals.OfGroups(monthly), Totals.OfGroups(tagged));
        }
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(SampleRelease.Revisions());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
