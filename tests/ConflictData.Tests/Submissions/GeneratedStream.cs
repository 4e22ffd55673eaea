using System.Text;

namespace ConflictData.Tests.Submissions;

/// <summary>Texts one after the other, each made when it is read.</summary>
internal sealed class GeneratedStream(IEnumerable<string> texts) : Stream
{
    private readonly IEnumerator<string> texts = texts.GetEnumerator();
    private ReadOnlyMemory<byte> rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (rest.IsEmpty && texts.MoveNext())
        {
            rest = Encoding.UTF8.GetBytes(texts.Current);
        }

        var taken = rest[..Math.Min(count, rest.Length)];
        taken.CopyTo(buffer.AsMemory(offset));
        rest = rest[taken.Length..];
        return taken.Length;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
