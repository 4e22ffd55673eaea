using System.Buffers;
using System.IO.MemoryMappedFiles;
using ConflictData.RowFiles;

namespace ConflictData.Submissions;

/// <summary>
/// A file on the local disk that is read as if it were memory: the system brings in what is read and lets go of what was. It ends with the
/// process at the latest.
/// </summary>
internal sealed class MappedFile : MemoryManager<byte>
{
    private const int Step = 128 * 1024;

    private readonly MemoryMappedFile? map;
    private readonly MemoryMappedViewAccessor? view;
    private readonly int length;
    private unsafe byte* start;

    private unsafe MappedFile(FileStream file)
    {
        length = (int)file.Length;
        if (length > 0)
        {
            map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            start += view.PointerOffset;
        }
        else
        {
            file.Dispose();
        }
    }

    /// <summary>Writes a stream to a file; null where it is longer than allowed.</summary>
    public static async Task<MappedFile?> Write(Stream content, int atMost, CancellationToken cancellation)
    {
        var file = new LocalFile(Path.GetTempPath());
        try
        {
            if (!await Copy(content, file, atMost, cancellation))
            {
                file.Dispose();
                return null;
            }

            return new MappedFile(file.Stream);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override unsafe Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(length > 0 && start is null, this);
        return new(start, length);
    }

    public override unsafe MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

    public override void Unpin()
    {
        // The mapping does not move.
    }

    protected override unsafe void Dispose(bool disposing)
    {
        if (start is null)
        {
            return;
        }

        start = null;
        view!.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map!.Dispose();
    }

    private static async Task<bool> Copy(Stream content, LocalFile file, int atMost, CancellationToken cancellation)
    {
        var buffer = new byte[Step];
        var length = 0;
        for (int count; (count = await content.ReadAsync(buffer, cancellation)) > 0; length += count)
        {
            if (count > atMost - length)
            {
                return false;
            }

            file.Write(buffer.AsSpan(0, count), length);
        }

        return true;
    }
}
