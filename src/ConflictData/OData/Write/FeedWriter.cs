using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>What stands around the rows of a JSON page. Control information has the prefix odata. in every version.</summary>
/// <param name="Context">The context address; null where the client wants none.</param>
/// <param name="NextLink">The next page's address; null on the last one.</param>
/// <param name="LongsAsText">True where the total is written as a string.</param>
internal sealed record FeedFrame(string? Context, string? NextLink, bool LongsAsText)
{
    /// <summary>Where changes to the rows are to be had, for the last page; null where nobody asked to track them.</summary>
    public string? DeltaLink { get; init; }

    /// <summary>What stands before the rows; the total is what $count asked for.</summary>
    public string Head(long? total)
    {
        var context = Context is null ? "" : $"\"@odata.context\":{FeedWriter.Quoted(Context)},";
        var quote = LongsAsText ? "\"" : "";
        var count = total is null ? "" : string.Create(CultureInfo.InvariantCulture, $"\"@odata.count\":{quote}{total}{quote},");
        return $"{{{context}{count}\"value\":[";
    }

    /// <summary>What stands behind the rows.</summary>
    public string Tail =>
        NextLink is not null ? $"],\"@odata.nextLink\":{FeedWriter.Quoted(NextLink)}}}"
        : DeltaLink is not null ? $"],\"@odata.deltaLink\":{FeedWriter.Quoted(DeltaLink)}}}"
        : "]}";
}

/// <summary>Writes rows as OData JSON.</summary>
internal static class FeedWriter
{
    /// <summary>Rows written before the client gets them.</summary>
    private const int Block = 2000;

    /// <summary>A page of rows.</summary>
    public static async Task Feed(PipeWriter output, FeedFrame frame, FeedPage page, RowsWriter rows, CancellationToken cancellation)
    {
        Text(output, frame.Head(page.Total));
        await Rows(output, page.Rows, page.First, page.RowCount, rows, cancellation);
        Text(output, frame.Tail);
        await output.FlushAsync(cancellation);
    }

    /// <summary>Some rows of a result, with commas between.</summary>
    public static async Task Rows(PipeWriter output, QueryRows rows, int first, int count, RowsWriter writer, CancellationToken cancellation)
    {
        for (var from = 0; from < count; from += Block)
        {
            if (from > 0)
            {
                Text(output, ",");
                await output.FlushAsync(cancellation);
            }
            writer(rows, first + from, Math.Min(Block, count - from), output);
        }
    }

    /// <summary>The first row as an object of its own.</summary>
    public static ReadOnlyMemory<byte> Record(string? context, QueryRows rows, RowsWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        writer(rows, 0, 1, buffer);
        return WithContext(context, buffer.WrittenMemory);
    }

    private static ReadOnlyMemory<byte> WithContext(string? context, ReadOnlyMemory<byte> json)
    {
        if (context is null)
        {
            return json;
        }
        // Where nulls are left out, nothing may be left.
        var separator = json.Length > 2 ? "," : "";
        var start = Encoding.UTF8.GetBytes($"{{\"@odata.context\":{Quoted(context)}{separator}");
        return (byte[])[.. start, .. json.Span[1..]];
    }

    public static void Text(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
