using System.Net;
using System.Text.Json;

namespace ConflictFunctions.Tests.Running;

/// <summary>GeoJSON of the sample.</summary>
public sealed class GeoTests(RunningApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Places_are_points_with_longitude_first_and_null_where_nothing_is_known()
    {
        using var answer = await app.Anonymous.GetAsync("geo/places?release=1", Cancellation);
        Assert.Equal(("application/geo+json", "1"), (answer.Content.Headers.ContentType!.ToString(), Assert.Single(answer.Headers.GetValues("Conflict-Release"))));
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
        var features = await Features(answer);
        Assert.Equal("89", await app.Anonymous.GetStringAsync("releases/1/odata/Places/$count", Cancellation));
        Assert.Equal(89, features.Count);

        var rows = JsonElement.Parse(await app.Anonymous.GetStringAsync("releases/1/odata/Places?$orderby=Id", Cancellation)).GetProperty("value").EnumerateArray();
        foreach (var (feature, row) in features.Zip(rows))
        {
            Assert.Equal(("Feature", row.GetProperty("Id").GetString()), (feature.GetProperty("type").GetString(), feature.GetProperty("id").GetString()));
            var isKnown = row.GetProperty("Latitude").ValueKind == JsonValueKind.Number;
            Assert.Equal(
                isKnown ? $$"""{"type":"Point","coordinates":[{{row.GetProperty("Longitude")}},{{row.GetProperty("Latitude")}}]}""" : "null",
                feature.GetProperty("geometry").GetRawText());
            Assert.Equal(row.GetProperty("Name").GetString(), feature.GetProperty("properties").GetProperty("Name").GetString());
            Assert.Equal(row.GetProperty("PlacePrecision").GetRawText(), feature.GetProperty("properties").GetProperty("PlacePrecision").GetRawText());
        }

        var hasaka = features.Single(feature => feature.GetProperty("id").GetString() == "al-hasaka").GetProperty("properties");
        Assert.Equal(("Syria", "الحسكة"), (hasaka.GetProperty("Country").GetString(), hasaka.GetProperty("NameArabic").GetString()));
        Assert.StartsWith("Syria / ", hasaka.GetProperty("PlacePath").GetString());
    }

    [Theory]
    [InlineData("2022-01-20")]
    [InlineData("2019-03-01")]
    [InlineData("1990-01-01")]
    public async Task Zones_are_the_memberships_that_hold_on_the_day(string date)
    {
        var features = await Features(await app.Anonymous.GetAsync($"geo/zones?release=1&date={date}", Cancellation));
        var expected = JsonElement.Parse(await app.Anonymous.GetStringAsync(
            $"releases/1/odata/ZoneMemberships?$filter=(ValidFrom eq null or ValidFrom le {date}) and (ValidTo eq null or ValidTo ge {date})&$expand=Zone,Claimant,Source&$orderby=Id", Cancellation))
            .GetProperty("value").EnumerateArray().ToList();
        Assert.Equal(expected.Select(Told), features.Select(feature => Told(feature.GetProperty("properties"), feature.GetProperty("id").GetString())));
    }

    [Fact]
    public async Task Without_a_day_it_is_that_of_the_release()
    {
        var committed = JsonElement.Parse(await app.Anonymous.GetStringAsync("releases/1", Cancellation)).GetProperty("committedAt").GetDateTimeOffset();
        var given = await app.Anonymous.GetStringAsync($"geo/zones?release=1&date={committed.UtcDateTime:yyyy-MM-dd}", Cancellation);
        Assert.Equal(given, await app.Anonymous.GetStringAsync("geo/zones?release=1", Cancellation));
        Assert.Contains("\"ZoneKind\"", given);
    }

    [Fact]
    public async Task Who_has_it_gets_304()
    {
        using var answer = await app.Anonymous.GetAsync("geo/zones?date=2022-01-20", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "geo/zones?date=2022-01-20") { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
        using var again = await app.Anonymous.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var other = new HttpRequestMessage(HttpMethod.Get, "geo/zones?date=2022-01-21") { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.SendAsync(other, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("geo/zones?date=2022-13-01", 400)]
    [InlineData("geo/zones?date=yesterday", 400)]
    [InlineData("geo/places?date=2022-01-01", 400)]
    [InlineData("geo/places?country=SY", 400)]
    [InlineData("geo/places?release=never", 404)]
    public async Task What_it_does_not_know_is_refused(string address, int status) =>
        Assert.Equal(status, (int)(await app.Anonymous.GetAsync(address, Cancellation)).StatusCode);

    private static string Told(JsonElement membership) => string.Join(
        '|',
        membership.GetProperty("Id"), membership.GetProperty("Zone").GetProperty("Kind"), membership.GetProperty("Claimant").GetProperty("Name"),
        membership.GetProperty("Source").GetProperty("Title"), membership.GetProperty("SourceLocator"), membership.GetProperty("Recruitment").GetRawText(),
        membership.GetProperty("ValidFrom").GetRawText(), membership.GetProperty("ValidTo").GetRawText());

    private static string Told(JsonElement properties, string? id) => string.Join(
        '|',
        id, properties.GetProperty("ZoneKind"), properties.GetProperty("Claimant"), properties.GetProperty("Source"), properties.GetProperty("SourceLocator"),
        properties.GetProperty("Recruitment").GetRawText(), properties.GetProperty("ValidFrom").GetRawText(), properties.GetProperty("ValidTo").GetRawText());

    private static async Task<List<JsonElement>> Features(HttpResponseMessage answer)
    {
        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("FeatureCollection", json.GetProperty("type").GetString());
        return [.. json.GetProperty("features").EnumerateArray()];
    }
}
