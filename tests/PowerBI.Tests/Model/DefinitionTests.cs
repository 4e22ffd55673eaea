using ConflictData.Datasets.Counts;
using PowerBI.Tests.Model.Evaluation;

namespace PowerBI.Tests.Model;

/// <summary>The measures give what the definition of a total gives: the same words as the service, for any claims under any filters.</summary>
[Collection(nameof(SampleModel))]
public sealed class DefinitionTests(SampleModel sample)
{
    private const int Rounds = 60;

    private static readonly string[] Outcomes = ["killed", "injured"];
    private static readonly string[] Parties = ["is", "sdf", "none"];

    [Theory]
    [InlineData("Casualties", "Casualties")]
    [InlineData("Arrests", "Arrests")]
    [InlineData("AttackCounts", "Attacks")]
    public void Totals_of_the_sample_by_month_place_and_outcome_are_those_of_the_service(string fact, string measures)
    {
        var hasOutcome = sample.All.Data.Model.Column(fact, "Outcome") is not null;
        var groups = sample.All.Data.Rows(fact).GroupBy(row => (Outcome: hasOutcome ? Text(row, fact, "Outcome") : null, Month: Text(row, fact, "MonthKey"), Place: Text(row, fact, "PlaceId"))).ToList();
        foreach (var group in groups)
        {
            var shown = sample.All.Where(new("Month", "Month"), group.Key.Month).Where(new("Place", "PlaceId"), group.Key.Place);
            Same(hasOutcome ? shown.Where(new(fact, "Outcome"), group.Key.Outcome) : shown, fact, measures, group);
        }

        Assert.True(groups.Count > 5);
    }

    [Fact]
    public void Totals_of_any_claims_are_those_of_the_definition()
    {
        var chance = new Random(20220120);
        for (var round = 0; round < Rounds; round++)
        {
            var all = new FilterContext(new(ModelFiles.Model, Tables([.. Enumerable.Range(0, chance.Next(12)).Select(_ => Claim(chance))])), []);
            foreach (var outcome in Outcomes)
            {
                var chosen = all.Where(new("Casualties", "Outcome"), outcome);
                var rows = all.Data.Rows("Casualties").Where(row => Text(row, "Casualties", "Outcome") == outcome).ToList();
                Same(chosen, "Casualties", "Casualties", rows);
                Assert.All(Parties, party => Same(chosen.Where(new("Party", "ActorId"), party), "Casualties", "Casualties", rows.Where(row => Text(row, "Casualties", "PartyId") == party)));
            }
        }
    }

    private static void Same(FilterContext shown, string fact, string measures, IEnumerable<DaxRow> rows)
    {
        var counted = rows.Where(row => row.Value(new(fact, "Additive")) is true)
            .Select(row => new Count(Number(row, fact, "Low"), Number(row, fact, "Best"), Number(row, fact, "High"))).ToList();
        var total = Total.Of(counted).ToColumns().Value!;
        var expected = new object?[]
        {
            counted.Count == 0 ? null : total.Label, (decimal?)total.Low, (decimal?)total.Best, (decimal?)total.High, (decimal?)total.About,
            counted.Count == 0 ? null : (decimal)total.Unnumbered, total.Low is not null && total.High is null ? 1m : null, (decimal?)(total.High - total.Low),
        };
        Assert.Equal(expected, new[] { "total", "low", "best", "high", "about", "unnumbered", "open", "spread" }.Select(part => DaxEvaluator.Measure(shown, $"{measures} {part}")));
    }

    /// <summary>A claim of any form: exact, bounded on one side or both, near a number, without one.</summary>
    private static (string Outcome, string? Party, bool Additive, Count Count) Claim(Random chance)
    {
        var (a, b) = (chance.Next(4), chance.Next(4));
        var count = chance.Next(6) switch
        {
            0 => Count.Exactly(a),
            1 => new Count(a, null, null),
            2 => new Count(a, null, a + b),
            3 => new Count(null, a, null),
            4 => new Count(null, null, a),
            _ => default,
        };
        return (Outcomes[chance.Next(2)], chance.Next(4) == 0 ? null : Parties[chance.Next(2)], chance.Next(4) > 0, count);
    }

    private static Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>> Tables(IReadOnlyList<(string Outcome, string? Party, bool Additive, Count Count)> claims) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Party"] = [.. Parties.Select(party => new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["ActorId"] = party })],
        ["Casualties"] = [.. claims.Select(claim => new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Outcome"] = claim.Outcome, ["PartyId"] = claim.Party, ["Additive"] = claim.Additive,
            ["Low"] = (decimal?)claim.Count.Low, ["Best"] = (decimal?)claim.Count.Best, ["High"] = (decimal?)claim.Count.High,
        })],
    };

    private static long? Number(DaxRow row, string table, string column) => (long?)(decimal?)row.Value(new(table, column));

    private static string? Text(DaxRow row, string table, string column) => (string?)row.Value(new(table, column));
}
