using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Tests.OData;

/// <summary>Made-up records for the feed's tests.</summary>
internal static class Values
{
    public static Revision Casualty(string id, params ReadOnlySpan<(string Column, object? Value)> values) => Record("Casualties", id, values);

    /// <summary>A record with the given values; required columns that are not given get one that fits.</summary>
    public static Revision Record(string dataset, string id, params ReadOnlySpan<(string Column, object? Value)> values)
    {
        var set = Catalog.Get(dataset);
        var row = new object?[set.Columns.Count];
        foreach (var column in set.Columns.Where(column => column.Required && column.Type == ColumnType.String))
        {
            row[column.Ordinal] = column.Allowed.FirstOrDefault() ?? "x";
        }
        row[0] = id;
        foreach (var (column, value) in values)
        {
            row[set[column].Ordinal] = value;
        }
        return new Revision(set, id, RevisionAction.Upsert, "new", row);
    }

    public static Revision Retraction(Revision revision) => revision with { Action = RevisionAction.Retract, Reason = "retraction" };
}
