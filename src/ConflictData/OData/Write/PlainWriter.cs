using System.IO.Pipelines;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Writes rows as CSV and NDJSON: rows and nothing else, so that what else there is to say goes into headers.</summary>
internal static class PlainWriter
{
    /// <summary>CSV with a header, as published files are written.</summary>
    public static async Task Csv(PipeWriter output, IReadOnlyList<string> names, IAsyncEnumerable<FeedPage> pages, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        using var csv = new CsvRows(buffer, names, firstColumn: 1);
        await foreach (var page in pages)
        {
            foreach (var chunk in page.Rows.Chunks.TakeWhile(chunk => chunk.FirstRow < page.RowCount))
            {
                csv.Write(chunk, Math.Min(chunk.RowCount, page.RowCount - chunk.FirstRow));
                await Send();
            }
        }
        await Send();

        async Task Send()
        {
            csv.Flush();
            await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellation);
            buffer.SetLength(0);
        }
    }

    /// <summary>One JSON object a line.</summary>
    public static async Task Lines(PipeWriter output, RowsWriter lines, IAsyncEnumerable<FeedPage> pages, CancellationToken cancellation)
    {
        await foreach (var page in pages)
        {
            lines(page.Rows, 0, page.RowCount, output);
            await output.FlushAsync(cancellation);
        }
    }
}
