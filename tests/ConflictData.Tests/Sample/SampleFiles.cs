using ConflictData.Datasets;
using ConflictData.Submissions;
using CsvHelper;

namespace ConflictData.Tests.Sample;

/// <summary>The bundled sample as a submission would read it.</summary>
internal static class SampleFiles
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "SampleData");

    public static IReadOnlyList<string> Header(Dataset dataset)
    {
        using var csv = Open(dataset);
        return [.. csv.Headers];
    }

    public static List<IncomingRow> Rows(Dataset dataset)
    {
        using var csv = Open(dataset);
        var columns = csv.Headers.Select(name => dataset[name]).ToArray();
        var present = columns.Aggregate(0UL, (bits, column) => bits | (1UL << column.Ordinal));
        var rows = new List<IncomingRow>();
        while (csv.Read())
        {
            var cells = new string?[dataset.Columns.Count];
            foreach (var (index, column) in columns.Index())
            {
                cells[column.Ordinal] = csv.GetString(index);
            }

            rows.Add(new() { Dataset = dataset, Row = rows.Count + 1, Line = (int)csv.LineNumber, Cells = cells, Present = present });
        }

        return rows;
    }

    private static CsvReader Open(Dataset dataset)
    {
        var csv = CsvReader.Create(File.ReadAllBytes(Path.Combine(Folder, $"{dataset.Name}.csv")), new CsvReaderOptions { HasHeader = true, TrackLineNumbers = true });
        csv.ReadHeader();
        return csv;
    }
}
