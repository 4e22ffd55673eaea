using ConflictData.Api;
using ConflictData.Tests.Submissions;

namespace ConflictData.Tests.Faults;

public sealed class TakeOverTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_comes_to_nothing_leaves_the_key_to_the_worker_before()
    {
        var prefix = azurite.NewPrefix();
        var (armed, held, goOn) = (false, new TaskCompletionSource(), new TaskCompletionSource());
        await using var slowly = new StorageProxy(azurite.ConnectionString, async (request, now) =>
        {
            if (armed && request.IsCommit && now == Moment.Arrived)
            {
                held.TrySetResult();
                await goOn.Task;
            }

            return Fault.None;
        });
        await using var blindly = new StorageProxy(azurite.ConnectionString, request => !goOn.Task.IsCompleted && IsOfRevisions(request) ? Fault.Reset : Fault.None);
        await using var slow = await Instance.Start(slowly.ConnectionString, prefix);
        await using var next = new Instance(blindly.ConnectionString, prefix, new LaterClock(slow.Log.Silence));
        await slow.Report(201, "Actors", Trial.Before("other"));
        armed = true;
        var trial = new Trial(Kind.Unchanged, "a", 1);
        var first = trial.Send(slow);
        await held.Task.WaitAsync(Cancellation);

        var undecided = await trial.Send(next);
        goOn.SetResult();

        Assert.Equal(ErrorCode.StorageUnavailable, undecided.Error?.Code);
        var answer = (await first).Value!;
        Assert.Equal(201, answer.Status);
        await using var third = new Instance(azurite.ConnectionString, prefix, new LaterClock(2 * slow.Log.Silence));
        Assert.True(trial.Says(await trial.Send(third), answer));
        Assert.Equal(2, await third.Releases());
    }

    private static bool IsOfRevisions(StorageRequest request) =>
        request.Text.StartsWith("GET ", StringComparison.Ordinal) && request.Text.Split('?')[0].EndsWith("Revisions()", StringComparison.Ordinal);
}
