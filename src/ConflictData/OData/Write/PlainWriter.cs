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
            var end = page.First + page.RowCount;
            foreach (var chunk in page.Rows.Chunks.Where(chunk => chunk.FirstRow < end && chunk.FirstRow + chunk.RowCount > page.First))
            {
                csv.Write(chunk, Math.Max(page.First - chunk.FirstRow, 0), Math.Min(end - chunk.FirstRow, chunk.RowCount));
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
            lines(page.Rows, page.First, page.RowCount, output);
            await output.FlushAsync(cancellation);
        }
    }
}
