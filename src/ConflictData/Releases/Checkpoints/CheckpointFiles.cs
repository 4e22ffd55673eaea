using System.Security.Cryptography;
using System.Text.Json;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.Releases;

/// <summary>The files of a checkpoint in a folder of the engine: each dataset's under its name, and the commits.</summary>
internal static class CheckpointFiles
{
    private const int AtOnce = 4;

    /// <summary>Fetches all files, each made sure of.</summary>
    /// <exception cref="InvalidDataException">One is missing, or not what the manifest says.</exception>
    public static Task Download(CheckpointStore store, CheckpointManifest manifest, WorkFolder folder, CancellationToken cancellation) => Each(
        Names.Select(manifest.File),
        (file, stop) => store.Download(file, folder.File(file.Name), stop),
        cancellation);

    public static Task Upload(CheckpointStore store, CheckpointManifest manifest, WorkFolder folder, CancellationToken cancellation) => Each(
        manifest.Files,
        (file, stop) => store.Upload(file, folder.File(file.Name), stop),
        cancellation);

    /// <exception cref="InvalidDataException">They do not follow each other from the first, or not in each dataset.</exception>
    public static async Task<IReadOnlyList<Commit>> ReadCommits(WorkFolder folder, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(folder.File(CheckpointManifest.Commits));
        var commits = await JsonSerializer.DeserializeAsync(content, CheckpointJson.Default.IReadOnlyListCommit, cancellation) ?? [];
        var last = Catalog.All.ToDictionary(dataset => dataset.Name, _ => 0L);
        for (var index = 0; index < commits.Count; index++)
        {
            if (commits[index].Release != index + 1 || !commits[index].Datasets.All(extent => Follows(extent, last)))
            {
                throw new InvalidDataException($"The commits do not go on with release {index + 1} where they should.");
            }
        }

        return commits;
    }

    public static async Task WriteCommits(WorkFolder folder, IReadOnlyList<Commit> commits, CancellationToken cancellation)
    {
        await using var content = File.Create(folder.File(CheckpointManifest.Commits));
        await JsonSerializer.SerializeAsync(content, commits, CheckpointJson.Default.IReadOnlyListCommit, cancellation);
    }

    /// <summary>What the manifest says of a file, with its hash.</summary>
    public static async Task<CheckpointFile> Describe(WorkFolder folder, string name, string blobFolder, long rows, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(folder.File(name));
        var hash = await SHA256.HashDataAsync(content, cancellation);
        return new(name, blobFolder + name, rows, content.Length, Convert.ToHexStringLower(hash));
    }

    /// <summary>The largest first: the others come beside it.</summary>
    private static Task Each(IEnumerable<CheckpointFile> files, Func<CheckpointFile, CancellationToken, Task> act, CancellationToken cancellation) => Parallel.ForEachAsync(
        files.OrderByDescending(file => file.Bytes),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
        async (file, stop) => await act(file, stop));

    private static IEnumerable<string> Names => [.. Catalog.All.Select(dataset => dataset.Name), CheckpointManifest.Commits];

    private static bool Follows(DatasetExtent extent, Dictionary<string, long> last)
    {
        if (!last.TryGetValue(extent.Dataset, out var sequence) || extent.FirstSequence != sequence + 1 || extent.Rows < 0)
        {
            return false;
        }

        last[extent.Dataset] = sequence + extent.Rows;
        return true;
    }
}
