using ConflictData.Api;
using ConflictData.Tests.Submissions;

namespace ConflictData.Tests.Faults;

/// <summary>
/// An instance dies before or after each call of storage that a submission makes, one after the other until it passes untouched: what was
/// acknowledged is there once, nothing is seen by half, releases have no gaps, and every instance says the same.
/// </summary>
public sealed class KillPointTests(AzuriteFixture azurite)
{
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_instance_may_die_at_any_call(Kind kind)
    {
        await using var store = await TrialStore.Start(azurite, kind);
        await TrialStore.AtEach(number => store.Dies(number, Moment.Arrived));
        await TrialStore.AtEach(number => store.Dies(number, Moment.Answered));
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
}
