using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.Snapshots;

/// <summary>A form in which every set is published.</summary>
/// <param name="Ending">Ending of its files, with the full stop.</param>
/// <param name="Format">Its name in a data package.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record SnapshotForm(string Ending, string Format, string MediaType)
{
    /// <summary>As submissions take it: UTF-8, RFC 4180.</summary>
    public static readonly SnapshotForm Csv = new(".csv", "csv", CsvRows.MediaType);

    /// <summary>The same, compressed; a file of its own, so that it is stored and sent as it is.</summary>
    public static readonly SnapshotForm CsvGzip = new(".csv.gz", "csv", "application/gzip");

    /// <summary>A JSON object a line, with types and null.</summary>
    public static readonly SnapshotForm NdJson = new(".ndjson", "ndjson", "application/x-ndjson");

    /// <summary>Typed columns, compressed with zstd.</summary>
    public static readonly SnapshotForm Parquet = new(".parquet", "parquet", "application/vnd.apache.parquet");

    /// <summary>All of them, CSV first.</summary>
    public static IReadOnlyList<SnapshotForm> All { get; } = [Csv, CsvGzip, NdJson, Parquet];

    /// <summary>The form of a set's file.</summary>
    public static SnapshotForm Of(SnapshotFile file) => All.Where(form => file.Name.EndsWith(form.Ending, StringComparison.Ordinal)).MaxBy(form => form.Ending.Length)!;

    /// <summary>The name of a set's file in this form.</summary>
    public string FileOf(Dataset set) => set.FileName + Ending;
}
