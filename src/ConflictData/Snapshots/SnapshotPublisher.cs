using System.Security.Cryptography;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;

namespace ConflictData.Snapshots;

/// <summary>
/// Publishes a release: the files of each set, what holds all of them, then the manifest. A set that has not changed since an earlier
/// release shares that release's files. Safe to run twice at once and to run again after it was interrupted: what is there stays.
/// </summary>
public sealed class SnapshotPublisher(Engine engine, SnapshotStore store, Settings settings)
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
        foreach (var set in Catalog.Published)
        {
            if (!(await PublishSet(set, release.Release, cancellation)).Succeeded(out var published, out var error))
            {
                return error;
            }

            files.AddRange(published);
        }

        var sources = await engine.Session(connection => DataPackage.SourcesAt(connection, release.Release), cancellation);
        if (!sources.Succeeded(out var known, out var problem))
        {
            return problem;
        }

        files.AddRange(await PublishWhole(new DataPackage(release, known, settings.License), files, cancellation));
        await store.Complete(new SnapshotManifest(release.Release, release.CommittedAt, files), cancellation);
        return await store.Find(release.Release, cancellation)
            ?? throw new InvalidOperationException($"The manifest of release {release.Release} is gone right after it was written.");
    }

    private async Task<Result<IReadOnlyList<SnapshotFile>>> PublishSet(Dataset set, int release, CancellationToken cancellation)
    {
        var effective = engine.History.EffectiveRelease(release, [set]);
        var files = SnapshotForm.All.Select(form =>
            new SnapshotFile(form.FileOf(set), set.Name, Place(set, form, effective), form.MediaType, 0, 0, "")).ToArray();
        var there = await Task.WhenAll(files.Select(file => store.Claim(file, cancellation)));
        return there.OfType<SnapshotFile>().ToArray() is { } all && all.Length == files.Length ? all : await WriteSet(set, effective, files, cancellation);
    }

    /// <summary>Parquet lies in the folder of a table that others read by its log.</summary>
    private static string Place(Dataset set, SnapshotForm form, int release) =>
        form == SnapshotForm.Parquet ? DeltaTables.Place(set, release) : $"files/{release:D10}-{SetShape.Of(set)}/{form.FileOf(set)}";

    private async Task<Result<IReadOnlyList<SnapshotFile>>> WriteSet(Dataset set, int release, IReadOnlyList<SnapshotFile> files, CancellationToken cancellation)
    {
        using var folder = engine.NewWorkFolder();
        var written = await engine.Session(
            SetFiles.Query(set, release), (connection, query) => SetFiles.Write(connection, set, query, folder, cancellation), cancellation);
        if (!written.Succeeded(out var rows, out var error))
        {
            return error;
        }

        await SetFiles.Compress(set, folder, cancellation);
        return await Task.WhenAll(files.Select(file => Keep(file with { Rows = rows }, folder, cancellation)));
    }

    /// <summary>The files that hold all sets. They are the release's own, since they say which release they are of.</summary>
    private async Task<SnapshotFile[]> PublishWhole(DataPackage package, IReadOnlyList<SnapshotFile> files, CancellationToken cancellation)
    {
        using var folder = engine.NewWorkFolder();
        var description = Whole(package, DataPackage.FileName, DataPackage.MediaType, files);
        await File.WriteAllBytesAsync(folder.File(description.Name), package.Describe(files), cancellation);

        var tables = files.Where(file => SnapshotForm.Of(file) == SnapshotForm.Csv).ToList();
        var archive = Whole(package, ReleaseArchive.FileName, ReleaseArchive.MediaType, tables);
        if (await store.Claim(archive, cancellation) is not { } there)
        {
            await using (var zip = File.Create(folder.File(archive.Name)))
            {
                await ReleaseArchive.Write(zip, package, tables, store.Open, cancellation);
            }

            there = await Keep(archive, folder, cancellation);
        }

        return [await Keep(description, folder, cancellation), there];
    }

    private static SnapshotFile Whole(DataPackage package, string name, string mediaType, IReadOnlyList<SnapshotFile> files)
    {
        var rows = files.Where(file => SnapshotForm.Of(file) == SnapshotForm.Csv).Sum(file => file.Rows);
        return new(name, null, $"releases/{package.Release.Release:D10}-{SetShape.OfAll}/{name}", mediaType, 0, rows, "");
    }

    /// <summary>Stores a file of the folder. Where another instance was first, its file counts; it holds the same rows.</summary>
    private async Task<SnapshotFile> Keep(SnapshotFile file, WorkFolder folder, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(folder.File(file.Name));
        var hash = await SHA256.HashDataAsync(content, cancellation);
        content.Position = 0;
        var complete = file with { Bytes = content.Length, Sha256 = Convert.ToHexStringLower(hash) };
        return await store.Write(complete, content, cancellation) ? complete : await store.Claim(complete, cancellation)
            ?? throw new InvalidOperationException($"The file {file.Blob} is gone right after another instance wrote it.");
    }
}
