namespace ConflictData.Snapshots;

/// <summary>One published file.</summary>
/// <param name="Name">Name under which it is served, such as casualties.csv.</param>
/// <param name="Dataset">The dataset or view whose rows it holds; null for the data package and the archive, which hold all.</param>
/// <param name="Blob">Where it lies: unchanged datasets share files between releases.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Rows">Rows, a header not counted.</param>
/// <param name="Sha256">Hash of its bytes, hex.</param>
public sealed record SnapshotFile(string Name, string? Dataset, string Blob, string MediaType, long Bytes, long Rows, string Sha256);

/// <summary>The files of a release; it exists only when all of them do, and is never changed.</summary>
/// <param name="Release">The release.</param>
/// <param name="CommittedAt">When that was committed, UTC.</param>
/// <param name="Files">Its files: those of each set in the order of the catalogue, then the data package and the archive.</param>
public sealed record SnapshotManifest(int Release, DateTimeOffset CommittedAt, IReadOnlyList<SnapshotFile> Files)
{
    /// <summary>The file of that name, letter case ignored; null where there is none.</summary>
    public SnapshotFile? Find(string name) => Files.FirstOrDefault(file => file.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
