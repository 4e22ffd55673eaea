using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

/// <summary>How much of unpacked contents is held at once.</summary>
public sealed class PayloadRoomTests
{
    private const long Megabyte = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_there_is_no_room_for_waits_until_others_have_gone()
    {
        var room = new PayloadRoom(10, TimeSpan.FromMinutes(1));
        using var first = room.Enter();
        using var second = room.Enter();
        Assert.True(await first.Take(7 * Megabyte, Cancellation));

        var waiting = second.Take(7 * Megabyte, Cancellation);
        Assert.False(waiting.IsCompleted);
        first.Dispose();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Whoever_waits_too_long_is_turned_away_and_holds_nothing()
    {
        var room = new PayloadRoom(10, TimeSpan.FromMilliseconds(1));
        using var first = room.Enter();
        using var second = room.Enter();
        using var third = room.Enter();
        Assert.True(await first.Take(7 * Megabyte, Cancellation));

        Assert.False(await second.Take(7 * Megabyte, Cancellation));
        Assert.True(await third.Take(3 * Megabyte, Cancellation));
    }

    [Fact]
    public async Task What_is_small_never_waits_and_what_is_larger_than_all_room_takes_all_of_it()
    {
        var room = new PayloadRoom(10, TimeSpan.FromMilliseconds(1));
        using var all = room.Enter();
        using var small = room.Enter();

        Assert.True(await all.Take(1000 * Megabyte, Cancellation));
        Assert.True(await small.Take(Megabyte - 1, Cancellation));
        Assert.False(await small.Take(Megabyte, Cancellation));
    }

    [Fact]
    public async Task Nobody_waits_for_what_they_hold_themselves()
    {
        using var visit = new PayloadRoom(10, TimeSpan.FromMilliseconds(1)).Enter();

        Assert.True(await visit.Take(8 * Megabyte, Cancellation));
        Assert.True(await visit.Take(8 * Megabyte, Cancellation));
    }

    [Fact]
    public async Task Many_at_once_all_get_their_turn()
    {
        var room = new PayloadRoom(10, TimeSpan.FromMinutes(1));
        await Parallel.ForAsync(0, 1000, Cancellation, async (number, cancellation) =>
        {
            using var visit = room.Enter();
            Assert.True(await visit.Take(number % 11 * Megabyte, cancellation));
            await Task.Yield();
        });

        using var last = room.Enter();
        Assert.True(await last.Take(10 * Megabyte, Cancellation));
    }
}
