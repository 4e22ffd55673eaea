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

    /// <summary>Blocks of a page that are rendered before it is their turn.</summary>
    private const int BlocksAhead = 2;

    /// <summary>All answers together are rendered ahead, and pages to be kept, by no more threads than there are cores.</summary>
    public static TaskScheduler Cores { get; } = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Environment.ProcessorCount).ConcurrentScheduler;

    /// <summary>A page of rows.</summary>
    public static async Task Feed(PipeWriter output, FeedFrame frame, FeedPage page, RowsWriter rows, CancellationToken cancellation)
    {
        Text(output, frame.Head(page.Total));
        await Rows(output, page.Rows, page.First, page.RowCount, rows, cancellation);
        Text(output, frame.Tail);
        await output.FlushAsync(cancellation);
    }

    /// <summary>
    /// Some rows of a result, with commas between. While a block of them is sent the next ones are rendered, on cores that are free: none is
    /// any more when the task is done, however it ends.
    /// </summary>
    public static async Task Rows(PipeWriter output, QueryRows rows, int first, int count, RowsWriter writer, CancellationToken cancellation)
    {
        if (count == 0)
        {
            return;
        }
        var ahead = new Queue<Task<RenderedRows>>();
        try
        {
            var from = Math.Min(Block, count);
            Begin();
            writer(rows, first, Math.Min(Block, count), output);
            for (; ahead.Count > 0; Begin())
            {
                await output.FlushAsync(cancellation);
                Text(output, ",");
                using var next = await ahead.Peek();
                _ = ahead.Dequeue();
                next.CopyTo(output);
            }

            void Begin()
            {
                for (; from < count && ahead.Count < BlocksAhead; from += Block)
                {
                    var (start, length) = (first + from, Math.Min(Block, count - from));
                    ahead.Enqueue(Task.Factory.StartNew(() => Rendered(rows, start, length, writer), cancellation, TaskCreationOptions.None, Cores));
                }
            }
        }
        finally
        {
            foreach (var left in ahead)
            {
                await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                using var unsent = left.IsCompletedSuccessfully ? await left : null;
            }
        }
    }

    private static RenderedRows Rendered(QueryRows rows, int first, int count, RowsWriter writer)
    {
        var rendered = new RenderedRows();
        try
        {
            writer(rows, first, count, rendered);
            return rendered;
        }
        catch
        {
            rendered.Dispose();
            throw;
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
