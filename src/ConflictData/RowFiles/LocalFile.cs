namespace ConflictData.RowFiles;

/// <summary>
/// A file in the temporary folder of the local disk that ends with its owner, and with the process at the latest. Where the disk fails, which
/// must look neither like damage to what is being read nor like a failure of storage, all of it throws <see cref="LocalDiskException"/>.
/// </summary>
internal sealed class LocalFile : IDisposable
{
    private readonly string folder;

    /// <summary>Where the system can, the name goes at once, so that a process which is killed leaves no file behind.</summary>
    public LocalFile(string folder)
    {
        this.folder = folder;
        try
        {
            var path = Path.Combine(folder, $"conflict-{Path.GetRandomFileName()}");
            Stream = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path);
            }
        }
        catch (Exception reason) when (IsOfTheDisk(reason))
        {
            throw new LocalDiskException(folder, reason);
        }
    }

    public FileStream Stream { get; }

    public void Write(ReadOnlySpan<byte> bytes, long at)
    {
        try
        {
            RandomAccess.Write(Stream.SafeFileHandle, bytes, at);
        }
        catch (Exception reason) when (IsOfTheDisk(reason))
        {
            throw new LocalDiskException(folder, reason);
        }
    }

    /// <summary>Fills all of the bytes.</summary>
    public void Read(Span<byte> bytes, long at)
    {
        try
        {
            for (var read = 0; read < bytes.Length;)
            {
                var count = RandomAccess.Read(Stream.SafeFileHandle, bytes[read..], at + read);
                read += count > 0 ? count : throw new EndOfStreamException("The file is shorter than what was written to it.");
            }
        }
        catch (Exception reason) when (IsOfTheDisk(reason))
        {
            throw new LocalDiskException(folder, reason);
        }
    }

    public void Dispose() => Stream.Dispose();

    private static bool IsOfTheDisk(Exception reason) => reason is IOException or UnauthorizedAccessException;
}
