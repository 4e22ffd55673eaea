using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>A row as it was sent, before any check: the same shape from CSV, JSON and NDJSON.</summary>
public sealed record IncomingRow
{
    public required Dataset Dataset { get; init; }

    /// <summary>Data row from 1.</summary>
    public required int Row { get; init; }

    /// <summary>Physical line from 1 on which the row starts.</summary>
    public required int Line { get; init; }

    /// <summary>The cells as text, by <see cref="Column.Ordinal"/>; null or "" = empty. JSON numbers and booleans are their JSON text.</summary>
    public required string?[] Cells { get; init; }

    /// <summary>Bit n is set where the payload has the column with ordinal n, empty or not.</summary>
    public required ulong Present { get; init; }

    /// <summary>The cell of the row column Action; null or "" = upsert.</summary>
    public string? Action { get; init; }

    /// <summary>A cell as text; null where the row has none, or its cells were let go.</summary>
    public string? Cell(Column column) => column.Ordinal < Cells.Length ? Cells[column.Ordinal] : null;

    /// <summary>
    /// The row once its cells have become values. Only those that a commit fills have no value to stand for them; without any,
    /// the cells are let go, and not put aside with the row.
    /// </summary>
    internal IncomingRow WithoutSpentCells() => Dataset.SystemColumns.Any(column => !string.IsNullOrEmpty(Cells[column.Ordinal])) ? this : this with { Cells = [] };

    public bool Has(Column column) => (Present & (1UL << column.Ordinal)) != 0;
}
