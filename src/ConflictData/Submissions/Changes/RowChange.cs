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

/// <summary>A row beside the record that it is about, while both are in memory.</summary>
internal sealed class RowChange
{
    public RowChange(StagedRow row, CurrentRecord? last)
    {
        (Row, Last, Values) = (row, last, row.Values);
        Set(0, last?.Id ?? row.Id);
    }

    /// <summary>The row's place among all of the submission.</summary>
    public int Place { get; init; }

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

    /// <summary>Sets a value, in an array of its own: a report quotes the row as it was sent.</summary>
    public void Set(int ordinal, object? value)
    {
        if (Equals(Values[ordinal], value))
        {
            return;
        }

        Values = ReferenceEquals(Values, Row.Values) ? (object?[])Values.Clone() : Values;
        Values[ordinal] = value;
    }

    public RowProblem Problem(Column? column, string code, string message) => Problem(Row, Id, column, code, message);

    /// <param name="row">The row as it was sent.</param>
    /// <param name="id">Its record's id as it is stored.</param>
    /// <param name="column">The column that the problem is of; null where it is of the record.</param>
    /// <param name="code">What is wrong.</param>
    /// <param name="message">The same in words.</param>
    public static RowProblem Problem(StagedRow row, string id, Column? column, string code, string message)
    {
        var value = column is null ? id : row.Text(column);
        return new(row.Source.Dataset.Name, row.Source.Row, row.Source.Line, column?.Name, code, message,
            value is { Length: > SubmissionLimits.QuotedValue } ? value[..SubmissionLimits.QuotedValue] : value);
    }
}
