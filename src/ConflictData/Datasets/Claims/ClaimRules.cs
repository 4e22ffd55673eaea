using ConflictData.Submissions;

namespace ConflictData.Datasets.Claims;

/// <summary>
/// The rules of parts and claims over all live rows of one dataset, as they would be after the submission.
/// <para>
/// Rows that left Additive open are settled here. What is stored and what was given stands first. Then, in row order, come
/// open rows that replace one which counts, then the other open ones; each counts unless a rule forbids it. Cumulative figures,
/// stocks and contested claims count only where that was given; discounted ones never. In Figures, whose rows are never
/// totalled, an open row does not count.
/// </para>
/// </summary>
public static class ClaimRules
{
    /// <summary>Checks every rule. Time is near linear in the rows.</summary>
    /// <param name="dataset">A dataset with counts.</param>
    /// <param name="rows">All live rows, those submitted now with their row number; ids unique, letter case ignored.</param>
    /// <param name="parentPlace">The place that a place lies in; null where it lies in none.</param>
    public static ClaimsResult Check(Dataset dataset, IReadOnlyList<ClaimRow> rows, Func<string, string?> parentPlace)
    {
        var graph = new ClaimGraph(rows);
        var ledger = new ClaimLedger(graph);
        var errors = new List<ClaimProblem>(graph.Problems);
        foreach (var row in Standing(rows))
        {
            Enter(graph, ledger, row, errors);
        }

        if (dataset.IsTotalled)
        {
            foreach (var row in Open(rows).Where(row => CountsByDefault(rows[row]) && ledger.MayCount(row)))
            {
                ledger.Add(row);
            }
        }

        errors.AddRange(ClaimSums.Check(graph));
        var warnings = dataset.IsTotalled ? ClaimWarnings.Find(graph, ledger, parentPlace) : [];
        return new(ledger.Additive, errors, warnings);
    }

    /// <summary>Rows that are said to count: the stored ones first, so that a submitted one is blamed.</summary>
    private static IEnumerable<int> Standing(IReadOnlyList<ClaimRow> rows) => Enumerable.Range(0, rows.Count)
        .Where(i => rows[i].Additive == true)
        .OrderBy(i => rows[i].Row ?? 0);

    private static IEnumerable<int> Open(IReadOnlyList<ClaimRow> rows) => Enumerable.Range(0, rows.Count)
        .Where(i => rows[i].Additive is null)
        .OrderBy(i => (!rows[i].ReplacesAdditive, rows[i].Row ?? 0));

    /// <summary>True for a row that counts where nothing is said of Additive, unless another rule forbids it.</summary>
    internal static bool CountsByDefault(ClaimRow row) => row is { Accumulation: "increment", Grade: not ("contested" or "discounted") };

    private static void Enter(ClaimGraph graph, ClaimLedger ledger, int index, List<ClaimProblem> errors)
    {
        var row = graph.Rows[index];
        var before = errors.Count;
        if (row.Grade == "discounted")
        {
            errors.Add(new(row.Row, row.Id, row.Id, "Additive", RowErrorCodes.DiscountedAdditive, $"{row.Id} is discounted, so it cannot be additive. Set Additive to false, or correct Grade."));
        }

        foreach (var (code, other, about) in ledger.Conflicts(index))
        {
            errors.Add(new(graph.Blame(index, other), row.Id, graph.Rows[other].Id, "Additive", code, Explain(code, row.Id, graph.Rows[other].Id, about)));
        }

        if (errors.Count == before)
        {
            ledger.Add(index);
        }
    }

    private static string Explain(string code, string id, string other, string about) => code switch
    {
        RowErrorCodes.WholeAndPartAdditive => $"{id} and {other} are both additive, but one is a part of the other with the same outcome. Make one of them not additive.",
        RowErrorCodes.BreakdownsAdditive => $"{id} and {other} are both additive, but they belong to two breakdowns of {about}. Let only one breakdown count.",
        _ => $"{id} and {other} would both count for the claim group {about}, themselves or through their parts, but only one member may. Make one not additive, or take it out of the group.",
    };
}
