namespace ConflictData.Query;

/// <summary>
/// A folder under the temporary path that ends with its owner. A process that was killed leaves its own behind; whoever makes
/// the next one removes it. A lock file beside each, which the system frees with the process, tells which are still in use.
/// </summary>
internal sealed class EngineFolder : IDisposable
{
    private const string Prefix = "conflictdata-engine-";
    private const string LockSuffix = ".lock";

    private readonly FileStream held;

    public EngineFolder()
    {
        RemoveAbandoned();
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Prefix}{Guid.NewGuid():N}");
        held = Lock(Path);
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        held.Dispose();
    }

    /// <summary>Housekeeping at best: what cannot be removed now is left for the next time.</summary>
    private static void RemoveAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Prefix}*"))
        {
            try
            {
                using var free = Lock(folder);
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // In use, or somebody else's.
            }
        }
    }

    private static FileStream Lock(string folder) =>
        new(folder + LockSuffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
}
