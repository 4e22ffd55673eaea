using System.Net;
using System.Text.Json;

namespace ConflictFunctions.Tests.Running.PowerBI;

/// <summary>
/// Queries as the engine folds and encodes them. One that is refused would not fail the refresh: the engine would quietly
/// load the whole set instead.
/// </summary>
public sealed class FoldingTests(RunningApp app)
{
    private const string Root = "releases/1/odata/";

    private Mashup Engine => new(app.Anonymous, app.AdminKey);

    [Theory]
    [InlineData("$filter=ModifiedAt gt 2021-02-03T04%3A05%3A06Z", 18)]
    [InlineData("$filter=ModifiedAt gt 2021-02-03T04%3A05%3A06%2B01%3A00", 18)]
    [InlineData("$filter=ModifiedAt gt 2021-02-03T04:05:06+01:00", 18)]
    [InlineData("$filter=ModifiedAt%20gt%202021-02-03T04%3A05%3A06.0000000%2B01%3A00", 18)]
    [InlineData("$filter=ModifiedAt%20lt%202021-02-03T04:05:06Z", 0)]
    [InlineData("$filter=ModifiedAt ge 2021-02-03T00%3A00%3A00Z and ModifiedAt lt 2021-02-04T00%3A00%3A00Z", 0)]
    [InlineData("$filter=StartDate ge 2022-01-01 and StartDate lt 2022-02-01", 12)]
    [InlineData("$filter=StartDate eq null", 0)]
    [InlineData("$filter=Outcome%20eq%20%27killed%27", 12)]
    [InlineData("$filter=Outcome eq 'killed' and (PartyId eq 'sdf' or PartyId eq 'is')", 7)]
    [InlineData("$filter=(Outcome eq 'killed' or Outcome eq 'injured') and not (Low eq null)", 11)]
    [InlineData("$filter=Outcome ne 'killed'", 6)]
    [InlineData("$filter=Low ge 40 and Low le 117", 4)]
    [InlineData("$filter=Low add 1 gt 375 and Additive", 4)]
    [InlineData("$filter=year(StartDate) eq 2022 and month(StartDate) eq 1 and day(StartDate) eq 21", 1)]
    [InlineData("$filter=startswith(Id,'hasaka-2022-') and endswith(Id,'-sdf')", 1)]
    [InlineData("$filter=contains(tolower(CountText),'than')", 3)]
    [InlineData("$filter=length(trim(CountText)) eq 3", 5)]
    [InlineData("$filter=indexof(CountText,'than') ge 0", 3)]
    [InlineData("$filter=substring(Id,0,4) eq 'iraq' and concat(Outcome,'!') eq 'killed!'", 2)]
    [InlineData("$filter=Id in ('hasaka-2022-killed-is','hasaka-2022-killed-sdf')", 2)]
    [InlineData("$filter=Place/CountryCode eq 'SY'", 13)]
    [InlineData("$filter=Note ne null&$select=Id%2CNote&$top=1000", 12)]
    [InlineData("$orderby=Low desc,Id&$top=10&$skip=1", 10)]
    [InlineData("$top=1000", 18)]
    [InlineData("$top=0&$count=true", 0)]
    [InlineData("%24filter=Low%20gt%20300%26nothing%20eq%201", null)]
    public async Task They_are_answered_as_they_are_encoded(string query, int? rows)
    {
        var address = Engine.WithKey($"{Root}Casualties?{query}");
        if (rows is null)
        {
            using var answer = await Engine.Get(address);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            return;
        }

        Assert.Equal(rows, (await Engine.Json(address)).GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task What_the_engine_does_in_silence_is_in_the_log()
    {
        using var refused = await Engine.Get(Engine.WithKey($"{Root}Events?$filter=soundslike(Id,'x')"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await Engine.Json(Engine.WithKey($"{Root}Zones?$top=1000"));
        await Engine.Rows($"{Root}Zones", prefer: "maxpagesize=5");
        await Printed(line => line.Contains("A query of Power BI or Excel was refused as badQuery at $filter", StringComparison.Ordinal));
        await Printed(line => line.Contains("reads all of Zones at release 1, all columns", StringComparison.Ordinal));
    }

    private async Task Printed(Func<string, bool> isIt)
    {
        while (!app.Printed.Any(isIt))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Columns_are_those_selected_in_the_order_asked_for()
    {
        var page = await Engine.Json(Engine.WithKey($"{Root}Casualties?$filter=Outcome eq 'killed'&$select=Id%2CCountText%2CLow&$top=1000"));

        Assert.EndsWith("$metadata#Casualties(Id,CountText,Low)", page.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.All(page.GetProperty("value").EnumerateArray(), row => Assert.Equal(["Id", "CountText", "Low"], row.EnumerateObject().Select(member => member.Name)));
    }

    [Fact]
    public async Task Instants_carry_their_offset_and_days_do_not()
    {
        var row = (await Engine.Json(Engine.WithKey($"{Root}Casualties?$top=1&$filter=StartDate ne null"))).GetProperty("value")[0];

        Assert.EndsWith("Z", row.GetProperty("ModifiedAt").GetString(), StringComparison.Ordinal);
        Assert.True(DateOnly.TryParseExact(row.GetProperty("StartDate").GetString(), "yyyy-MM-dd", out _));
    }

    [Theory]
    [InlineData("Casualties?$select=Id&$expand=Place($select=Name)&$top=1", "#Casualties(Id,Place(Name))")]
    [InlineData("Casualties?$select=Id,Place&$expand=Place($select=Name)&$top=1", "#Casualties(Id,Place,Place(Name))")]
    [InlineData("Casualties?$select=Id&$expand=Place&$top=1", "#Casualties(Id)")]
    [InlineData("Casualties?$expand=Place&$top=1", "#Casualties")]
    [InlineData("Events('al-hasaka-attack-2022')/Place", "#Places/$entity")]
    [InlineData("Events('al-hasaka-attack-2022')/Casualties?$select=Id", "#Casualties(Id)")]
    [InlineData("Places('al-hasaka')", "#Places/$entity")]
    public async Task A_table_in_a_cell_is_read_in_one_of_the_ways_of_the_standard(string address, string context) =>
        Assert.EndsWith(context, (await Engine.Json(Engine.WithKey(Root + address))).GetProperty("@odata.context").GetString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(2000)]
    [InlineData(2048)]
    public async Task An_address_of_the_longest_that_the_engine_sends_is_read_in_pages(int length)
    {
        // MaxUriLength counts the whole address, the key included.
        var (start, end) = (Engine.WithKey($"{app.Root}/api/{Root}ZoneMemberships?$select=Id") + "&$filter=not%20(Id%20in%20('x','", "'))");
        var nobody = string.Concat(Enumerable.Range(0, 64).Select(_ => $"{Guid.NewGuid():N}"))[..(length - start.Length - end.Length)];

        var rows = await new Mashup(app.Anonymous).Rows(start + nobody + end, "maxpagesize=40");
        Assert.Equal(86, rows.Select(row => row.GetProperty("Id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task What_is_too_long_for_an_address_comes_as_a_batch()
    {
        var nobodies = string.Join(',', Enumerable.Range(0, 80).Select(number => $"'nobody-of-this-name-{number}'"));
        var address = Engine.WithKey($"{app.Root}/api/{Root}Casualties?$filter=Id in ({nobodies}) or Low gt 0&$select=Id").Replace(" ", "%20");
        Assert.True(address.Length > 2048);
        using var batch = Mashup.Batch(address);
        using var answer = await Engine.Send(HttpMethod.Post, Engine.WithKey($"{Root}$batch"), batch);
        var text = await Mashup.Read(answer);

        Assert.Equal("multipart/mixed", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("HTTP/1.1 200 OK\r\n", text);
        Assert.Contains("OData-Version: 4.0\r\n", text);
        Assert.Contains("\"value\":[{\"Id\":", text);
    }

    [Fact]
    public async Task OmitValues_is_met_and_said_to_be()
    {
        using var answer = await Engine.Get(Engine.WithKey($"{Root}Casualties"), ("Prefer", "omit-values=nulls"));
        var rows = JsonElement.Parse(await Mashup.Read(answer)).GetProperty("value").EnumerateArray().ToList();

        Assert.Equal("omit-values=nulls", Assert.Single(answer.Headers.GetValues("Preference-Applied")));
        Assert.DoesNotContain(rows, row => row.EnumerateObject().Any(member => member.Value.ValueKind == JsonValueKind.Null));
        Assert.Contains(rows, row => !row.TryGetProperty("High", out _));
    }

    [Theory]
    [InlineData("odata.include-annotations=\"*\"")]
    [InlineData("include-annotations=\"display.*,-odata.*\", omit-values=nulls")]
    public async Task IncludeAnnotations_changes_nothing_where_rows_have_none(string prefer)
    {
        var plain = await Engine.Json(Engine.WithKey($"{Root}Zones"));
        using var answer = await Engine.Get(Engine.WithKey($"{Root}Zones"), ("Prefer", prefer));
        var asked = JsonElement.Parse(await Mashup.Read(answer));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(plain.GetProperty("value").GetArrayLength(), asked.GetProperty("value").GetArrayLength());
        Assert.DoesNotContain(asked.GetProperty("value").EnumerateArray(), row => row.EnumerateObject().Any(member => member.Name.Contains('@')));
        Assert.Equal(prefer.Contains("omit-values", StringComparison.Ordinal), answer.Headers.Contains("Preference-Applied"));
    }

    [Theory]
    [InlineData("Nowhere")]
    [InlineData("Casualties?$filter=Nothing eq 1")]
    [InlineData("Casualties?$filter=Low eq '")]
    [InlineData("Casualties?$skiptoken=x")]
    public async Task Errors_do_not_repeat_the_key_either(string address)
    {
        using var answer = await Engine.Get(Engine.WithKey(Root + address));

        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound);
        Assert.Contains("\"error\":{", await Mashup.Read(answer));
    }
}
