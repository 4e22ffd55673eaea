using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Writes rows as OData JSON. Control information has the prefix odata. in every version.</summary>
internal static class FeedWriter
{
    /// <summary>Rows written before the client gets them.</summary>
    private const int Block = 2000;

    /// <summary>A page of rows; the context is null where the client wants none.</summary>
    public static Task Feed(
        PipeWriter output, string? context, FeedPage page, IReadOnlyList<Column> columns, string? nextLink, CancellationToken cancellation) =>
        Feed(output, context, page, Rows(columns), nextLink, cancellation);

    /// <summary>The same with rows of any form.</summary>
    public static async Task Feed(
        PipeWriter output, string? context, FeedPage page, JsonRows rows, string? nextLink, CancellationToken cancellation)
    {
        Text(output, "{");
        if (context is not null)
        {
            Text(output, $"\"@odata.context\":{Quoted(context)},");
        }
        if (page.Total is { } total)
        {
            Text(output, string.Create(CultureInfo.InvariantCulture, $"\"@odata.count\":{total},"));
        }
        Text(output, "\"value\":[");
        for (var from = 0; from < page.RowCount; from += Block)
        {
            if (from > 0)
            {
                Text(output, ",");
                await output.FlushAsync(cancellation);
            }
            rows.Write(page.Rows, from, Math.Min(Block, page.RowCount - from), output);
        }
        Text(output, nextLink is null ? "]}" : $"],\"@odata.nextLink\":{Quoted(nextLink)}}}");
        await output.FlushAsync(cancellation);
    }

    /// <summary>One record as an object of its own.</summary>
    public static ReadOnlyMemory<byte> Record(string? context, QueryRows rows, IReadOnlyList<Column> columns)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Rows(columns).Write(rows, 0, 1, buffer);
        return WithContext(context, buffer.WrittenMemory);
    }

    /// <summary>One value under the name value.</summary>
    public static ReadOnlyMemory<byte> Property(string? context, QueryRows rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new JsonRows([new JsonField("value", 1)]).Write(rows, 0, 1, buffer);
        return WithContext(context, buffer.WrittenMemory);
    }

    /// <summary>One value as bare text.</summary>
    public static byte[] RawValue(object value) => Encoding.UTF8.GetBytes(value switch
    {
        bool truth => truth ? "true" : "false",
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    });

    private static JsonRows Rows(IReadOnlyList<Column> columns) => new([.. columns.Select((column, index) => new JsonField(column.Name, index + 1))]);

    private static ReadOnlyMemory<byte> WithContext(string? context, ReadOnlyMemory<byte> json)
    {
        if (context is null)
        {
            return json;
        }
        var start = Encoding.UTF8.GetBytes($"{{\"@odata.context\":{Quoted(context)},");
        return (byte[])[.. start, .. json.Span[1..]];
    }

    private static void Text(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
