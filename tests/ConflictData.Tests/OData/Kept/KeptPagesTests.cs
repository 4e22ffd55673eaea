using ConflictData.Api;
using ConflictData.OData;

namespace ConflictData.Tests.OData.Kept;

public sealed class KeptPagesTests
{
    private static readonly KeptPageKey Key = new("Casualties", new(1), "Id", 0, 10);

    private readonly KeptPages pages = new(1_000_000);
    private readonly TaskCompletionSource<Result<KeptPage>> rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CancellationToken> began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int renderings;

    [Fact]
    public async Task Who_asks_for_a_page_that_is_being_rendered_gets_that_one()
    {
        var first = Get(CancellationToken.None);
        await began.Task;
        var second = Get(CancellationToken.None);
        rendered.SetResult(Page(5));

        Assert.Same((await first).Value, (await second).Value);
        Assert.Same((await first).Value, (await Get(CancellationToken.None)).Value);
        Assert.Equal(1, renderings);
    }

    [Fact]
    public async Task One_who_leaves_takes_the_page_from_nobody()
    {
        using var leaves = new CancellationTokenSource();
        var first = Get(leaves.Token);
        var abandoned = await began.Task;
        var second = Get(CancellationToken.None);

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(abandoned.IsCancellationRequested);
        rendered.SetResult(Page(5));

        Assert.NotNull((await second).Value);
        Assert.Equal(1, renderings);
    }

    [Fact]
    public async Task A_page_that_nobody_waits_for_is_given_up_and_leaves_nothing()
    {
        using var leaves = new CancellationTokenSource();
        var first = Get(leaves.Token);
        var abandoned = await began.Task;
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Assert.True(abandoned.IsCancellationRequested);
        rendered.SetCanceled(abandoned);
        Assert.Equal(7, (await pages.Get(Key, _ => Task.FromResult<Result<KeptPage>>(Page(7)), CancellationToken.None)).Value?.Last);
    }

    [Fact]
    public async Task A_page_whose_last_reader_left_when_it_was_done_does_not_stop_a_new_one()
    {
        using var leaves = new CancellationTokenSource();
        var first = Get(leaves.Token);
        await began.Task;
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var other = pages.Get(Key, _ => Task.FromResult<Result<KeptPage>>(Page(7)), CancellationToken.None);

        rendered.SetResult(Page(5));

        Assert.Equal(7, (await other).Value?.Last);
    }

    [Fact]
    public async Task A_failure_is_told_to_all_who_wait_and_not_kept()
    {
        var first = Get(CancellationToken.None);
        await began.Task;
        var second = Get(CancellationToken.None);
        rendered.SetResult(new ApiError(ErrorCode.Busy, "Busy."));

        Assert.Equal([ErrorCode.Busy, ErrorCode.Busy], [(await first).Error?.Code, (await second).Error?.Code]);
        Assert.Equal(7, (await pages.Get(Key, _ => Task.FromResult<Result<KeptPage>>(Page(7)), CancellationToken.None)).Value?.Last);
    }

    [Fact]
    public async Task A_bug_is_told_to_all_who_wait_and_not_kept()
    {
        var first = Get(CancellationToken.None);
        await began.Task;
        rendered.SetException(new InvalidOperationException("bug"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        Assert.Equal(0, pages.Held);
    }

    [Fact]
    public async Task Small_pages_count_with_all_that_they_take_up()
    {
        var small = new KeptPages(10_000);
        for (var after = 0; after < 1000; after++)
        {
            await small.Get(Key with { After = after, Columns = new string('x', 300) }, _ => Task.FromResult<Result<KeptPage>>(Page(0, bytes: 10)), CancellationToken.None);
        }

        Assert.InRange(small.Held, 9000, 10_000);
    }

    [Fact]
    public async Task Where_there_is_no_room_nothing_is_kept()
    {
        var none = new KeptPages(0);
        rendered.SetResult(Page(5));
        for (var time = 0; time < 3; time++)
        {
            await none.Get(Key, Render, CancellationToken.None);
        }

        Assert.Equal((3, 0L), (renderings, none.Held));
    }

    private Task<Result<KeptPage>> Get(CancellationToken cancellation) => pages.Get(Key, Render, cancellation);

    private Task<Result<KeptPage>> Render(CancellationToken abandoned)
    {
        renderings++;
        began.TrySetResult(abandoned);
        return rendered.Task;
    }

    private static KeptPage Page(long last, int bytes = 100) => new(new DeflatedPiece(new byte[bytes], 0, bytes), 1, last);
}
