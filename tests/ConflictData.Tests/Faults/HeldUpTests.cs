namespace ConflictData.Tests.Faults;

/// <summary>As <see cref="KillPointTests"/>, with an instance that is only held up at a call, and goes on when others have done its work.</summary>
public sealed class HeldUpTests(AzuriteFixture azurite)
{
    [Theory]
    [MemberData(nameof(KillPointTests.Kinds), MemberType = typeof(KillPointTests))]
    public async Task An_instance_may_be_held_up_at_any_call_until_another_has_done_its_work(Kind kind)
    {
        await using var store = await TrialStore.Start(azurite, kind);
        await TrialStore.AtEach(number => store.Pauses(number, Moment.Arrived));
        await TrialStore.AtEach(number => store.Pauses(number, Moment.Answered));
        await store.AssertSound();
    }

    [Theory]
    [InlineData(Kind.Upsert)]
    [InlineData(Kind.Retract)]
    public async Task Or_until_another_has_died_over_it(Kind kind)
    {
        await using var store = await TrialStore.Start(azurite, kind);
        await TrialStore.AtEach(number => store.PausesUntilNextDies(number, Moment.Arrived));
        await TrialStore.AtEach(number => store.PausesUntilNextDies(number, Moment.Answered));
        await store.AssertSound();
    }
}
