using ConflictData.Datasets;
using ConflictData.OData;
using ConflictData.Query;
using CsvHelper;

namespace ConflictData.Releases;

/// <summary>A history as CSV, a line for each revision, in the form of the published files.</summary>
internal static class HistoryCsv
{
    public static async Task Write(
        Stream output, Dataset dataset, ReleaseHistory history, IAsyncEnumerable<HistoryPage> pages, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        using var csv = CsvWriter.Create(buffer, CsvRows.Rfc4180, leaveOpen: true);
        // Release, ModifiedAt and ChangeReason are columns of every dataset.
        csv.WriteHeader(["Action", "Message", .. dataset.Columns.Select(column => column.Name)]);
        await foreach (var page in pages)
        {
            foreach (var entry in page.Revisions)
            {
                WriteLine(csv, history, entry);
            }

            csv.Flush();
            await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellation);
            buffer.SetLength(0);
        }
    }

    private static void WriteLine(CsvWriter csv, ReleaseHistory history, RevisionEntry entry)
    {
        csv.WriteField(entry.Action);
        csv.WriteField(history.Find(entry.Release)!.Message ?? "");
        foreach (var value in entry.Values)
        {
            csv.WriteField(value is null ? "" : ValueText.Of(value));
        }

        csv.EndRecord();
    }
}
