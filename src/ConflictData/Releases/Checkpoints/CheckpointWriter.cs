using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using DuckDB.NET.Data;

namespace ConflictData.Releases;

/// <summary>
/// Makes the checkpoint of a release from the engine. Files first, then they are fetched again and compared with the log, then
/// the manifest: what is pointed to has been read. Two at once make one.
/// </summary>
public sealed class CheckpointWriter(Engine engine, CheckpointStore store)
{
    /// <summary>Makes the checkpoint of the newest of some releases that the engine holds.</summary>
    /// <returns>True when this call made it, false where another one was faster; or <see cref="ErrorCode.Busy"/> or <see cref="ErrorCode.TimedOut"/>.</returns>
    /// <exception cref="InvalidDataException">What was written is not what the log has; nothing points to it.</exception>
    public async Task<Result<bool>> Write(ReleaseHistory history, CancellationToken cancellation)
    {
        using var folder = engine.NewWorkFolder();
        if (await WriteFiles(history, folder, cancellation) is { } error)
        {
            return error;
        }

        if (!(await Manifest(history, folder, cancellation)).Succeeded(out var manifest, out var unknown))
        {
            return unknown;
        }

        await CheckpointFiles.Upload(store, manifest, folder, cancellation);
        if (await Check(manifest, history, cancellation) is { } doubt)
        {
            return doubt;
        }

        return await store.TryComplete(manifest, cancellation) || await Leave(manifest, cancellation);
    }

    private async Task<ApiError?> WriteFiles(ReleaseHistory history, WorkFolder folder, CancellationToken cancellation)
    {
        await CheckpointFiles.WriteCommits(folder, history.Commits, cancellation);
        return await EachDataset(
            (connection, dataset) => CheckpointTables.Write(connection, dataset, history.Commits.Count, folder.File(dataset.Name)),
            cancellation);
    }

    private async Task<Result<CheckpointManifest>> Manifest(ReleaseHistory history, WorkFolder folder, CancellationToken cancellation)
    {
        if (!(await engine.Session(Version, cancellation)).Succeeded(out var version, out var error))
        {
            return error;
        }

        var blobs = CheckpointStore.NewFolder(history.Commits.Count);
        var files = new List<CheckpointFile>
        {
            await CheckpointFiles.Describe(folder, CheckpointManifest.Commits, blobs, history.Commits.Count, cancellation),
        };
        foreach (var dataset in Catalog.All)
        {
            files.Add(await CheckpointFiles.Describe(folder, dataset.Name, blobs, history.LastSequence(dataset), cancellation));
        }

        return new CheckpointManifest(CheckpointManifest.CurrentSchema, version, history.Commits.Count, files);
    }

    /// <summary>Fetches the files as a cold start does, and compares every revision in them with the log.</summary>
    private async Task<ApiError?> Check(CheckpointManifest manifest, ReleaseHistory history, CancellationToken cancellation)
    {
        using var folder = engine.NewWorkFolder();
        await CheckpointFiles.Download(store, manifest, folder, cancellation);
        return await EachDataset(
            (connection, dataset) => CheckpointCheck.Run(connection, dataset, folder.File(dataset.Name), history, cancellation),
            cancellation);
    }

    /// <summary>A session for each, so that the checks of submissions get their turn between them.</summary>
    private async Task<ApiError?> EachDataset(Action<DuckDBConnection, Dataset> work, CancellationToken cancellation)
    {
        foreach (var dataset in Catalog.All)
        {
            var done = await engine.Session(
                connection =>
                {
                    work(connection, dataset);
                    return true;
                },
                cancellation);
            if (done.Error is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>Another one stands: takes the files away that nothing will ever name.</summary>
    private async Task<bool> Leave(CheckpointManifest manifest, CancellationToken cancellation)
    {
        foreach (var file in manifest.Files)
        {
            await store.Delete(file.Blob, cancellation);
        }

        return false;
    }

    private static string Version(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT version()";
        return (string)command.ExecuteScalar()!;
    }
}
