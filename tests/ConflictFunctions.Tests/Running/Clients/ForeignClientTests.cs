using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConflictFunctions.Tests.Running.Clients;

/// <summary>What every client is asked for, each in its own way, and what the sample answers.</summary>
public abstract class ForeignClientTests(ForeignClient client)
{
    [Fact]
    public void It_counts() => Assert.Equal(86, client["count"].GetInt32());

    [Fact]
    public void It_follows_the_pages_to_their_end()
    {
        var pages = client["pages"].EnumerateArray().Select(page => page.EnumerateArray().Select(id => id.GetString()!).ToList()).ToList();

        Assert.Equal([10, 10, 10, 10, 10, 10, 10, 10, 6], pages.Select(page => page.Count));
        Assert.Equal(86, pages.SelectMany(page => page).Distinct().Count());
        Assert.Equal("abu-hardub-repentance", pages[0][0]);
    }

    [Fact]
    public void It_filters_by_text_and_truth_and_selects() => Answers("killed", """
        [
          {"Id": "hasaka-2022-killed-civilians", "PartyId": "civilians-al-hasaka", "CountText": "more than 30", "Low": 31, "High": null},
          {"Id": "hasaka-2022-killed-is", "PartyId": "is", "CountText": "374", "Low": 374, "High": 374},
          {"Id": "hasaka-2022-killed-sdf-fighters", "PartyId": "sdf", "CountText": "40", "Low": 40, "High": 40},
          {"Id": "hasaka-2022-killed-sdf-guards", "PartyId": "sdf", "CountText": "77", "Low": 77, "High": 77}
        ]
        """);

    [Fact]
    public void It_filters_and_orders_by_number() => Answers("aboveHundred", """
        ["karama-2017-displaced", "hasaka-2022-displaced", "iraq-2021-injured", "iraq-2021-killed", "hasaka-2022-killed-is", "hasaka-2015-abducted-christians", "hasaka-2022-killed-sdf"]
        """);

    [Fact]
    public void It_filters_by_day_and_by_instant()
    {
        Answers("onThe21st", """["iraq-2022-01-21-killed-soldiers"]""");
        Assert.Equal(18, client["everChanged"].GetInt32());
    }

    [Fact]
    public void It_filters_by_a_list() => Answers("inList", """["al-hasaka", "raqqa"]""");

    [Fact]
    public void It_filters_by_what_is_referred_to_and_by_what_refers()
    {
        Assert.Equal(13, client["ofSyria"].GetInt32());
        Answers("withLargeClaims", """["al-hasaka-attack-2022", "battle-of-al-karama-2017", "displacement-al-hasaka-2022"]""");
    }

    [Fact]
    public void It_takes_a_part_of_an_order() => Answers("second", """["hasaka-2022-displaced", "iraq-2021-injured"]""");

    [Fact]
    public void It_reads_a_record_by_its_key() => Answers("place", """{"Name": "al-Hasaka", "NameArabic": "الحسكة", "Kind": "city", "CountryCode": "SY"}""");

    [Fact]
    public void It_expands_with_options_within() => Answers("attack", """
        {"Id": "al-hasaka-attack-2022", "Place": {"Name": "al-Hasaka"}, "Casualties": [{"Id": "hasaka-2022-killed-sdf-guards"}, {"Id": "hasaka-2022-killed-sdf-fighters"}]}
        """);

    [Fact]
    public void It_goes_to_one_and_to_many()
    {
        Answers("toOne", """{"Name": "al-Hasaka"}""");
        Answers("toMany", """["hasaka-2022-killed-sdf-guards"]""");
    }

    [Fact]
    public void It_searches() => Answers("found", """
        ["al-hasaka", "al-hasaka-central-prison", "al-hasaka-district", "al-hasaka-governorate", "tall-tamr-al-hasaka-road", "villages-south-of-al-hasaka"]
        """);

    [Fact]
    public void It_shows_its_key_in_a_header() => Assert.Equal(86, client["withKey"].GetInt32());

    [Fact]
    public void It_tells_its_caller_why_it_was_refused()
    {
        Assert.StartsWith("Could not find a property named", client["malformed"].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("Places has no record nowhere in release 1.", client["missing"].GetProperty("message").GetString());
        Assert.StartsWith("The key that was sent is not valid here.", client["withWrongKey"].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("This service does not support POST here", client["written"].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("This service does not support DELETE here", client["deleted"].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Checks what the client got, but for control information: how much of that it keeps is its own business.</summary>
    protected void Answers(string question, string expected) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), Bare(client[question])!.ToJsonString());

    private static JsonNode? Bare(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Where(member => !member.Name.Contains('@')).Select(member => KeyValuePair.Create(member.Name, Bare(member.Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Bare)]),
        _ => JsonNode.Parse(value.GetRawText()),
    };
}
