using ConflictData.Datasets;
using ConflictData.Datasets.Claims;
using ConflictData.Datasets.Counts;
using CsCheck;

namespace ConflictData.Tests.Datasets;

/// <summary>
/// The promise of the totals, against a definition of double counting that is written down here a second time, over all pairs
/// and without any index: no set of rows that passes the checks counts a part with its whole, two breakdowns, or two rivals.
/// </summary>
public sealed class HonestTotalsTests
{
    private static readonly Dataset Dataset = Catalog.Get("Casualties");

    [Fact]
    public void No_rows_that_pass_count_anything_twice()
    {
        var told = 0;
        Unnumbered.Sample(rows => Interlocked.Add(ref told, CheckPassing(rows)), iter: 5_000);
        Assert.True(told > 1_000, $"Only {told} of the random graphs passed with a relation between the rows that count: the test says too little.");
    }

    /// <summary>1 where the rows pass, some count and some of the others would count twice beside them.</summary>
    private static int CheckPassing(ClaimRow[] rows)
    {
        var result = ClaimRules.Check(Dataset, rows, _ => null);
        if (result.Errors.Count > 0)
        {
            return 0;
        }

        var counted = rows.Where((_, i) => result.Additive[i]).ToArray();
        foreach (var (a, b) in Pairs(counted))
        {
            Assert.False(CountTwice(rows, a, b), $"{a.Id} and {b.Id}");
        }

        Assert.DoesNotContain(counted, row => row.Grade == "discounted");
        return rows.Any(row => counted.Any(other => CountTwice(rows, row, other))) ? 1 : 0;
    }

    [Fact]
    public void Only_rows_that_count_twice_are_refused() => Unnumbered.Sample(rows =>
    {
        var given = rows.Where(row => row.Additive == true).ToArray();
        var errors = ClaimRules.Check(Dataset, rows, _ => null).Errors;
        if (IsForest(rows) && !given.Any(row => row.Grade == "discounted"))
        {
            Assert.Equal(Pairs(given).Any(pair => CountTwice(rows, pair.Item1, pair.Item2)), errors.Any(error => error.Code.EndsWith("Additive", StringComparison.Ordinal)));
        }
    }, iter: 5_000);

    [Fact]
    public void A_row_left_open_counts_whenever_it_can() => Unnumbered.Sample(rows =>
    {
        var result = ClaimRules.Check(Dataset, rows, _ => null);
        if (result.Errors.Count > 0)
        {
            return;
        }

        var counted = rows.Where((_, i) => result.Additive[i]).ToArray();
        Assert.All(rows.Where((row, i) => row.Additive is null && !result.Additive[i]), row =>
            Assert.True(row.Grade != "fair" || row.Accumulation != "increment" || counted.Any(other => CountTwice(rows, row, other))));
    }, iter: 5_000);

    [Fact]
    public void Parts_that_pass_fit_their_whole() => Graphs.Sample(rows =>
    {
        var errors = ClaimRules.Check(Dataset, rows, _ => null).Errors;
        if (!IsForest(rows))
        {
            return;
        }

        foreach (var whole in rows)
        {
            foreach (var parts in rows.Where(row => row.PartOf == whole.Id).GroupBy(row => row.Breakdown ?? $"unnamed {row.Outcome}"))
            {
                var exceeds = parts.Sum(part => part.Count.Low ?? 0) > whole.Count.High;
                Assert.Equal(exceeds, errors.Any(error => error.Code == "partsExceedWhole" && error.OtherId == whole.Id && parts.Any(part => part.Id == error.Id)));
            }
        }
    }, iter: 5_000);

    private static IEnumerable<(ClaimRow, ClaimRow)> Pairs(ClaimRow[] rows) =>
        from i in Enumerable.Range(0, rows.Length)
        from j in Enumerable.Range(i + 1, rows.Length - i - 1)
        select (rows[i], rows[j]);

    private static bool CountTwice(ClaimRow[] rows, ClaimRow a, ClaimRow b) =>
        a.Id != b.Id && ((a.Outcome == b.Outcome && (IsPart(rows, a, b) || IsPart(rows, b, a) || AreOfTwoBreakdowns(rows, a, b))) || AreRivals(rows, a, b));

    private static bool IsPart(ClaimRow[] rows, ClaimRow part, ClaimRow whole) => Chain(rows, part).Skip(1).Any(row => row.Id == whole.Id);

    private static bool AreOfTwoBreakdowns(ClaimRow[] rows, ClaimRow a, ClaimRow b) =>
        (from x in Chain(rows, a)
         from y in Chain(rows, b)
         where x.PartOf == y.PartOf && rows.Any(row => row.Id == x.PartOf) && (x.Breakdown ?? $"unnamed {x.Outcome}") != (y.Breakdown ?? $"unnamed {y.Outcome}")
         select x).Any();

    /// <summary>Both count for the same group, and not for one and the same member of it.</summary>
    private static bool AreRivals(ClaimRow[] rows, ClaimRow a, ClaimRow b) =>
        (from x in Chain(rows, a)
         from y in Chain(rows, b)
         where x.ClaimGroup is not null && x.ClaimGroup == y.ClaimGroup && x.Id != y.Id
         select x).Any();

    private static IEnumerable<ClaimRow> Chain(ClaimRow[] rows, ClaimRow row)
    {
        for (var (at, steps) = (row, 0); at is not null && steps <= rows.Length; at = rows.FirstOrDefault(other => other.Id == at.PartOf), steps++)
        {
            yield return at;
        }
    }

    private static bool IsForest(ClaimRow[] rows) => rows.All(row => Chain(rows, row).Count() <= rows.Length);

    private static readonly Gen<ClaimRow> Rows = Gen.Select(
        Gen.Select(Gen.OneOf("killed", "killed", "injured"), Gen.Int[-6, 7], Gen.Int[0, 3]),
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Bool),
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 20], Gen.Bool),
        (what, related, state) => new ClaimRow
        {
            Id = "",
            Row = state.Item3 ? 1 : null,
            Outcome = what.Item1,
            PartOf = what.Item2 < 0 ? null : $"r{what.Item2}",
            Breakdown = what.Item3 switch { 0 => "byParty", 1 => "byPlace", _ => null },
            ClaimGroup = related.Item1 switch { 0 => "g", 1 => "h", _ => null },
            Additive = related.Item2 switch { 0 => true, 1 or 2 => false, _ => state.Item3 ? null : false },
            Grade = state.Item1 switch { 0 => "discounted", 1 => "contested", _ => "fair" },
            Accumulation = state.Item1 == 2 ? "stock" : "increment",
            Count = Count.Exactly(state.Item2),
            PartsComplete = related.Item3 && related.Item1 == 5,
        });

    private static readonly Gen<ClaimRow[]> Graphs = Rows.Array[1, 8].Select(rows =>
        rows.Select((row, i) => row with { Id = $"r{i}", Row = row.Row is null ? null : i + 1, PartOf = row.PartOf == $"r{i}" && i % 2 == 0 ? null : row.PartOf }).ToArray());

    /// <summary>The same without numbers, so that sums do not refuse most of them.</summary>
    private static readonly Gen<ClaimRow[]> Unnumbered = Graphs.Select(rows => rows.Select(row => row with { Count = default }).ToArray());
}
