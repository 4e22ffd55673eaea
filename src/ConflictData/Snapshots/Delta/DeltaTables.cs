using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Storage;

namespace ConflictData.Snapshots;

/// <summary>
/// The published Parquet files as Delta Lake tables, one for each set in delta/{set}, which Spark, Fabric and others read from storage
/// without us: each release that is published as the newest is one commit of each table. Writers may race and may end anywhere: a commit is
/// a file that is written once, and a release that the log has is not written again.
/// </summary>
public sealed class DeltaTables(StorageAccount account, Engine engine)
{
    private const string Root = "delta/";
    private const string Log = "/_delta_log/";

    private readonly BlobContainerClient container = account.Container("snapshots");

    /// <summary>After so many commits a reader finds a checkpoint, so that it need not read them all.</summary>
    internal int CheckpointEvery { get; init; } = 50;

    private BlobClient Newest => container.GetBlobClient($"{Root}newest");

    /// <summary>Where the files of a set's table lie.</summary>
    internal static string FolderOf(Dataset set) => $"{Root}{set.FileName}/";

    /// <summary>True for what belongs to the tables themselves rather than to a release.</summary>
    internal static bool IsOurs(string blob) =>
        blob.StartsWith(Root, StringComparison.Ordinal) && (blob.Contains(Log, StringComparison.Ordinal) || !blob.EndsWith(SnapshotForm.Parquet.Ending, StringComparison.Ordinal));

    /// <summary>Has every table hold a release, unless it holds a later one.</summary>
    /// <returns>Why it could not be done; null when it is done.</returns>
    public async Task<ApiError?> Append(SnapshotManifest manifest, CancellationToken cancellation)
    {
        if (await NewestRelease(cancellation) >= manifest.Release)
        {
            return null;
        }

        var errors = await Task.WhenAll(Catalog.Published.Select(set => Append(set, manifest, cancellation)));
        if (errors.FirstOrDefault(error => error is not null) is { } problem)
        {
            return problem;
        }

        await Newest.UploadAsync(BinaryData.FromString(manifest.Release.ToString(CultureInfo.InvariantCulture)), overwrite: true, cancellation);
        return null;
    }

    private async Task<ApiError?> Append(Dataset set, SnapshotManifest manifest, CancellationToken cancellation)
    {
        var file = manifest.Find(SnapshotForm.Parquet.FileOf(set));
        if (file is null || !file.Blob.StartsWith(FolderOf(set), StringComparison.Ordinal))
        {
            // Published before there were tables.
            return null;
        }

        var state = new DeltaState(manifest.Release, file.Blob[(file.Blob.LastIndexOf('/') + 1)..], DeltaSchema.Of(set));
        for (; ; )
        {
            var (version, before) = await Last(set, cancellation);
            if (before?.Release >= manifest.Release)
            {
                return null;
            }

            if (await TryWrite(LogFile(set, version + 1, ".json"), state.Commit(set, manifest.CommittedAt, file, before), cancellation))
            {
                return version >= 0 && (version + 1) % CheckpointEvery == 0
                    ? await WriteCheckpoint(set, version + 1, state.Checkpoint(set, manifest.CommittedAt, file), cancellation)
                    : null;
            }
        }
    }

    /// <summary>The newest version of a table and its state; -1 and null where there is none yet.</summary>
    private async Task<(long Version, DeltaState? State)> Last(Dataset set, CancellationToken cancellation)
    {
        string? last = null;
        var options = new GetBlobsOptions { Prefix = $"{Root}{set.FileName}{Log}0" };
        await foreach (var blob in container.GetBlobsAsync(options, cancellation))
        {
            last = blob.Name.EndsWith(".json", StringComparison.Ordinal) ? blob.Name : last;
        }

        if (last is null)
        {
            return (-1, null);
        }

        var commit = await container.GetBlobClient(last).DownloadContentAsync(cancellation);
        return (long.Parse(Path.GetFileNameWithoutExtension(last), CultureInfo.InvariantCulture), DeltaState.Read(commit.Value.Content));
    }

    private async Task<ApiError?> WriteCheckpoint(Dataset set, long version, byte[] lines, CancellationToken cancellation)
    {
        using var folder = engine.NewWorkFolder();
        var (source, target) = (folder.File("actions.json"), folder.File("checkpoint.parquet"));
        await File.WriteAllBytesAsync(source, lines, cancellation);
        var written = await engine.Session(
            connection =>
            {
                ParquetFile.Write(connection, DeltaCheckpoint.Query(source), texts: [], target);
                return true;
            },
            cancellation);
        if (!written.Succeeded(out _, out var error))
        {
            return error;
        }

        await using (var content = File.OpenRead(target))
        {
            await container.GetBlobClient(LogFile(set, version, ".checkpoint.parquet")).UploadAsync(content, new BlobUploadOptions { TransferOptions = Pieces.Transfer }, cancellation);
        }

        var pointer = Encoding.UTF8.GetBytes($$"""{"version":{{version}},"size":{{lines.Count(one => one == '\n')}}}""");
        await container.GetBlobClient($"{Root}{set.FileName}{Log}_last_checkpoint").UploadAsync(BinaryData.FromBytes(pointer), overwrite: true, cancellation);
        return null;
    }

    private async Task<int> NewestRelease(CancellationToken cancellation)
    {
        try
        {
            return int.Parse((await Newest.DownloadContentAsync(cancellation)).Value.Content.ToString(), CultureInfo.InvariantCulture);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return 0;
        }
    }

    /// <summary>False where that version is there already.</summary>
    private Task<bool> TryWrite(string name, byte[] content, CancellationToken cancellation) => WriteOnce.IsFirst(() =>
        container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), new BlobUploadOptions { Conditions = WriteOnce.OnlyIfNew }, cancellation));

    private static string LogFile(Dataset set, long version, string ending) => string.Create(CultureInfo.InvariantCulture, $"{Root}{set.FileName}{Log}{version:D20}{ending}");
}
