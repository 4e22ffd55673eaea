using System.Text.Json.Nodes;
using ConflictData.Datasets;
using ConflictData.Datasets.Counts;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Tests.OData;
using CsCheck;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.Views;

public sealed class TotalsByTagTests
{
    private static readonly string[] CountedSets = ["Casualties", "Arrests", "AttackCounts"];

    [Fact]
    public async Task Totals_of_a_tag_are_those_of_its_release_and_follow_it()
    {
        await using var server = new Server();
        var january = new DateOnly(2022, 1, 1);
        server.Commit(
            Record("Places", "syria", ("Name", "Syria"), ("Kind", "country"), ("CountryCode", "SY")),
            Record("Places", "raqqa", ("Name", "Raqqa"), ("Kind", "city"), ("CountryCode", "SY"), ("ParentId", "syria")),
            Casualty("a", ("Outcome", "killed"), ("Additive", true), ("PlaceId", "raqqa"), ("Month", january), ("Low", 31L)),
            Casualty("b", ("Outcome", "killed"), ("Additive", true), ("PlaceId", "syria"), ("Month", january), ("Low", 7L), ("Best", 7L), ("High", 7L)),
            Casualty("c", ("Outcome", "killed"), ("Additive", false), ("PlaceId", "syria"), ("Month", january), ("Best", 1000L)),
            Casualty("d", ("Outcome", "injured"), ("Additive", true), ("PlaceId", "syria"), ("Best", 50L)),
            Record("Arrests", "e", ("Outcome", "arrested"), ("Additive", true), ("PlaceId", "raqqa"), ("Month", january)),
            Record("AttackCounts", "f", ("Additive", true), ("Low", 2L), ("Best", 2L), ("High", 2L)));
        server.Commit(
            Casualty("a", ("Outcome", "killed"), ("Additive", true), ("PlaceId", "raqqa"), ("Month", january), ("Low", 40L), ("Best", 40L), ("High", 40L)),
            Retraction(Record("AttackCounts", "f")));
        server.Commit(Record("Places", "raqqa", ("Name", "Raqqa"), ("Kind", "city"), ("CountryCode", "IQ")));
        server.Tag("2022-Q1", 1);
        server.Tag("2022-Q2", 2);

        string[] first =
        [
            "2022-Q1:Arrests:2022-01:SY:arrested Syria 1 without a number",
            "2022-Q1:AttackCounts:-:-:attacks - 2",
            "2022-Q1:Casualties:-:SY:injured Syria ≈50",
            "2022-Q1:Casualties:2022-01:SY:killed Syria 38+",
        ];
        string[] second =
        [
            "2022-Q2:Arrests:2022-01:SY:arrested Syria 1 without a number",
            "2022-Q2:Casualties:-:SY:injured Syria ≈50",
            "2022-Q2:Casualties:2022-01:SY:killed Syria 47",
        ];
        Assert.Equal(first.Concat(second), await Read(server));
        Assert.Equal(first, await Read(server, "1"));

        server.Tag("2022-Q1", 2);
        Assert.Equal(second.Select(row => row.Replace("Q2", "Q1")).Concat(second), await Read(server));
        Assert.Equal([], await Read(server, "1"));
        server.Tag("2022-q1", null);
        Assert.Equal(second, await Read(server));
    }

    [Theory]
    [InlineData("TotalsByTag/$count", "1")]
    [InlineData("TotalsByTag('SPRING:casualties:-:-:killed')/Label/$value", "1 without a number")]
    [InlineData("TotalsByTag?$format=csv&$select=Tag,Release,Label", "Tag,Release,Label\r\nSpring,1,1 without a number\r\n")]
    [InlineData("TotalsByTag?$format=ndjson&$select=Tag&$orderby=Release", "{\"Tag\":\"Spring\"}\n")]
    public async Task Whatever_address_asks_first_has_them_computed(string address, string expected)
    {
        await using var server = new Server();
        server.Commit(Casualty("a", ("Outcome", "killed"), ("Additive", true)));
        server.Tag("Spring", 1);

        Assert.Equal(expected, (await server.Get(address)).Body);
    }

