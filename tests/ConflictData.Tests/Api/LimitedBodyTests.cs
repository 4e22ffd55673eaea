using ConflictData.Api;

namespace ConflictData.Tests.Api;

/// <summary>How bodies are read that are held in memory.</summary>
public sealed class LimitedBodyTests
{
    private const int Most = 1_000_000;

    [Theory]
    [InlineData(0, 0L)]
    [InlineData(1, 1L)]
    [InlineData(400_000, 400_000L)]
    [InlineData(400_000, null)]
    [InlineData(400_000, 7L)]
    [InlineData(400_000, 999_999L)]
    [InlineData(400_000, long.MaxValue)]
    [InlineData(Most, (long)Most)]
    public async Task A_body_is_read_as_it_is_whatever_its_length_is_said_to_be(int length, long? expected)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);

        Assert.Equal(bytes, await LimitedBody.Read(new MemoryStream(bytes), Most, TestContext.Current.CancellationToken, expected));
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_none() =>
        Assert.Null(await LimitedBody.Read(new MemoryStream(new byte[Most + 1]), Most, TestContext.Current.CancellationToken, Most));

    [Fact]
    public async Task A_length_that_is_only_said_takes_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        await LimitedBody.Read(Stream.Null, 500_000_000, TestContext.Current.CancellationToken, 500_000_000);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }
}
