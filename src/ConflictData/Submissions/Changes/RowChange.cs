using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>What a row comes to at the release that is built on.</summary>
internal enum ChangeKind
{
    Unchanged,
    Added,
    Changed,
    Retracted,
}

/// <summary>A row beside the record that it is about.</summary>
internal sealed class RowChange
{
    public RowChange(StagedRow row, CurrentRecord? last)
    {
        (Row, Last, Values) = (row, last, row.Values);
        Set(0, last?.Id ?? row.Id);
    }

    /// <summary>The retraction of a record that a payload does not have: a row with the number 0.</summary>
    public static RowChange OfAbsent(Dataset dataset, CurrentRecord record)
    {
        var cells = new string?[dataset.Columns.Count];
        var values = new object?[dataset.Columns.Count];
        (cells[0], values[0]) = (record.Id, record.Id);
        var source = new IncomingRow { Dataset = dataset, Row = 0, Line = 0, Cells = cells, Present = 1 };
        return new(new StagedRow(source, RevisionAction.Retract, values), record);
    }

    public StagedRow Row { get; }

    /// <summary>The last revision of the record, a tombstone included; null where there is none.</summary>
    public CurrentRecord? Last { get; }

    /// <summary>The record that stands; null where there is none.</summary>
    public CurrentRecord? Current => Last is { Live: true } ? Last : null;

    /// <summary>The values to store, ids and references in the letter case in which they are stored.</summary>
    public object?[] Values { get; private set; }

    public ChangeKind Kind { get; set; }

    public Dataset Dataset => Row.Source.Dataset;

    public string Id => (string)Values[0]!;

    public bool IsRetraction => Row.Action == RevisionAction.Retract;

    /// <summary>Sets a value, in an array of its own: at another head the row is compared anew, as it was sent.</summary>
    public void Set(int ordinal, object? value)
    {
        if (Equals(Values[ordinal], value))
        {
            return;
        }

        Values = ReferenceEquals(Values, Row.Values) ? (object?[])Values.Clone() : Values;
        Values[ordinal] = value;
    }

    public RowProblem Problem(Column? column, string code, string message)
    {
        var value = column is null ? Id : Row.Text(column);
        return new(Dataset.Name, Row.Source.Row, Row.Source.Line, column?.Name, code, message,
            value is { Length: > SubmissionLimits.QuotedValue } ? value[..SubmissionLimits.QuotedValue] : value);
    }
}
