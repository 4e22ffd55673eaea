namespace ConflictData.Submissions;

/// <summary>
/// Gives gzipped bytes to a <see cref="System.IO.Compression.GZipStream"/> such that its end can be told from a cut or from something that
/// is no member: there the library ends as quietly as at the end, with up to a buffer of it taken. So the last bytes come one by one, and
/// after them those of <see cref="Beyond"/>: who is done asks for one of them, to see that no member follows.
/// </summary>
internal sealed class GzipSource(ReadOnlyMemory<byte> packed) : Stream
{
    /// <summary>No member begins with it, and no length of contents that are taken ends with it.</summary>
    private const byte Beyond = 0xFF;

    /// <summary>At least what the library takes at once.</summary>
    private const int Tail = 16 * 1024;

    private const int MostBeyond = 2;

    private int taken;

    /// <summary>True where the last member ended with the last byte.</summary>
    public bool IsAtEnd => taken == packed.Length + 1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var left = packed.Length - taken;
        if (buffer.IsEmpty || left <= -MostBeyond)
        {
            return 0;
        }

        var count = Math.Clamp(left - Tail, 1, buffer.Length);
        if (left > 0)
        {
            packed.Span.Slice(taken, count).CopyTo(buffer);
        }
        else
        {
            buffer[0] = Beyond;
        }

        taken += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
