using System.Text.Json;
using ConflictData.Datasets;

namespace ConflictData.Snapshots;

/// <summary>The columns of a set in the words of Delta Lake, which are those of Spark.</summary>
internal static class DeltaSchema
{
    /// <summary>A struct type as JSON.</summary>
    public static string Of(Dataset set)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "struct");
            json.WriteStartArray("fields");
            foreach (var column in set.Columns)
            {
                Write(json, column);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void Write(Utf8JsonWriter json, Column column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("type", Type(column.Type));
        json.WriteBoolean("nullable", true);
        json.WriteStartObject("metadata");
        json.WriteString("comment", column.Title);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Type(ColumnType type) => type switch
    {
        ColumnType.Integer => "long",
        ColumnType.Number => "double",
        ColumnType.Boolean => "boolean",
        ColumnType.Date => "date",
        ColumnType.Instant => "timestamp",
        _ => "string",
    };
}
