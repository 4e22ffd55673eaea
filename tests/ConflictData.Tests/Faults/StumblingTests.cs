namespace ConflictData.Tests.Faults;

/// <summary>As <see cref="KillPointTests"/>, with a single call that fails: the instance lives and makes it again.</summary>
public sealed class StumblingTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(Kind.Upsert)]
    [InlineData(Kind.Replace)]
    [InlineData(Kind.Refused)]
    public async Task One_call_that_fails_is_not_noticed(Kind kind)
    {
        await using var store = await TrialStore.Start(azurite, kind);
        foreach (var fault in new[] { Fault.Reset, Fault.DropAnswer, Fault.CutAnswer })
        {
            await TrialStore.AtEach(number => store.Stumbles(number, fault));
        }

        await store.AssertSound();
    }
}
