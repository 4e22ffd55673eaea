using System.Buffers;

namespace ConflictData.Query;

/// <summary>A member of the objects.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Column">Index of its column in the result. Where there are members: a column that is null when the object is null.</param>
/// <param name="Members">The members of an object; null for a plain value.</param>
public sealed record JsonField(string Name, int Column, IReadOnlyList<JsonField>? Members = null)
{
    /// <summary>JSON that stands right before the member in every object, such as the annotation of its type with its comma.</summary>
    public string Before { get; init; } = "";
}

/// <summary>
/// Writes rows of a result as JSON objects, as OData has its values: whole numbers as numbers (HUGEINT too), doubles in the
/// shortest form that reads back the same ("INF", "-INF" and "NaN" as strings), dates as 2026-01-31, instants as
/// 2026-01-31T12:30:00.5Z with no more digits than they need, text as UTF-8 with only what JSON requires escaped,
/// BLOBs as the JSON that they hold.
/// Made once for a shape of result and then used for any number of results, by several threads at once.
/// </summary>
public sealed class JsonRows
{
    private readonly JsonTemplate array;
    private readonly JsonTemplate lines;

    public JsonRows(IReadOnlyList<JsonField> fields)
    {
        array = new(fields, ',');
        lines = new(fields, '\n');
    }

    /// <summary>Writers of all columns under their own names.</summary>
    public static JsonRows Of(IReadOnlyList<QueryColumn> columns) => new([.. columns.Select((column, index) => new JsonField(column.Name, index))]);

    /// <summary>Writes rows with a comma after each but the last of the range.</summary>
    public void Write(QueryRows rows, int from, int count, IBufferWriter<byte> output) => Write(array, rows, from, count, 1, output);

    /// <summary>Writes rows as lines, each ended by a line feed.</summary>
    public void WriteLines(QueryRows rows, int from, int count, IBufferWriter<byte> output) => Write(lines, rows, from, count, 0, output);

    /// <summary>Writes all rows of a chunk as lines, each ended by a line feed.</summary>
    public void WriteLines(QueryChunk chunk, IBufferWriter<byte> output)
    {
        using var target = new PinnedOutput(output);
        new JsonRowWriter(lines, chunk.Columns, target).Write(chunk, 0, chunk.RowCount);
        target.Complete(0);
    }

    private static void Write(JsonTemplate template, QueryRows rows, int from, int count, int cut, IBufferWriter<byte> output)
    {
        if (count == 0)
        {
            return;
        }

        using var target = new PinnedOutput(output);
        var writer = new JsonRowWriter(template, rows.Columns, target);
        var last = from + count;
        for (var index = rows.ChunkIndexOf(from); from < last; index++)
        {
            var chunk = rows.Chunks[index];
            var end = Math.Min(last, chunk.FirstRow + chunk.RowCount);
            writer.Write(chunk, from - chunk.FirstRow, end - chunk.FirstRow);
            from = end;
        }

        target.Complete(cut);
    }
}
