namespace ConflictData.Query;

/// <summary>A folder within the engine's own, for files on their way into it or out of it. It ends with its owner.</summary>
public sealed class WorkFolder : IDisposable
{
    private readonly string folder;

    internal WorkFolder(string engineFolder) =>
        folder = Directory.CreateDirectory(Path.Combine(engineFolder, $"files-{Guid.NewGuid():N}")).FullName;

    /// <summary>Path of a file in it.</summary>
    public string File(string name) => Path.Combine(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
