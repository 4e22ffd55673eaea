using System.Collections.Concurrent;
using System.Text.Json;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;

namespace ConflictData.Releases;

/// <summary>
/// Loads the newest checkpoint that is sound into an empty engine. One that is damaged, incomplete or not of this log is told of in
/// the app's log, and the one before it is tried.
/// </summary>
public sealed class CheckpointReader(CheckpointStore store, TimeProvider clock, ILogger<CheckpointReader> log)
{
    private readonly ConcurrentDictionary<int, bool> refused = new();

    /// <summary>True for the release of a checkpoint that could not be used here, so that another one is worth making.</summary>
    public bool HasRefused(int release) => refused.ContainsKey(release);

    /// <summary>Loads a checkpoint if there is a sound one; the commits after it are the caller's to load.</summary>
    public async Task Load(Engine engine, IReleaseReader releases, CancellationToken cancellation)
    {
        await foreach (var entry in store.Newest(cancellation))
        {
            if (await TryLoad(entry, engine, releases, cancellation))
            {
                return;
            }
        }
    }

    private async Task<bool> TryLoad(CheckpointEntry entry, Engine engine, IReleaseReader releases, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        try
        {
            await LoadNow(await store.Read(entry, cancellation), entry.Release, engine, releases, cancellation);
            log.CheckpointLoaded(entry.Release, (long)clock.GetElapsedTime(started).TotalMilliseconds);
            return true;
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            refused.TryAdd(entry.Release, true);
            log.CheckpointRefused(damage, entry.Release);
            return false;
        }
    }

    private async Task LoadNow(CheckpointManifest manifest, int release, Engine engine, IReleaseReader releases, CancellationToken cancellation)
    {
        Require(manifest.Schema == CheckpointManifest.CurrentSchema, $"It is of the schema {manifest.Schema}, not {CheckpointManifest.CurrentSchema}.");
        Require(manifest.Release == release, $"It stands under release {release}, but says {manifest.Release}.");
        using var folder = engine.NewWorkFolder();
        var committed = releases.CommitsAfter(release - 1, cancellation).FirstOrDefaultAsync(cancellation);
        await CheckpointFiles.Download(store, manifest, folder, cancellation);
        var commits = await CheckpointFiles.ReadCommits(folder, cancellation);
        Require(commits.Count == release && IsSame(commits[^1], await committed), $"Its commits do not end with release {release} of the log.");
        engine.Load(commits, Catalog.All.ToDictionary(dataset => dataset, dataset => folder.File(dataset.Name)));
    }

    /// <summary>The file, or our own place for it; not the way to storage, which is tried again.</summary>
    private static bool IsDamage(Exception problem) => problem is InvalidDataException or JsonException or DuckDBException
        || (problem is IOException and not HttpIOException && !Failures.IsStorage(problem));

    /// <summary>The extents tell how many revisions there are up to here, and the submission's random id that it is the same log.</summary>
    private static bool IsSame(Commit commit, Commit? logged) => logged is not null
        && (commit.Release, commit.SubmissionId, commit.CommittedAt) == (logged.Release, logged.SubmissionId, logged.CommittedAt)
        && commit.Datasets.SequenceEqual(logged.Datasets);

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidDataException(problem);
        }
    }
}
