using ConflictData.Api;
using ConflictData.Tests.Submissions;

namespace ConflictData.Tests.Faults;

/// <summary>
/// A fault before and after each call of storage that a submission makes, one after the other until it passes untouched: what was
/// acknowledged is there once, nothing is seen by half, releases have no gaps, and every instance says the same.
/// </summary>
public sealed class KillPointTests(AzuriteFixture azurite)
{
    /// <summary>So many calls a submission makes at least; with fewer the faults have missed it.</summary>
    private const int FewestCalls = 8;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_instance_may_die_at_any_call(Kind kind)
    {
        await using var store = await TrialStore.Start(azurite, kind);
        await AtEach(number => store.Dies(number, Moment.Arrived));
        await AtEach(number => store.Dies(number, Moment.Answered));
        await store.AssertSound();
    }

    [Theory]
    [InlineData(Kind.Upsert)]
    [InlineData(Kind.Replace)]
    [InlineData(Kind.Refused)]
    public async Task So_may_the_one_that_took_over(Kind kind)
    {
        await using var store = await TrialStore.Start(azurite, kind);
        await AtEach(number => store.DiesAsSecond(number, Moment.Arrived));
        await AtEach(number => store.DiesAsSecond(number, Moment.Answered));
        await store.AssertSound();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_instance_may_be_held_up_at_any_call_until_another_has_done_its_work(Kind kind)
    {
        await using var store = await TrialStore.Start(azurite, kind);
        await AtEach(number => store.Pauses(number, Moment.Arrived));
        await AtEach(number => store.Pauses(number, Moment.Answered));
        await store.AssertSound();
    }

    [Theory]
    [InlineData(Kind.Upsert)]
    [InlineData(Kind.Retract)]
    public async Task Or_until_another_has_died_over_it(Kind kind)
    {
        await using var store = await TrialStore.Start(azurite, kind);
        await AtEach(number => store.PausesUntilNextDies(number, Moment.Arrived));
        await AtEach(number => store.PausesUntilNextDies(number, Moment.Answered));
        await store.AssertSound();
    }

    [Theory]
    [InlineData(Kind.Upsert)]
    [InlineData(Kind.Replace)]
    [InlineData(Kind.Refused)]
    public async Task One_call_that_fails_is_not_noticed(Kind kind)
    {
        await using var store = await TrialStore.Start(azurite, kind);
        foreach (var fault in new[] { Fault.Reset, Fault.DropAnswer, Fault.CutAnswer })
        {
            await AtEach(number => store.Stumbles(number, fault));
        }

        await store.AssertSound();
    }

    [Fact]
    public async Task Storage_that_can_be_read_and_takes_no_writes_is_away()
    {
        var prefix = azurite.NewPrefix();
        await using var sound = await Instance.Start(azurite.ConnectionString, prefix);
        await using var proxy = new StorageProxy(azurite.ConnectionString, request => request.IsWrite ? Fault.Reset : Fault.None);
        await using var app = new Instance(proxy.ConnectionString, prefix);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => app.Send("Actors", Trial.Before("a")));
        Assert.True(Failures.IsStorage(failure), $"{failure}");
        await sound.Report(201, "Actors", Trial.Before("a"));
    }

    public static TheoryData<Kind> Kinds { get; } = [.. Enum.GetValues<Kind>()];

    private static async Task AtEach(Func<int, Task<bool>> fault)
    {
        var number = 0;
        while (await fault(number))
        {
            number++;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{number} calls");
        Assert.True(number >= FewestCalls, $"only {number} calls were met");
    }
}
