using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using ConflictData.Datasets;
using ConflictData.Query;
using DuckDB.NET.Data;

namespace ConflictData.Snapshots;

/// <summary>
/// A set at a release as files, one for each <see cref="SnapshotForm"/>: every column in the schema's order, rows by Id. The same release
/// gives the same bytes, whenever and wherever it is written.
/// </summary>
internal static class SetFiles
{
    /// <summary>What is published reads none.</summary>
    private const string NoTags = "0";

    public static string Query(Dataset set, int release)
    {
        var columns = string.Join(", ", set.Columns.Select(column => EngineSchema.Quote(column.Name)));
        var at = release.ToString(CultureInfo.InvariantCulture);
        return $"SELECT {columns} FROM {EngineSchema.From(set, at, NoTags)} WHERE {EngineSchema.LiveAt(at)} ORDER BY \"Id\"";
    }

    /// <summary>Writes what the engine has to give: CSV, NDJSON and Parquet with the rows of <see cref="Query"/>; returns how many rows they have.</summary>
    public static long Write(DuckDBConnection connection, Dataset set, string query, WorkFolder folder, CancellationToken cancellation)
    {
        ParquetFile.Write(connection, Instants(set, query), set.Texts, folder.File(SnapshotForm.Parquet.FileOf(set)));
        using var csv = File.Create(folder.File(SnapshotForm.Csv.FileOf(set)));
        using var lines = File.Create(folder.File(SnapshotForm.NdJson.FileOf(set)));
        return WriteText(connection, set, query, csv, lines, cancellation);
    }

    /// <summary>The same rows, instants said to be in UTC: what reads Parquet would else not know them for instants.</summary>
    private static string Instants(Dataset set, string query)
    {
        var replaced = set.Columns.Where(column => column.Type == ColumnType.Instant).Select(column => EngineSchema.Quote(column.Name)).Select(name => $"{name}::TIMESTAMPTZ AS {name}").ToList();
        return replaced.Count == 0 ? query : $"SELECT * REPLACE ({string.Join(", ", replaced)}) FROM ({query})";
    }

    /// <summary>Writes the rest, for which no engine has to wait: the compressed CSV, from the CSV.</summary>
    public static async Task Compress(Dataset set, WorkFolder folder, CancellationToken cancellation)
    {
        await using var csv = File.OpenRead(folder.File(SnapshotForm.Csv.FileOf(set)));
        await using var gzip = new GZipStream(File.Create(folder.File(SnapshotForm.CsvGzip.FileOf(set))), CompressionLevel.Optimal);
        await csv.CopyToAsync(gzip, cancellation);
    }

    /// <summary>Writes the rows as CSV and as NDJSON, both from one pass; returns how many there are.</summary>
    public static long WriteText(DuckDBConnection connection, Dataset set, string query, Stream csv, Stream lines, CancellationToken cancellation)
    {
        string[] names = [.. set.Columns.Select(column => column.Name)];
        using var records = new CsvRows(csv, names);
        var objects = new JsonRows([.. names.Select((name, index) => new JsonField(name, index))]);
        var buffer = new ArrayBufferWriter<byte>();
        var count = 0L;
        foreach (var chunk in Statement.Stream(connection, query))
        {
            cancellation.ThrowIfCancellationRequested();
            records.Write(chunk, 0, chunk.RowCount);
            objects.WriteLines(chunk, buffer);
            lines.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
            count += chunk.RowCount;
        }

        return count;
    }
}
