using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using ConflictData.OData;
using ConflictData.Query;
using ConflictData.Tests.Query;

namespace ConflictData.Tests.OData.Formats;

/// <summary>Rows that are rendered on several cores come in their order, and none is being rendered when the writing is over.</summary>
public sealed class FeedWriterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(7, 1_999)]
    [InlineData(0, 2_000)]
    [InlineData(2_047, 2_001)]
    [InlineData(1, 19_999)]
    public async Task Every_row_comes_once_in_its_place(int first, int count)
    {
        await using var engine = EngineReading.NewEngine();
        using var rows = await Numbers(engine);
        using var stream = new MemoryStream();
        var output = PipeWriter.Create(stream);

        await FeedWriter.Rows(output, rows, first, count, JsonRows.Of(rows.Columns).Write, Cancellation);
        await output.CompleteAsync();

        var expected = string.Join(',', Enumerable.Range(first, count).Select(number => string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{number}},"t":"row {{number}}"}""")));
        Assert.Equal(expected, Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Where_the_client_goes_or_a_row_cannot_be_written_nothing_goes_on(int blocks)
    {
        await using var engine = EngineReading.NewEngine();
        var (active, begun) = (0, 0);
        using (var rows = await Numbers(engine))
        {
            var output = PipeWriter.Create(new GoneAfter(blocks));
            await Assert.ThrowsAsync<IOException>(() => FeedWriter.Rows(output, rows, 0, rows.RowCount, Counting(JsonRows.Of(rows.Columns).Write), Cancellation));
            await Assert.ThrowsAsync<InvalidDataException>(() => FeedWriter.Rows(
                PipeWriter.Create(Stream.Null), rows, 0, rows.RowCount, Counting((_, from, _, _) => throw (from < blocks * 2_000 ? new InvalidDataException() : new NotSupportedException())), Cancellation));
            Assert.Equal(0, active);
        }

        var before = begun;
        await Task.Yield();
        Assert.Equal(before, begun);

        RowsWriter Counting(RowsWriter writer) => (rows, from, count, output) =>
        {
            Interlocked.Increment(ref active);
            Interlocked.Increment(ref begun);
            try
            {
                writer(rows, from, count, output);
            }
            finally
            {
                Interlocked.Decrement(ref active);
            }
        };
    }

    private static async Task<QueryRows> Numbers(Engine engine) =>
        (await engine.Execute(new("SELECT range AS n, 'row ' || range AS t FROM range(20000)", [], QueryClass.Heavy), Cancellation)).Value!;

    /// <summary>Takes so many writes and then fails, as the connection of a client that went away.</summary>
    private sealed class GoneAfter(int writes) : MemoryStream
    {
        private int left = writes;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            left-- > 0 ? ValueTask.CompletedTask : throw new IOException("The client is gone.");
    }
}
