using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ConflictData.Snapshots;

/// <summary>
/// A published file, passed on as it comes from storage: one download from where reading begins to the end, given up where
/// reading ends or goes on elsewhere. Nothing is gathered in between, so it is as fast as storage is.
/// </summary>
internal sealed class PublishedStream(BlobClient blob, long length) : Stream
{
    private Stream? download;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set
        {
            if (value != position)
            {
                Stop();
                position = value;
            }
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= length || buffer.IsEmpty)
        {
            return 0;
        }

        download ??= await Begin(cancellationToken);
        var read = await download.ReadAsync(buffer, cancellationToken);
        position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A published file is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void SetLength(long value) => throw new NotSupportedException("A published file never changes.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A published file never changes.");

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        Stop();
        base.Dispose(disposing);
    }

    private async Task<Stream> Begin(CancellationToken cancellation)
    {
        BlobDownloadStreamingResult begun = await blob.DownloadStreamingAsync(new BlobDownloadOptions { Range = new HttpRange(position) }, cancellation);
        return begun.Content;
    }

    private void Stop()
    {
        download?.Dispose();
        download = null;
    }
}
