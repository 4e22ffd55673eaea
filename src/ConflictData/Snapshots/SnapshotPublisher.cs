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
        // What the engine holds is at least what is known here, so no file has rows as they were before one of these redactions.
        var history = engine.History;
        var target = PublishedRelease.Of(release.Release, history.Redactions);
        if (await store.Find(target, cancellation) is { } published)
        {
            return published;
        }

        await oneAtATime.WaitAsync(cancellation);
        try
        {
            return await store.Find(target, cancellation) is { } meanwhile ? meanwhile : await PublishNow(release, target, history, cancellation);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private async Task<Result<SnapshotManifest>> PublishNow(Commit release, PublishedRelease target, ReleaseHistory history, CancellationToken cancellation)
    {
        var files = new List<SnapshotFile>();
        foreach (var set in Catalog.Published)
        {
            if (!(await PublishSet(set, release.Release, history, cancellation)).Succeeded(out var published, out var error))
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

        files.AddRange(await PublishWhole(target, new DataPackage(release, known, settings.License), files, cancellation));
        await store.Complete(target, new SnapshotManifest(release.Release, release.CommittedAt, files), cancellation);
        return await store.Find(target, cancellation)
            ?? throw new InvalidOperationException($"The manifest of release {release.Release} is gone right after it was written.");
    }

    private async Task<Result<IReadOnlyList<SnapshotFile>>> PublishSet(Dataset set, int release, ReleaseHistory history, CancellationToken cancellation)
    {
        var effective = history.Effective(new(release), [set]);
        var rows = new PublishedRelease(effective.Release, effective.Redaction);
        var files = SnapshotForm.All.Select(form =>
            new SnapshotFile(form.FileOf(set), set.Name, SnapshotNames.File(set, form, rows), form.MediaType, 0, 0, "")).ToArray();
        var there = await Task.WhenAll(files.Select(file => store.Claim(file, cancellation)));
        return there.OfType<SnapshotFile>().ToArray() is { } all && all.Length == files.Length ? all : await WriteSet(set, effective.Release, files, cancellation);
    }

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
    private async Task<SnapshotFile[]> PublishWhole(PublishedRelease target, DataPackage package, IReadOnlyList<SnapshotFile> files, CancellationToken cancellation)
    {
        using var folder = engine.NewWorkFolder();
        var description = Whole(target, DataPackage.FileName, DataPackage.MediaType, files);
        await File.WriteAllBytesAsync(folder.File(description.Name), package.Describe(files), cancellation);

        var tables = files.Where(file => SnapshotForm.Of(file) == SnapshotForm.Csv).ToList();
        var archive = Whole(target, ReleaseArchive.FileName, ReleaseArchive.MediaType, tables);
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

    private static SnapshotFile Whole(PublishedRelease target, string name, string mediaType, IReadOnlyList<SnapshotFile> files)
    {
        var rows = files.Where(file => SnapshotForm.Of(file) == SnapshotForm.Csv).Sum(file => file.Rows);
        return new(name, null, SnapshotNames.Whole(target, name), mediaType, 0, rows, "");
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
