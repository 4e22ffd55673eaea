using ConflictData.Submissions;

namespace ConflictData.Datasets.Claims;

/// <summary>
/// The rows that count so far, indexed so that one more is checked in as many steps as it has wholes above it.
/// Two rows conflict when both have one Outcome and one is a part of the other at any depth, or they stand below one whole
/// in different breakdowns of it; or when they count for different members of one claim group, a row counting for itself
/// and for every whole above it.
/// </summary>
internal sealed class ClaimLedger(ClaimGraph graph)
{
    private readonly bool[] additive = new bool[graph.Rows.Count];

    /// <summary>For a whole and an outcome, the first row below that counts, and its breakdown of that whole.</summary>
    private readonly Dictionary<(int Whole, int Outcome), (int Row, int Breakdown)> below = [];

    /// <summary>For a claim group, the first row that counts for it, and for which member; -1 = for several.</summary>
    private readonly Dictionary<int, (int Row, int Member)> rivals = [];

    public IReadOnlyList<bool> Additive => additive;

    /// <summary>True where some row counts for a member of the group.</summary>
    public bool HasAdditive(int group) => rivals.ContainsKey(group);

    /// <summary>The first conflict of a row with those that count, of each kind; empty where it may count.</summary>
    public IEnumerable<(string Code, int Other, string About)> Conflicts(int row)
    {
        var outcome = graph.Outcome[row];
        if (below.TryGetValue((row, outcome), out var part))
        {
            yield return (RowErrorCodes.WholeAndPartAdditive, part.Row, graph.Rows[row].Id);
        }

        for (int child = row, whole = graph.Whole[row]; whole >= 0; child = whole, whole = graph.Whole[whole])
        {
            if (additive[whole] && graph.Outcome[whole] == outcome)
            {
                yield return (RowErrorCodes.WholeAndPartAdditive, whole, graph.Rows[whole].Id);
                break;
            }

            if (below.TryGetValue((whole, outcome), out var sibling) && sibling.Breakdown != graph.Breakdown[child])
            {
                yield return (RowErrorCodes.BreakdownsAdditive, sibling.Row, graph.Rows[whole].Id);
                break;
            }
        }

        foreach (var (group, member) in Memberships(row))
        {
            if (rivals.TryGetValue(group, out var rival) && (member < 0 || rival.Member != member))
            {
                yield return (RowErrorCodes.RivalClaimsAdditive, rival.Row, graph.Rows[MemberOf(row, group)].ClaimGroup!);
                yield break;
            }
        }
    }

    public bool MayCount(int row) => !Conflicts(row).Any();

    public void Add(int row)
    {
        additive[row] = true;
        for (int child = row, whole = graph.Whole[row]; whole >= 0; child = whole, whole = graph.Whole[whole])
        {
            below.TryAdd((whole, graph.Outcome[row]), (row, graph.Breakdown[child]));
        }

        foreach (var (group, member) in Memberships(row))
        {
            rivals.TryAdd(group, (row, member));
        }
    }

    /// <summary>The claim groups for which a row counts, each with the member that it counts for; -1 = more than one.</summary>
    private List<(int Group, int Member)> Memberships(int row)
    {
        var found = new List<(int Group, int Member)>();
        for (var at = row; at >= 0; at = graph.Whole[at])
        {
            if (graph.Group[at] is var group and >= 0)
            {
                var known = found.FindIndex(membership => membership.Group == group);
                if (known < 0)
                {
                    found.Add((group, at));
                }
                else
                {
                    found[known] = (group, -1);
                }
            }
        }

        return found;
    }

    private int MemberOf(int row, int group)
    {
        while (graph.Group[row] != group)
        {
            row = graph.Whole[row];
        }

        return row;
    }
}
