using ConflictData.Submissions;

namespace ConflictData.Datasets.Claims;

/// <summary>
/// Checks that the parts of each breakdown fit their whole: Σ Low ≤ High of the whole, and where PartsComplete,
/// Σ High ≥ Low of the whole. A part that sets no lower bound counts 0, one that sets no upper bound leaves the sum open.
/// Parts that name no Breakdown are taken together per Outcome, and only those of the whole's own Outcome can complete it.
/// </summary>
internal static class ClaimSums
{
    public static IEnumerable<ClaimProblem> Check(ClaimGraph graph)
    {
        var sums = new Dictionary<(int Whole, int Breakdown), Sum>();
        for (var i = 0; i < graph.Rows.Count; i++)
        {
            if (graph.Whole[i] >= 0)
            {
                var key = (graph.Whole[i], graph.Breakdown[i]);
                sums[key] = sums.TryGetValue(key, out var sum) ? sum.With(graph, i) : Sum.Of(graph, i);
            }
        }

        return sums.SelectMany(sum => Check(graph, sum.Key.Whole, sum.Key.Breakdown, sum.Value));
    }

    private static IEnumerable<ClaimProblem> Check(ClaimGraph graph, int index, int breakdown, Sum parts)
    {
        var (whole, part) = (graph.Rows[index], graph.Rows[parts.Part]);
        var name = part.Breakdown is null ? "without a breakdown" : $"of the breakdown {part.Breakdown}";
        if (parts.Low > whole.Count.High)
        {
            yield return new(graph.Blame(parts.Part, index), part.Id, whole.Id, "PartOf", RowErrorCodes.PartsExceedWhole,
                $"The parts of {whole.Id} {name}, {part.Id} among them, are together at least {parts.Low}, but {whole.Id} is at most {whole.Count.High}. "
                + "Correct the counts, or take out of PartOf what is no part of it.");
        }

        if (whole.PartsComplete && parts.High < whole.Count.Low && (breakdown >= 0 || breakdown == -1 - graph.Outcome[index]))
        {
            var (row, column) = whole.Row is { } stated ? (stated, "PartsComplete") : (graph.Blame(parts.Part, index), "PartOf");
            yield return new(row, part.Id, whole.Id, column, RowErrorCodes.PartsFallShort,
                $"The parts of {whole.Id} {name}, {part.Id} among them, are said to be all of it and are together at most {parts.High}, but {whole.Id} is at least {whole.Count.Low}. "
                + $"Send the parts that are missing, correct the counts, or set PartsComplete of {whole.Id} to false.");
        }
    }

    /// <param name="Low">Σ Low.</param>
    /// <param name="High">Σ High; null = open.</param>
    /// <param name="Part">A part to name: a submitted one where there is any.</param>
    private readonly record struct Sum(Int128 Low, Int128? High, int Part)
    {
        public static Sum Of(ClaimGraph graph, int row) => new(graph.Rows[row].Count.Low ?? 0, graph.Rows[row].Count.High, row);

        public Sum With(ClaimGraph graph, int row)
        {
            var one = Of(graph, row);
            return new(Low + one.Low, High + one.High, graph.Rows[Part].Row is null ? row : Part);
        }
    }
}
