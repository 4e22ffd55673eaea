using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>A row whose own checks are passed: typed, its count and date read, not yet compared with any release.</summary>
/// <param name="Source">The row as it was sent.</param>
/// <param name="Action">What it does to its record.</param>
/// <param name="Values">
/// One value a column as in <see cref="Revision.Values"/>: derived columns are filled, defaults applied, system columns null.
/// Additive is null where the submitter left it open; it is settled against the release that is built on.
/// </param>
public sealed record StagedRow(IncomingRow Source, RevisionAction Action, object?[] Values)
{
    public string Id => (string)Values[0]!;

    /// <summary>The retraction of a record that a payload does not have.</summary>
    internal static StagedRow OfAbsent(RowHead record)
    {
        var values = new object?[record.Dataset.Columns.Count];
        values[0] = record.Id;
        var source = new IncomingRow { Dataset = record.Dataset, Row = record.Number, Line = record.Line, Cells = [], Present = 1 };
        return new(source, RevisionAction.Retract, values);
    }

    /// <summary>A cell for a report to quote: as it was sent, or what was read from it.</summary>
    public string? Text(Column column) => Source.Cell(column) ?? Values[column.Ordinal] switch
    {
        bool boolean => boolean ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null,
    };
}
