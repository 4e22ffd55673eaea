using System.Collections.Frozen;
using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>What the checks of a row by itself come to.</summary>
/// <param name="Row">The row, typed and completed; null where it has problems.</param>
/// <param name="Problems">All of them; empty where there is a row.</param>
public readonly record struct RowCheckResult(StagedRow? Row, IReadOnlyList<RowProblem> Problems);

/// <summary>
/// Checks a row by itself: types, closed lists, texts, ids, the date and the count; and fills what follows from them.
/// Spaces and line breaks at the ends of a cell are no part of its value. Knows nothing of other rows or of what is stored.
/// Safe for use by several threads.
/// </summary>
public sealed class RowCheck
{
    private static readonly FrozenDictionary<string, RowCheck> All =
        Catalog.All.ToFrozenDictionary(dataset => dataset.Name, dataset => new RowCheck(dataset));

    private readonly RowCheckCell[] cells;
    private readonly RowCheckCell changeReason;
    private readonly RowCheckDerived derived;

    private RowCheck(Dataset dataset)
    {
        cells = [.. dataset.Columns.Where(column => column.Role != ColumnRole.System).Select(column => new RowCheckCell(column))];
        changeReason = new RowCheckCell(dataset["ChangeReason"]);
        derived = new RowCheckDerived(dataset);
    }

    /// <summary>The row as it would be stored, or everything that is wrong with it.</summary>
    public static RowCheckResult Check(IncomingRow row) => All[row.Dataset.Name].CheckRow(row);

    /// <summary>The row's own reason in the schema's spelling; null where it gives none. Only for rows that passed.</summary>
    public static string? ReasonOf(IncomingRow row)
    {
        var cell = All[row.Dataset.Name].changeReason;
        return (string?)cell.Read(RowCheckText.Trim(row.Cell(cell.Column)), out _);
    }

    private RowCheckResult CheckRow(IncomingRow incoming)
    {
        var row = new RowCheckRow(incoming, incoming.Dataset.Columns.Count);
        var action = ReadAction(row);
        foreach (var cell in action == RevisionAction.Retract ? cells.AsSpan(0, 1) : cells)
        {
            Read(row, cell);
        }

        CheckReason(row);
        if (action == RevisionAction.Upsert)
        {
            derived.Fill(row);
        }

        return row.Problems.Count > 0 ? new(null, row.Problems) : new(new StagedRow(incoming.WithoutSpentCells(), action, row.Values), row.Problems);
    }

    private static RevisionAction ReadAction(RowCheckRow row)
    {
        var text = RowCheckText.Trim(row.Source.Action);
        if (text is null || text.Equals("upsert", StringComparison.OrdinalIgnoreCase))
        {
            return RevisionAction.Upsert;
        }

        if (!text.Equals("retract", StringComparison.OrdinalIgnoreCase))
        {
            row.Add("Action", RowErrorCodes.BadAction, $"Action must be upsert or retract{NearMiss.Hint(text, ["upsert", "retract"])}", text);
            return RevisionAction.Upsert;
        }

        return RevisionAction.Retract;
    }

    private static void Read(RowCheckRow row, RowCheckCell cell)
    {
        var value = cell.Read(RowCheckText.Trim(row.Source.Cells[cell.Column.Ordinal]), out var problem);
        if (problem is var (code, message))
        {
            row.Add(cell.Column, code, message);
            return;
        }

        row.Values[cell.Column.Ordinal] = value;
    }

    private void CheckReason(RowCheckRow row)
    {
        Read(row, changeReason);
        row.Values[changeReason.Column.Ordinal] = null;
    }
}
