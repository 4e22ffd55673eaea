namespace ConflictData.Tests.Faults;

/// <summary>As <see cref="KillPointTests"/>, with a submission that one instance has left already when the next one dies over it.</summary>
public sealed class SecondDeathTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(Kind.Upsert)]
    [InlineData(Kind.Replace)]
    [InlineData(Kind.Refused)]
    public async Task Whoever_took_over_may_die_at_any_call(Kind kind)
    {
        await using var store = await TrialStore.Start(azurite, kind);
        await TrialStore.AtEach(number => store.DiesAsSecond(number, Moment.Arrived));
        await TrialStore.AtEach(number => store.DiesAsSecond(number, Moment.Answered));
        await store.AssertSound();
    }
}
