using ConflictData.Submissions;

namespace ConflictData.Datasets.Claims;

/// <summary>The rows of a dataset as a forest of wholes and parts; names are numbers here, and rows are known by their index.</summary>
internal sealed class ClaimGraph
{
    public const int DeepestPart = 64;
    private const int Unseen = -1;
    private const int OnPath = -2;

    private readonly List<ClaimProblem> problems = [];

    public ClaimGraph(IReadOnlyList<ClaimRow> rows)
    {
        Rows = rows;
        var wholes = Wholes(rows);
        var (outcomes, groups, breakdowns) = (new Names(), new Names(), new Names());
        Outcome = [.. rows.Select(row => outcomes.Number(row.Outcome))];
        Group = [.. rows.Select(row => row.ClaimGroup is null ? -1 : groups.Number(row.ClaimGroup))];
        Breakdown = [.. rows.Select((row, i) => row.Breakdown is null ? -1 - Outcome[i] : breakdowns.Number(row.Breakdown))];
        Whole = [.. rows.Select(row => row.PartOf is not null && wholes.TryGetValue(row.PartOf, out var whole) ? whole : -1)];
        CutCyclesAndDepths();
    }

    public IReadOnlyList<ClaimRow> Rows { get; }

    /// <summary>Index of the row that each is a part of; -1 where it is none, or where following it would lead round or too deep.</summary>
    public int[] Whole { get; }

    public int[] Outcome { get; }

    /// <summary>-1 where the row is in no claim group.</summary>
    public int[] Group { get; }

    /// <summary>Breakdown of its whole that the row belongs to. Parts that name none make one breakdown per outcome (negative).</summary>
    public int[] Breakdown { get; }

    /// <summary>What is wrong with the forest itself.</summary>
    public IReadOnlyList<ClaimProblem> Problems => problems;

    /// <summary>The submitted row to blame for what is wrong between two: the first, the second, or a whole above either.</summary>
    public int? Blame(int row, int other) => Rows[row].Row ?? Rows[other].Row ?? BlameAbove(row) ?? BlameAbove(other);

    /// <summary>Index of the topmost whole of a row, or the row itself.</summary>
    public int Root(int row)
    {
        while (Whole[row] >= 0)
        {
            row = Whole[row];
        }

        return row;
    }

    /// <summary>The index of each row that others are parts of, by its id; there are few of them among many.</summary>
    private static Dictionary<string, int> Wholes(IReadOnlyList<ClaimRow> rows)
    {
        var named = rows.Select(row => row.PartOf).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return rows.Index().Where(row => named.Contains(row.Item.Id)).ToDictionary(row => row.Item.Id, row => row.Index, StringComparer.OrdinalIgnoreCase);
    }

    private int? BlameAbove(int row)
    {
        for (; row >= 0; row = Whole[row])
        {
            if (Rows[row].Row is { } number)
            {
                return number;
            }
        }

        return null;
    }

    private void CutCyclesAndDepths()
    {
        var depth = new int[Rows.Count];
        Array.Fill(depth, Unseen);
        var path = new List<int>();
        for (var i = 0; i < Rows.Count; i++)
        {
            var at = i;
            for (; at >= 0 && depth[at] == Unseen; at = Whole[at])
            {
                depth[at] = OnPath;
                path.Add(at);
            }

            if (at >= 0 && depth[at] == OnPath)
            {
                CutCycle(path[path.IndexOf(at)..]);
            }

            for (var p = path.Count - 1; p >= 0; p--)
            {
                depth[path[p]] = Depth(path[p], depth);
            }

            path.Clear();
        }
    }

    private int Depth(int row, int[] depth)
    {
        var deep = Whole[row] < 0 ? 0 : depth[Whole[row]] + 1;
        if (deep <= DeepestPart)
        {
            return deep;
        }

        var (part, whole) = (Rows[row], Rows[Whole[row]]);
        problems.Add(new(Blame(row, Whole[row]), part.Id, whole.Id, "PartOf", RowErrorCodes.PartTooDeep,
            $"{part.Id} is a part of {whole.Id}, which is itself {DeepestPart} levels deep, and no more are kept. Set PartOf to a whole above {whole.Id}."));
        Whole[row] = -1;
        return 0;
    }

    private void CutCycle(List<int> cycle)
    {
        var anyStaged = cycle.Exists(row => Rows[row].Row is not null);
        foreach (var row in cycle)
        {
            var (part, whole) = (Rows[row], Rows[Whole[row]]);
            if (part.Row is not null || !anyStaged)
            {
                problems.Add(new(part.Row, part.Id, whole.Id, "PartOf", RowErrorCodes.PartCycle,
                    $"{part.Id} is a part of {whole.Id}, but {whole.Id} is, step by step, a part of {part.Id}. Leave PartOf empty for the one that is the whole."));
            }
        }

        cycle.ForEach(row => Whole[row] = -1);
    }

    private sealed class Names
    {
        private readonly Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);

        public int Number(string name)
        {
            numbers.TryAdd(name, numbers.Count);
            return numbers[name];
        }
    }
}