    [Fact]
    public async Task A_tagged_release_without_totals_has_no_rows()
    {
        await using var server = new Server();
        server.Commit(Record("Places", "p"));
        server.Tag("Spring", 1);

        Assert.Equal([], (await server.Get("TotalsByTag")).Ids);
        Assert.Equal([], (await server.Get("TotalsByTag")).Ids);
    }

    [Fact]
    public async Task Totals_that_were_never_computed_do_not_look_like_none()
    {
        await using var server = new Server();
        server.Commit(Casualty("a", ("Outcome", "killed"), ("Additive", true)));
        server.Tag("Spring", 1);

        var rows = await server.Engine.Execute(new("SELECT * FROM \"TotalsByTag\"(1, 1)", [], QueryClass.Heavy), TestContext.Current.CancellationToken);
        Assert.Contains("The totals of release 1 are not computed.", rows.Error?.Detail);
    }

    [Fact]
    public async Task Many_who_ask_first_at_once_all_see_each_total_once()
    {
        await using var server = new Server();
        for (var release = 1; release <= 12; release++)
        {
            server.Commit(Casualty($"c{release}", ("Outcome", "killed"), ("Additive", true)));
            server.Tag($"t{release}", release);
        }

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => server.Get("TotalsByTag"))));

        Assert.All(replies, reply => Assert.Equal(12, reply.Json["value"]!.AsArray().Count));
    }

    /// <summary>Random commits, moves of tags and reads, against totals added up here from the records of each release.</summary>
    [Fact]
    public async Task They_are_what_the_records_of_the_tagged_release_add_up_to() => await Histories.SampleAsync(
        async steps =>
        {
            await using var server = new Server();
            List<Dictionary<string, Revision>> releases = [[]];
            var tags = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            foreach (var step in steps)
            {
                if (step.Commit.Length > 0)
                {
                    server.Commit(step.Commit.Select(change => change.Revision()).DistinctBy(Key));
                    releases.Add(After(releases[^1], step.Commit));
                }

                if (releases.Count > 1 && Target(step, releases.Count - 1) is var target)
                {
                    server.Tag(step.Tag, target);
                    tags[step.Tag] = target ?? 0;
                }

                var at = (step.Read % Math.Max(1, releases.Count - 1)) + 1;
                if (releases.Count > 1 && step.Read > 0)
                {
                    Assert.Equal(Expected(releases, tags.Where(tag => tag.Value > 0 && tag.Value <= at)), await Read(server, $"{at}"));
                }
            }
        },
        iter: 40, threads: 1);

    private sealed record Change(string Dataset, int Number, string? Outcome, int? Month, string? Country, Count Count, bool IsAdditive, bool IsRetraction)
    {
        public Revision Revision()
        {
            (string, object?)[] values = Dataset == "Places" ? [("CountryCode", Country)] :
            [
                .. Dataset == "AttackCounts" ? Array.Empty<(string, object?)>() : [("Outcome", Outcome)],
                ("Month", Month is { } month ? new DateOnly(2022, month, 1) : null), ("PlaceId", $"p{Number % 3}"), ("Additive", IsAdditive),
                ("Low", Count.Low), ("Best", Count.Best), ("High", Count.High),
            ];
            var revision = Record(Dataset, Dataset == "Places" ? $"p{Number % 3}" : $"r{Number}", values);
            return IsRetraction ? Retraction(revision) : revision;
        }
    }

    /// <param name="Commit">What a release brings; nothing = there is none.</param>
    /// <param name="Tag">The tag that is moved then.</param>
    /// <param name="To">Where to, by place among the releases; 0 = away.</param>
    /// <param name="Read">The release that is read then; 0 = none is.</param>
    private sealed record Step(Change[] Commit, string Tag, int To, int Read);

    private static int? Target(Step step, int newest) => step.To % (newest + 1) is > 0 and var release ? release : null;

    private static string Key(Revision revision) => $"{revision.Dataset} {revision.Id}";

    private static Dictionary<string, Revision> After(Dictionary<string, Revision> before, Change[] changes)
    {
        var after = new Dictionary<string, Revision>(before);
        foreach (var revision in changes.Select(change => change.Revision()).DistinctBy(Key))
        {
            if (revision.Action == RevisionAction.Retract)
            {
                after.Remove(Key(revision));
            }
            else
            {
                after[Key(revision)] = revision;
            }
        }

        return after;
    }

    private static IEnumerable<string> Expected(List<Dictionary<string, Revision>> releases, IEnumerable<KeyValuePair<string, int>> tags) => tags
        .OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase)
        .SelectMany(tag => Rows(releases[tag.Value]).Select(row => $"{tag.Key}:{row}"));

    private static IEnumerable<string> Rows(Dictionary<string, Revision> records) => records.Values
        .Where(record => CountedSets.Contains(record.Dataset.Name) && record.Values[record.Dataset["Additive"].Ordinal] is true)
        .GroupBy(record => (record.Dataset.Name, Month: (DateOnly?)Value(record, "Month"), Country: CountryOf(records, record), Outcome: record.Dataset.Find("Outcome") is null ? "attacks" : (string)Value(record, "Outcome")!))
        .OrderBy(group => group.Key.Name, StringComparer.Ordinal).ThenBy(group => group.Key.Month).ThenBy(group => group.Key.Country, StringComparer.Ordinal).ThenBy(group => group.Key.Outcome, StringComparer.Ordinal)
        .Select(group => (group.Key, Country: group.Any(record => PlaceOf(records, record) is not null) ? "x" : "-", Total: Total.Of(group.Select(record => new Count((long?)Value(record, "Low"), (long?)Value(record, "Best"), (long?)Value(record, "High"))))))
        .Select(pair => $"{pair.Key.Name}:{pair.Key.Month?.ToString("yyyy-MM") ?? "-"}:{pair.Key.Country ?? "-"}:{pair.Key.Outcome} {pair.Country} {pair.Total.Label}");

    /// <summary>Every place is made a country of the name x.</summary>
    private static Revision? PlaceOf(Dictionary<string, Revision> records, Revision record) => records.GetValueOrDefault($"Places {Value(record, "PlaceId")}");

    private static string? CountryOf(Dictionary<string, Revision> records, Revision record) =>
        PlaceOf(records, record) is { } place ? (string?)Value(place, "CountryCode") : null;

    private static object? Value(Revision record, string column) => record.Values[record.Dataset[column].Ordinal];

    private static async Task<IEnumerable<string>> Read(Server server, string? release = null)
    {
        var reply = await server.Get("TotalsByTag", release);
        Assert.True(reply.Status == 200, reply.Body);
        return [.. reply.Json["value"]!.AsArray().Select(row => Line(row!))];
    }

    /// <summary>The row in short; its columns must say the same as its label and its id.</summary>
    private static string Line(JsonNode row)
    {
        Assert.Equal((string?)row["Id"], $"{row["Tag"]}:{row["Dataset"]}:{((string?)row["Month"])?[..7] ?? "-"}:{row["CountryCode"] ?? "-"}:{row["Outcome"]}");
        Assert.Equal(Totals.OfGroup(row.AsObject()).Label, (string?)row["Label"]);
        return $"{row["Id"]} {row["Country"] ?? "-"} {row["Label"]}";
    }

    private static readonly Gen<Count> Counts = Gen.Select(Gen.Int[0, 4], Gen.Long[0, 9], Gen.Long[0, 9], (kind, a, b) => kind switch
    {
        0 => new Count(null, null, null),
        1 => new Count(null, a, null),
        2 => new Count(a, null, null),
        3 => new Count(a, null, a + b),
        _ => Count.Exactly(a),
    });

    private static readonly Gen<Change> Changes = Gen.Select(
        Gen.OneOf("Casualties", "Arrests", "AttackCounts", "Places").Select(Gen.Int[0, 5]),
        Gen.Int[0, 1],
        Gen.Int[0, 2],
        Gen.OneOf("SY", "IQ", ""),
        Counts,
        Gen.Int[0, 4],
        (record, outcome, month, country, count, luck) => new Change(
            record.Item1, record.Item2,
            record.Item1 == "Arrests" ? (outcome == 0 ? "arrested" : "released") : outcome == 0 ? "killed" : "injured",
            month == 0 ? null : month, country.Length == 0 ? null : country, count, luck > 0, luck == 4));

    private static readonly Gen<Step[]> Histories = Gen.Select(
        Changes.Array[0, 4], Gen.OneOf("Spring", "Autumn", "winter"), Gen.Int[0, 20], Gen.Int[0, 20],
        (commit, tag, to, read) => new Step(commit, tag, to, read)).Array[1, 14];
}
