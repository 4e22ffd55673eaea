using System.Buffers;
using System.IO.Compression;
using System.Text;
using ConflictData.Datasets;

namespace Benchmarks.Data;

/// <summary>Generated records as a submitter would send them.</summary>
internal static class GeneratedPayload
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>The first casualties as CSV, with every column that the dataset has.</summary>
    public static byte[] Casualties(int records)
    {
        var cells = new CasualtyCells(GeneratedReleases.Seed);
        return Csv(Catalog.Get("Casualties"), Enumerable.Range(0, records).Select(record => cells.Of(record, corrected: false)));
    }

    /// <summary>All that they refer to, as a zip of one CSV file a dataset.</summary>
    public static byte[] References()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var rows in ReferenceCells.All().GroupBy(row => row.Dataset, row => row.Cells))
            {
                using var file = archive.CreateEntry($"{rows.Key.Name}.csv").Open();
                file.Write(Csv(rows.Key, rows));
            }
        }

        return zip.ToArray();
    }

    private static byte[] Csv(Dataset dataset, IEnumerable<string?[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend([.. dataset.Columns.Select(column => column.Name)]))
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cell(string? cell) =>
        cell is null || !cell.AsSpan().ContainsAny(Quoted) ? cell ?? "" : $"\"{cell.Replace("\"", "\"\"")}\"";
}
