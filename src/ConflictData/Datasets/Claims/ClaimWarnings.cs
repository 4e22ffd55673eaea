using System.Runtime.InteropServices;
using ConflictData.Submissions;

namespace ConflictData.Datasets.Claims;

/// <summary>
/// Warnings about submitted rows, and about claim groups that they may have left. At most one possibleDoubleCount a row, found by looking only at rows of its outcome at
/// its own place and those that hold it or lie in it, nearest periods first and at most <see cref="MostLooks"/> of them a place.
/// </summary>
internal sealed class ClaimWarnings
{
    private const int MostLooks = 256;

    private readonly ClaimGraph graph;
    private readonly Func<string, string?> parentPlace;
    private readonly Dictionary<(int Outcome, string Place), PeriodIndex> counting = [];

    /// <summary>Of the submitted ones those at places in which others lie.</summary>
    private readonly Dictionary<(int Outcome, string Place), PeriodIndex> submitted = [];

    /// <summary>The partner of each row that may be counted twice; -1 where none is found.</summary>
    private readonly int[] partners;

    private ClaimWarnings(ClaimGraph graph, Func<string, string?> parentPlace)
    {
        (this.graph, this.parentPlace, partners) = (graph, parentPlace, new int[graph.Rows.Count]);
        Array.Fill(partners, -1);
    }

    /// <summary>Those of double counts in the order of the rows to mend, then the others; each is made when its turn comes.</summary>
    public static IEnumerable<ClaimWarning> Find(ClaimGraph graph, ClaimLedger ledger, Func<string, string?> parentPlace) =>
        new ClaimWarnings(graph, parentPlace).FindDoubles(ledger).Concat(FindSilentGroups(graph, ledger));

    /// <summary>Names a submitted member where there is one; else what made the group silent is not in the graph any more.</summary>
    private static IEnumerable<ClaimWarning> FindSilentGroups(ClaimGraph graph, ClaimLedger ledger) => Enumerable.Range(0, graph.Rows.Count)
        .Where(i => graph.Group[i] >= 0 && !ledger.HasAdditive(graph.Group[i]))
        .OrderBy(i => graph.Rows[i].Row is null)
        .DistinctBy(i => graph.Group[i])
        .Select(i => graph.Rows[i])
        .Select(row => new ClaimWarning(row.Row, row.Id, row.Id, RowErrorCodes.ClaimGroupWithoutAdditive, row.ClaimGroup!));

    private IEnumerable<ClaimWarning> FindDoubles(ClaimLedger ledger)
    {
        int[] placed = [.. Enumerable.Range(0, graph.Rows.Count).Where(i => ledger.Additive[i] && graph.Rows[i].PlaceId is not null)];
        if (!placed.Any(i => graph.Rows[i].Row is not null))
        {
            return [];
        }

        var holders = Holders(placed.Select(i => graph.Rows[i].PlaceId!));
        foreach (var i in placed.OrderBy(i => graph.Rows[i].Start ?? DateOnly.MinValue))
        {
            Index(counting, i);
            if (graph.Rows[i].Row is not null && holders.Contains(Key(graph.Rows[i].PlaceId!)))
            {
                Index(submitted, i);
            }
        }

        foreach (var i in placed)
        {
            LookAround(i);
        }

        return placed.Where(i => partners[i] >= 0).OrderBy(i => graph.Rows[i].Row).Select(i => Warn(graph.Rows[i], graph.Rows[partners[i]]));
    }

    private void Index(Dictionary<(int, string), PeriodIndex> index, int row)
    {
        ref var periods = ref CollectionsMarshal.GetValueRefOrAddDefault(index, (graph.Outcome[row], Key(graph.Rows[row].PlaceId!)), out _);
        (periods ??= new()).Add(row, graph.Rows[row]);
    }

    /// <summary>The places in which others lie.</summary>
    private HashSet<string> Holders(IEnumerable<string> places) =>
        [.. places.Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(place => PlaceChain.Upwards(place, parentPlace).Skip(1)).Select(Key)];

    private static string Key(string place) => place.ToUpperInvariant();

    /// <summary>Looks for a partner of a submitted row at its place and above; and, as a partner, for submitted rows above.</summary>
    private void LookAround(int row)
    {
        foreach (var (level, place) in PlaceChain.Upwards(graph.Rows[row].PlaceId!, parentPlace).Index())
        {
            var key = (graph.Outcome[row], Key(place));
            if (graph.Rows[row].Row is not null && partners[row] < 0
                && counting.GetValueOrDefault(key)?.Find(graph.Rows[row], other => MayBeTheSame(row, other)) is { } partner)
            {
                partners[row] = partner;
            }

            // One row within a place may be the partner of several above.
            while (level > 0 && submitted.GetValueOrDefault(key)?.Find(graph.Rows[row], other => partners[other] < 0 && MayBeTheSame(row, other)) is { } above)
            {
                partners[above] = row;
            }
        }
    }

    private bool MayBeTheSame(int row, int other)
    {
        var (a, b) = (graph.Rows[row], graph.Rows[other]);
        return row != other
            && (a.PartyId is null || b.PartyId is null || a.PartyId.Equals(b.PartyId, StringComparison.OrdinalIgnoreCase))
            && (a.Kind is null || b.Kind is null || a.Kind == b.Kind)
            && (graph.Group[row] < 0 || graph.Group[row] != graph.Group[other])
            && graph.Root(row) != graph.Root(other);
    }

    private static ClaimWarning Warn(ClaimRow row, ClaimRow other) => new(row.Row, row.Id, other.Id, RowErrorCodes.PossibleDoubleCount, row.Outcome);

    /// <summary>Rows in the order of their first day, with the latest last day up to each, so that overlaps are found from the end.</summary>
    private sealed class PeriodIndex
    {
        private readonly List<(int Row, DateOnly Start, DateOnly End, DateOnly LatestEnd)> rows = [];

        public void Add(int row, ClaimRow claim)
        {
            var (start, end) = Period(claim);
            var latest = rows.Count > 0 && rows[^1].LatestEnd > end ? rows[^1].LatestEnd : end;
            rows.Add((row, start, end, latest));
        }

        public int? Find(ClaimRow claim, Func<int, bool> fits)
        {
            var (start, end) = Period(claim);
            var (from, to) = (0, rows.Count);
            while (from < to)
            {
                var middle = (from + to) / 2;
                (from, to) = rows[middle].Start <= end ? (middle + 1, to) : (from, middle);
            }

            for (int at = from - 1, looks = 0; at >= 0 && looks < MostLooks && rows[at].LatestEnd >= start; at--, looks++)
            {
                if (rows[at].End >= start && fits(rows[at].Row))
                {
                    return rows[at].Row;
                }
            }

            return null;
        }

        private static (DateOnly Start, DateOnly End) Period(ClaimRow claim) => (claim.Start ?? DateOnly.MinValue, claim.End ?? DateOnly.MaxValue);
    }
}
