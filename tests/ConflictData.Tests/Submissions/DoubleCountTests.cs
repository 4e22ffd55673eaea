using System.Globalization;
using ConflictData.Datasets.Claims;
using ConflictData.Submissions;
using CsCheck;

namespace ConflictData.Tests.Submissions;

/// <summary>
/// Which rows are warned of as possibly counting people twice, against a comparison of every row with every other: random rows at nested
/// places, sent in several submissions, some corrected, some retracted.
/// </summary>
public sealed class DoubleCountTests
{
    private const string Header = "Id,PlaceId,Date,VictimType,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade,PartyId,Action\n";

    /// <summary>From the outermost to the innermost: each lies in the one that its last letters name.</summary>
    private static readonly Dictionary<string, string?> Places = new() { ["n"] = null, ["a-n"] = "n", ["b-n"] = "n", ["c-a-n"] = "a-n", ["d-a-n"] = "a-n", ["e-c-a-n"] = "c-a-n" };

    private static readonly long Cases = long.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var cases) ? cases : 6;

    private static readonly Gen<Row> Rows = Gen.Select(
        Gen.Select(Gen.Int[0, 30], Gen.OneOf([.. Places.Keys]), Gen.Bool),
        Gen.Select(Gen.Frequency((3, Gen.Int[0, 40]), (1, Gen.Int[0, 400])), Gen.Frequency((6, Gen.Const(0)), (2, Gen.Int[1, 30]), (1, Gen.Int[200, 500]))),
        Gen.Select(Gen.OneOf("civilian", "combatant", "mixed", "unknown"), Gen.OneOf("killed", "killed", "injured"), Gen.OneOf("", "", "sdf", "is"), Gen.Int[0, 9]),
        (where, when, what) => new Row($"r{where.Item1}", where.Item3 ? where.Item2 : where.Item2.ToUpperInvariant(), when.Item1, when.Item2, what.Item1, what.Item2, what.Item3, what.Item4 == 0));

    [Fact]
    public async Task A_row_is_warned_of_exactly_where_another_may_be_of_the_same_people()
    {
        var warned = 0;
        var submissions = Gen.OneOf(Rows.Array[1, 4], Rows.Array[1, 4], Rows.Array[30, 60]).Select(rows => rows.DistinctBy(row => row.Id).ToArray()).Array[2, 8];
        await submissions.SampleAsync(
            async sent =>
            {
                await using var book = await Book.WithReferences();
                await book.Commit("Places", "Id,Name,Kind,ParentId,CountryCode,PlacePrecision\n" + string.Concat(Places.Select(place => $"{place.Key},{place.Key},district,{place.Value},SY,1\n")));
                var stored = new Dictionary<string, Row>();
                foreach (var rows in sent.Select(rows => rows.Where(row => !row.Retracts || stored.ContainsKey(row.Id)).ToArray()).Where(rows => rows.Length > 0))
                {
                    var changed = rows.Where(row => !row.Retracts && stored.GetValueOrDefault(row.Id) != row).ToList();
                    Array.ForEach(rows, row => stored.Remove(row.Id));
                    foreach (var row in rows.Where(row => !row.Retracts))
                    {
                        stored[row.Id] = row;
                    }

                    using var changes = await book.Commit("Casualties", Header + string.Concat(rows.Select(row => row.Csv)));
                    var found = changes.Warnings.Kept.Where(warning => warning.Code == RowErrorCodes.PossibleDoubleCount).Select(warning => rows[warning.Row - 1].Id).Order(StringComparer.Ordinal).ToList();
                    var expected = changed.Where(row => stored.Values.Any(other => MayBeTheSame(row, other))).Select(row => row.Id).Order(StringComparer.Ordinal).ToList();
                    Assert.True(expected.SequenceEqual(found), $"Expected {string.Join(',', expected)}, found {string.Join(',', found)} of\n{string.Concat(rows.Select(row => row.Csv))}");
                    warned += found.Count;
                }
            },
            iter: Cases, threads: 1);

        Assert.True(warned > 10);
    }

    /// <summary>However many stored rows a long period touches, those that can come to the same warning are not all read.</summary>
    [Fact]
    public void Windows_are_few_however_many_rows_are_sent()
    {
        var parents = Places.ToDictionary(place => place.Key, place => place.Value, StringComparer.OrdinalIgnoreCase);
        ClaimRow Row(string place, int day, int days) => new() { Id = "", Outcome = "killed", PlaceId = place, Start = DateOnly.FromDayNumber(day), End = DateOnly.FromDayNumber(day + days) };

        Assert.Equal(["n", "a-n", "c-a-n", "e-c-a-n"], NearWindows.Of([Row("C-A-N", 5, 1), Row("c-a-n", 5, 1)], parents).Select(window => window.Place).OrderBy(place => place.Length));
        Assert.Equal(4, NearWindows.Of(Enumerable.Range(0, 4).Select(n => Row("b-n", n, 1)), parents).Count(window => window is { Place: "b-n", IsOfMany: false }));
        var many = NearWindows.Of(Enumerable.Range(0, 1_000).Select(n => Row("b-n", n, 1)), parents);
        Assert.Equal(new("b-n", "killed", DateOnly.FromDayNumber(0), DateOnly.FromDayNumber(1_000), true), Assert.Single(many, window => window.Place == "b-n"));
        Assert.True(Assert.Single(many, window => window.Place == "n").IsOfMany);
    }

    private static bool MayBeTheSame(Row row, Row other) => row.Id != other.Id && row.Outcome == other.Outcome
        && row.Start <= other.Start + other.Days && other.Start <= row.Start + row.Days
        && (row.Party == "" || other.Party == "" || row.Party == other.Party)
        && (row.Kind is "mixed" or "unknown" || other.Kind is "mixed" or "unknown" || row.Kind == other.Kind)
        && (row.Place.EndsWith(other.Place, StringComparison.OrdinalIgnoreCase) || other.Place.EndsWith(row.Place, StringComparison.OrdinalIgnoreCase));

    private sealed record Row(string Id, string Place, int Start, int Days, string Kind, string Outcome, string Party, bool Retracts)
    {
        public string Csv => Retracts ? $"{Id},,,,,,,,,,,retract\n" : $"{Id},{Place},{Day(Start)}{(Days == 0 ? "" : "/" + Day(Start + Days))},{Kind},{Outcome},3,sdf,brief,p. 1,fair,{Party},\n";

        private static string Day(int number) => new DateOnly(2022, 1, 1).AddDays(number).ToString("O", CultureInfo.InvariantCulture);
    }
}
