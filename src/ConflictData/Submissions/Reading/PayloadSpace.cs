using ConflictData.Api;

namespace ConflictData.Submissions;

/// <summary>Where a payload and what is unpacked from it lie while the rows are read. What it gives out is gone when it is disposed of.</summary>
internal sealed class PayloadSpace(PayloadLimits limits) : IDisposable
{
    private readonly List<MappedFile> files = [];
    private readonly PayloadRoom.Visit visit = PayloadRoom.Shared.Enter();

    public PayloadLimits Limits => limits;

    /// <summary>False where there was no memory for so many bytes in time; the disk needs none.</summary>
    public async Task<bool> HasRoom(long bytes, CancellationToken cancellation) => limits.OnDisk || await visit.Take(bytes, cancellation);

    /// <summary>Everything that a stream gives; null where that is more than allowed.</summary>
    public async Task<ReadOnlyMemory<byte>?> Keep(Stream content, int atMost, CancellationToken cancellation, long? expectedBytes = null)
    {
        if (!limits.OnDisk)
        {
            var bytes = await LimitedBody.Read(content, atMost, cancellation, expectedBytes);
            return bytes is null ? default(ReadOnlyMemory<byte>?) : bytes;
        }

        if (await MappedFile.Write(content, atMost, cancellation) is not { } file)
        {
            return null;
        }

        files.Add(file);
        return file.Memory;
    }

    /// <summary>Bytes as a stream that can be searched.</summary>
    public static Stream Open(ReadOnlyMemory<byte> bytes) => BinaryData.FromBytes(bytes).ToStream();

    public void Dispose()
    {
        foreach (IDisposable file in files)
        {
            file.Dispose();
        }

        files.Clear();
        visit.Dispose();
    }
}
