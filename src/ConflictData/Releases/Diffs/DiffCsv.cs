using System.Globalization;
using System.Text.Json;
using ConflictData.Datasets.Counts;
using ConflictData.OData;
using ConflictData.Query;
using CsvHelper;

namespace ConflictData.Releases;

/// <summary>A diff as CSV, in the form of the published files.</summary>
internal static class DiffCsv
{
    private static readonly string[] ChangeColumns = ["Dataset", "Id", "Change", "Release", "Reason", "Column", "Before", "After"];

    /// <summary>One line for each value that differs.</summary>
    public static async Task Changes(Stream output, IAsyncEnumerable<IReadOnlyList<RecordChange>> pages, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        using var csv = CsvWriter.Create(buffer, CsvRows.Rfc4180, leaveOpen: true);
        csv.WriteHeader(ChangeColumns);
        await foreach (var page in pages)
        {
            foreach (var (change, column) in page.SelectMany(change => change.Columns, (change, column) => (change, column)))
            {
                WriteLine(csv, change, column);
            }

            await Send();
        }

        await Send();

        async Task Send()
        {
            csv.Flush();
            await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellation);
            buffer.SetLength(0);
        }
    }

    /// <summary>One line for each total that moved.</summary>
    public static ReadOnlyMemory<byte> Totals(IEnumerable<DatasetDiff> datasets)
    {
        using var buffer = new MemoryStream();
        using (var csv = CsvWriter.Create(buffer, CsvRows.Rfc4180, leaveOpen: true))
        {
            csv.WriteHeader(["Dataset", "Outcome", .. TotalType.Members.Select(member => member + "Before"), .. TotalType.Members.Select(member => member + "After")]);
            foreach (var (dataset, move) in datasets.SelectMany(diff => diff.Totals, (diff, move) => (diff.Dataset, move)))
            {
                csv.WriteField(dataset.Name);
                csv.WriteField(move.Outcome);
                WriteTotal(csv, move.Before);
                WriteTotal(csv, move.After);
                csv.EndRecord();
            }
        }

        return buffer.ToArray();
    }

    private static void WriteLine(CsvWriter csv, RecordChange change, ColumnChange column)
    {
        csv.WriteField(change.Dataset.Name);
        csv.WriteField(change.Id);
        csv.WriteField(JsonNamingPolicy.CamelCase.ConvertName(change.Kind.ToString()));
        csv.WriteField(change.Release);
        csv.WriteField(change.Reason ?? "");
        csv.WriteField(column.Column.Name);
        csv.WriteField(Text(column.Before));
        csv.WriteField(Text(column.After));
        csv.EndRecord();
    }

    private static void WriteTotal(CsvWriter csv, TotalColumns total)
    {
        foreach (var number in new[] { total.Low, total.Best, total.High, total.About, total.Unnumbered })
        {
            csv.WriteField(number?.ToString(CultureInfo.InvariantCulture) ?? "");
        }

        csv.WriteField(total.Label);
    }

    internal static string Text(object? value) => value is null ? "" : ValueText.Of(value);
}
