using System.Security.Cryptography;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;

namespace ConflictData.Snapshots;

/// <summary>
/// Publishes a release: each dataset's file, then the manifest. A dataset that has not changed since an earlier release
/// shares that release's file. Safe to run twice at once and to run again after it was interrupted.
/// </summary>
public sealed class SnapshotPublisher(Engine engine, SnapshotStore store)
{
    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>The manifest of a release that the engine has loaded, made now if it is not published yet.</summary>
    public async Task<Result<SnapshotManifest>> Publish(Commit release, CancellationToken cancellation)
    {
        if (await store.Find(release.Release, cancellation) is { } published)
        {
            return published;
        }

        await oneAtATime.WaitAsync(cancellation);
        try
        {
            return await store.Find(release.Release, cancellation) is { } meanwhile ? meanwhile : await PublishNow(release, cancellation);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private async Task<Result<SnapshotManifest>> PublishNow(Commit release, CancellationToken cancellation)
    {
        var files = new List<SnapshotFile>();
        foreach (var dataset in Catalog.Published)
        {
            if (!(await PublishFile(dataset, release.Release, cancellation)).Succeeded(out var file, out var error))
            {
                return error;
            }

            files.Add(file);
        }

        await store.Complete(new SnapshotManifest(release.Release, release.CommittedAt, files), cancellation);
        return await store.Find(release.Release, cancellation)
            ?? throw new InvalidOperationException($"The manifest of release {release.Release} is gone right after it was written.");
    }

    private async Task<Result<SnapshotFile>> PublishFile(Dataset dataset, int release, CancellationToken cancellation)
    {
        var effective = engine.History.EffectiveRelease(release, [dataset]);
        var name = $"{dataset.FileName}.csv";
        var file = new SnapshotFile(name, dataset.Name, $"files/{effective:D10}/{name}", CsvRows.MediaType, 0, 0, "");
        return await store.FindFile(file, cancellation) is { } there ? there : await WriteFile(file, dataset, effective, cancellation);
    }

    private async Task<Result<SnapshotFile>> WriteFile(SnapshotFile file, Dataset dataset, int release, CancellationToken cancellation)
    {
        await using var temporary = OpenTemporary();
        var written = await engine.Session(
            CsvFile.Query(dataset, release), (connection, query) => CsvFile.Write(connection, dataset, query, temporary, cancellation), cancellation);
        if (!written.Succeeded(out var rows, out var error))
        {
            return error;
        }

        temporary.Position = 0;
        var hash = await SHA256.HashDataAsync(temporary, cancellation);
        temporary.Position = 0;
        var complete = file with { Bytes = temporary.Length, Rows = rows, Sha256 = Convert.ToHexStringLower(hash) };
        await store.Write(complete, temporary, cancellation);

        // Where another instance was first, its file counts; it holds the same bytes.
        return await store.FindFile(file, cancellation) ?? complete;
    }

    private static FileStream OpenTemporary() => new(Path.GetTempFileName(), new FileStreamOptions
    {
        Mode = FileMode.Create,
        Access = FileAccess.ReadWrite,
        Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
    });
}
