using ConflictData.Housekeeping;
using ConflictData.Query;
using ConflictData.Tests.Releases;

namespace ConflictData.Tests.Query;

/// <summary>How full an engine is, and what still has room.</summary>
public sealed class EngineRoomTests
{
    [Theory]
    [InlineData(0, 900, true)]
    [InlineData(0, 901, false)]
    [InlineData(895, 11, false)]
    [InlineData(895, 10, true)]
    [InlineData(990, 10, true)]
    [InlineData(991, 10, false)]
    public void Nine_tenths_are_for_all_changes_and_the_last_for_small_ones(long held, long needed, bool isFitting) =>
        Assert.Equal(isFitting, new EngineRoom(held * 1_000_000, 1_000_000_000).Refusal(needed * 1_000_000) is null);

    [Theory]
    [InlineData("1200MB", 1_200_000_000)]
    [InlineData("1.5GB", 1_500_000_000)]
    [InlineData("900 MiB", 943_718_400)]
    [InlineData("64KB", 64_000)]
    public async Task The_limit_is_that_of_the_setting(string memory, long bytes)
    {
        Assert.Equal(bytes, new Settings { EngineMemory = memory }.EngineMemoryBytes);
        await using var engine = EngineReading.NewEngine();
        Assert.True(engine.Room is { Held: 0, Limit: >= 1_200_000_000 });
    }

    [Fact]
    public async Task An_engine_that_is_four_fifths_full_is_told_of_in_each_round()
    {
        await using var engine = EngineReading.NewEngine(new() { EngineMemory = "40MB" });
        var (log, lines, random) = (new TestLog(), new LogLines<EngineFill>(), new Random(7));
        var round = new EngineFill(engine, lines);
        while (engine.Room.Share <= 0.8)
        {
            await round.Run(CancellationToken.None);
            Assert.Empty(lines.All);
            engine.Apply([log.Add(Enumerable.Range(0, 2000).Select(row => TestLog.Place($"p{log.Commits.Count}-{row}", Words(random))).ToList())], CancellationToken.None);
        }

        await round.Run(CancellationToken.None);
        Assert.Matches("^Warning: The engine holds 3[0-9] of the 40 MB that it may take; .* Raise the setting EngineMemory", Assert.Single(lines.All));
    }

    private static string Words(Random random) => string.Concat(Enumerable.Range(0, 400).Select(_ => random.Next(10_000_000, 99_999_999)));
}
