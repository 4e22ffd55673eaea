using System.Globalization;
using Azure.Data.Tables;
using ConflictData.Datasets;

namespace ConflictData.Releases;

/// <summary>
/// A revision as a table entity. Columns are stored as <c>c_</c> and their name, so none can meet a name of the table service or
/// of ours. Days and instants are ISO text, for the service knows no days and keeps only years from 1601. Empty columns are left out.
/// </summary>
internal static class RevisionEntity
{
    /// <summary>Seven digits, so that rows sort by ordinal.</summary>
    public const int MostRows = 10_000_000;

    public static string RowKey(int ordinal) => ordinal.ToString("D7", CultureInfo.InvariantCulture);

    public static string Property(Column column) => "c_" + column.Name;

    public static TableEntity Write(string partition, int ordinal, Revision revision)
    {
        if (revision.Values[0] as string != revision.Id)
        {
            throw new ArgumentException($"The first value of {revision.Dataset} {revision.Id} is not its Id.", nameof(revision));
        }

        var entity = new TableEntity(partition, RowKey(ordinal))
        {
            ["Dataset"] = revision.Dataset.Name,
            ["Id"] = revision.Id,
            ["Action"] = revision.Action == RevisionAction.Retract ? "retract" : "upsert",
            ["Reason"] = revision.Reason,
        };
        foreach (var column in revision.Dataset.Columns.Skip(1))
        {
            if (revision.Values[column.Ordinal] is { } value)
            {
                entity[Property(column)] = Stored(value);
            }
        }

        return entity;
    }

    public static Revision Read(TableEntity entity)
    {
        var dataset = Catalog.Get(entity.GetString("Dataset"));
        var id = entity.GetString("Id");
        var values = new object?[dataset.Columns.Count];
        values[0] = id;
        foreach (var column in dataset.Columns.Skip(1))
        {
            values[column.Ordinal] = entity.TryGetValue(Property(column), out var stored) ? Value(column, stored) : null;
        }

        var action = entity.GetString("Action") == "retract" ? RevisionAction.Retract : RevisionAction.Upsert;
        return new Revision(dataset, id, action, entity.GetString("Reason"), values);
    }

    private static object Stored(object value) => value switch
    {
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        _ => value,
    };

    private static object Value(Column column, object stored) => column.Type switch
    {
        ColumnType.Date => DateOnly.ParseExact((string)stored, "O", CultureInfo.InvariantCulture),
        ColumnType.Instant => DateTimeOffset.Parse((string)stored, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        _ => stored,
    };
}
