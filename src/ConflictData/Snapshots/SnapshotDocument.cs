using ConflictData.Api;

namespace ConflictData.Snapshots;

/// <summary>A published release as the API describes it.</summary>
/// <param name="Release">Its number.</param>
/// <param name="CommittedAt">When it was committed, UTC.</param>
/// <param name="Files">Its files.</param>
public sealed record SnapshotDocument(int Release, DateTimeOffset CommittedAt, IReadOnlyList<SnapshotFileDocument> Files)
{
    internal static SnapshotDocument Of(SnapshotManifest manifest, Links links) => new(
        manifest.Release,
        manifest.CommittedAt,
        [.. manifest.Files.Select(file => new SnapshotFileDocument(
            file.Name, file.Dataset, file.MediaType, file.Bytes, file.Rows, file.Sha256, links.To($"snapshots/{manifest.Release}/{file.Name}")))]);
}

/// <summary>A published file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dataset">The dataset or view that it holds; null for the data package and the archive, which hold all.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Rows">Its rows, a header not counted.</param>
/// <param name="Sha256">Hash of its bytes, hex.</param>
/// <param name="Url">Where it is.</param>
public sealed record SnapshotFileDocument(string Name, string? Dataset, string MediaType, long Bytes, long Rows, string Sha256, Uri Url);

/// <summary>Some published releases, newest first.</summary>
/// <param name="Snapshots">The releases.</param>
/// <param name="Next">Address of older ones; null where there are none.</param>
public sealed record SnapshotList(IReadOnlyList<SnapshotDocument> Snapshots, Uri? Next);
