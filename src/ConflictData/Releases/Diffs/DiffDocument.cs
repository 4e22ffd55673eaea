using System.Text.Json;
using ConflictData.Api;
using ConflictData.Datasets.Counts;

namespace ConflictData.Releases;

/// <summary>A page of a diff as JSON.</summary>
/// <param name="Span">The releases.</param>
/// <param name="Datasets">What each dataset's change comes to.</param>
/// <param name="Changes">The records of this page.</param>
/// <param name="Next">Address of the next page; null on the last one.</param>
internal sealed record DiffDocument(ReleaseSpan Span, IReadOnlyList<DatasetDiff> Datasets, IReadOnlyList<RecordChange> Changes, Uri? Next)
{
    public ReadOnlyMemory<byte> Write() => JsonObjectText.Write(json =>
    {
        json.WriteNumber("from", Span.From);
        json.WriteNumber("to", Span.To);
        json.WriteStartArray("datasets");
        foreach (var dataset in Datasets)
        {
            WriteDataset(json, dataset);
        }

        json.WriteEndArray();
        json.WriteStartArray("changes");
        foreach (var change in Changes)
        {
            WriteChange(json, change);
        }

        json.WriteEndArray();
        json.WriteString("next", Next?.AbsoluteUri);
    });

    private static void WriteDataset(Utf8JsonWriter json, DatasetDiff diff)
    {
        json.WriteStartObject();
        json.WriteString("dataset", diff.Dataset.Name);
        json.WriteNumber("added", diff.Added);
        json.WriteNumber("changed", diff.Changed);
        json.WriteNumber("retracted", diff.Retracted);
        json.WriteStartArray("totals");
        foreach (var move in diff.Totals)
        {
            json.WriteStartObject();
            json.WriteString("outcome", move.Outcome);
            WriteTotal(json, "before", move.Before);
            WriteTotal(json, "after", move.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTotal(Utf8JsonWriter json, string name, TotalColumns total)
    {
        json.WriteStartObject(name);
        ChangeJson.Value(json, "low", total.Low);
        ChangeJson.Value(json, "best", total.Best);
        ChangeJson.Value(json, "high", total.High);
        ChangeJson.Value(json, "about", total.About);
        json.WriteNumber("unnumbered", total.Unnumbered);
        json.WriteString("label", total.Label);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, RecordChange change)
    {
        json.WriteStartObject();
        json.WriteString("dataset", change.Dataset.Name);
        json.WriteString("id", change.Id);
        json.WriteString("change", JsonNamingPolicy.CamelCase.ConvertName(change.Kind.ToString()));
        json.WriteNumber("release", change.Release);
        json.WriteString("reason", change.Reason);
        ChangeJson.Columns(json, change.Columns);
        json.WriteEndObject();
    }
}

/// <summary>What diffs and histories share when they are written.</summary>
internal static class ChangeJson
{
    /// <summary>The member <c>columns</c>: by column its value before and after.</summary>
    public static void Columns(Utf8JsonWriter json, IEnumerable<ColumnChange> columns)
    {
        json.WriteStartObject("columns");
        foreach (var column in columns)
        {
            json.WriteStartObject(column.Column.Name);
            Value(json, "before", column.Before);
            Value(json, "after", column.After);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>A value of a record, as the feed writes it.</summary>
    public static void Value(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            case long whole:
                json.WriteNumber(name, whole);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, OData.ValueText.Of(value));
                break;
        }
    }
}
