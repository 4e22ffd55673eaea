using ConflictData.Housekeeping;
using ConflictData.Tests.Releases;

namespace ConflictData.Tests.Housekeeping;

public sealed class RoundTests
{
    private readonly List<string> done = [];
    private readonly LogLines<HousekeepingRound> lines = new();

    [Fact]
    public async Task A_part_that_fails_is_logged_and_the_others_are_done()
    {
        await Round(new Part(() => done.Add("first")), new Part(() => throw new TimeoutException("Storage is gone.")), new Part(() => done.Add("third")))
            .Run(TestContext.Current.CancellationToken);

        Assert.Equal(["first", "third"], done);
        Assert.Equal("Error: Housekeeping could not do its part Part; it is tried again in the next round. Storage is gone.", Assert.Single(lines.All));
    }

    [Fact]
    public async Task A_round_that_is_cancelled_ends_there()
    {
        using var stop = new CancellationTokenSource();
        var round = Round(new Part(stop.Cancel), new Part(() => done.Add("second")));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => round.Run(stop.Token));

        Assert.Empty(done);
        Assert.Empty(lines.All);
    }

    private HousekeepingRound Round(params IHousekeepingPart[] parts) => new(parts, lines);

    private sealed class Part(Action act) : IHousekeepingPart
    {
        public Task Run(CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            act();
            cancellation.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }
    }
}
