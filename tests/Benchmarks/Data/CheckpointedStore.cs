using ConflictData;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Storage;
using LocalFunctionsHost.Storage;

namespace Benchmarks.Data;

/// <summary>An Azurite of its own with the log of the generated releases and the checkpoint of the last one. The revisions themselves are in the checkpoint alone.</summary>
internal sealed class CheckpointedStore : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("benchmark-storage-");
    private AzuriteProcess? azurite;

    /// <summary>Connection string of the emulator.</summary>
    public string ConnectionString => azurite!.ConnectionString;

    public static async Task<CheckpointedStore> Make(GeneratedReleases releases)
    {
        var made = new CheckpointedStore();
        made.azurite = await AzuriteProcess.Start(new(made.folder.FullName), CancellationToken.None);
        var settings = new Settings { AzureWebJobsStorage = made.ConnectionString };
        var account = new StorageAccount(settings);
        await account.EnsureCreated(CancellationToken.None);
        await using var engine = new Engine(settings, TimeProvider.System);
        await Commit(releases, engine, new TableReleaseStore(account, TimeProvider.System));
        var written = await new CheckpointWriter(engine, new CheckpointStore(account)).Write(engine.History, CancellationToken.None);
        return written.Value ? made : throw new InvalidOperationException($"The checkpoint could not be made. {written.Error}");
    }

    public async ValueTask DisposeAsync()
    {
        await (azurite?.DisposeAsync() ?? default);
        folder.Delete(recursive: true);
    }

    private static async Task Commit(GeneratedReleases releases, Engine engine, TableReleaseStore store)
    {
        foreach (var release in releases.All())
        {
            var hashed = release with
            {
                Commit = release.Commit with { Datasets = Extents.Of(release.Revisions, dataset => engine.LastSequence(dataset)) },
            };
            engine.Apply([hashed], CancellationToken.None);
            await store.TryCommit(hashed.Commit, CancellationToken.None);
        }
    }
}
