using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;
using DuckDB.NET.Data;

namespace ConflictData.Snapshots;

/// <summary>A dataset at a release as a published CSV file: every column in the schema's order, rows by Id.</summary>
internal static class CsvFile
{
    /// <summary>What is published reads none.</summary>
    private const string NoTags = "0";

    /// <summary>Writes the file with the rows of <see cref="Query"/>; returns how many it has, the header not counted.</summary>
    public static long Write(DuckDBConnection connection, Dataset dataset, string query, Stream output, CancellationToken cancellation)
    {
        using var csv = new CsvRows(output, [.. dataset.Columns.Select(column => column.Name)]);
        var count = 0L;
        foreach (var chunk in Statement.Stream(connection, query))
        {
            cancellation.ThrowIfCancellationRequested();
            csv.Write(chunk, 0, chunk.RowCount);
            count += chunk.RowCount;
        }

        return count;
    }

    public static string Query(Dataset dataset, int release)
    {
        var columns = string.Join(", ", dataset.Columns.Select(column => EngineSchema.Quote(column.Name)));
        var at = release.ToString(CultureInfo.InvariantCulture);
        return $"SELECT {columns} FROM {EngineSchema.From(dataset, at, NoTags)} WHERE {EngineSchema.LiveAt(at)} ORDER BY \"Id\"";
    }
}
