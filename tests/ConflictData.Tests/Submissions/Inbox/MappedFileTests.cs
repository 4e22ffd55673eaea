using System.Text;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

/// <summary>Payloads that lie on the disk while they are read.</summary>
public sealed class MappedFileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static PayloadSpace OnDisk() => new(PayloadLimits.File(10));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(300_001)]
    public async Task What_is_kept_reads_as_it_was(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        using var space = OnDisk();
        var kept = (await space.Keep(new MemoryStream(bytes), length, Cancellation))!.Value;
        Assert.Equal(bytes, kept.ToArray());
        using var stream = PayloadSpace.Open(kept);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancellation);
        Assert.Equal(bytes, copy.ToArray());
        using var pinned = kept.Pin();
    }

    [Fact]
    public async Task More_than_is_allowed_is_not_kept()
    {
        using var space = OnDisk();
        Assert.Null(await space.Keep(new MemoryStream(new byte[11]), 10, Cancellation));
    }

    [Fact]
    public async Task What_is_disposed_of_cannot_be_read_and_leaves_nothing()
    {
        var space = OnDisk();
        var kept = (await space.Keep(new MemoryStream(Encoding.UTF8.GetBytes("text")), 10, Cancellation))!.Value;
        space.Dispose();
        space.Dispose();
        Assert.Throws<ObjectDisposedException>(() => kept.Span.Length);
    }

    [Fact]
    public async Task A_gzip_that_unpacks_to_more_than_is_allowed_is_refused()
    {
        using var space = new PayloadSpace(PayloadLimits.File(10) with { UnpackedBytes = 1_000_000 });
        var bomb = InboxStore.Gzipped(new byte[1_000_001]);
        Assert.Contains("Unpacked, the file is larger", (await Unpacked.Gzip(bomb, space, Cancellation)).Error?.Detail);
    }
}
