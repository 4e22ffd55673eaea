namespace ConflictData.Releases;

/// <summary>
/// Takes old checkpoints away, those of before a redaction, and files that no manifest names. Safe beside writers and readers of checkpoints: one who
/// has its files taken away finds them missing, and makes or takes another.
/// </summary>
public sealed class CheckpointRetention(CheckpointStore store, Settings settings, TimeProvider clock)
{
    /// <summary>Another version of the app may be put back within this time and start from its own.</summary>
    private static readonly TimeSpan OtherSchemas = TimeSpan.FromDays(30);

    /// <summary>No attempt at a checkpoint takes as long; what is older and not named is left over.</summary>
    private static readonly TimeSpan Unnamed = TimeSpan.FromHours(24);

    /// <param name="oldest">Of the releases before this one nothing is kept, nor what another version wrote, which may know nothing of redactions; 0 where there are none.</param>
    /// <param name="cancellation">Stops it; the rest is for the next time.</param>
    public async Task Run(int oldest, CancellationToken cancellation)
    {
        // Files first: what is written after this look at them is not looked at.
        var files = await store.Files(clock.GetUtcNow() - Unnamed, oldest, cancellation).ToListAsync(cancellation);
        var named = new HashSet<string>(StringComparer.Ordinal);
        var kept = 0;
        await foreach (var entry in store.All(cancellation))
        {
            var isOurs = entry.Schema == CheckpointManifest.CurrentSchema;
            if (entry.Release >= oldest && (isOurs ? kept++ < settings.KeptCheckpoints : oldest == 0 && entry.WrittenAt > clock.GetUtcNow() - OtherSchemas))
            {
                named.UnionWith(await FilesOf(entry, cancellation));
            }
            else
            {
                await store.Delete(entry, cancellation);
            }
        }

        foreach (var file in files.Where(file => !named.Contains(file)))
        {
            await store.Delete(file, cancellation);
        }
    }

    /// <summary>One that cannot be read names nothing: nobody can load it either.</summary>
    private async Task<IEnumerable<string>> FilesOf(CheckpointEntry entry, CancellationToken cancellation)
    {
        try
        {
            return (await store.Read(entry, cancellation)).Files.Select(file => file.Blob);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
