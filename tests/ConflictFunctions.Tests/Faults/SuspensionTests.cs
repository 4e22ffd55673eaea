using System.Net;
using System.Net.Http.Headers;
using ConflictData;
using ConflictData.Releases;
using ConflictData.Storage;
using ConflictData.Submissions;
using ConflictData.Tests.Faults;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Faults;

/// <summary>A host that is stopped in the middle of a submission, as on a machine that sleeps, and goes on when it has long been given up.</summary>
public sealed class SuspensionTests : IAsyncDisposable
{
    private const string Prefix = "Suspension";

    private static readonly Dictionary<string, string> Impatient = new() { ["GiveUpHours"] = "0.0001", ["TakeOverSeconds"] = "3600", ["FreshForSeconds"] = "0" };

    private readonly string storage;
    private readonly StorageAccount account;
    private readonly TableReleaseStore store;
    private readonly TaskCompletionSource asleep = new();
    private readonly StorageProxy proxy;
    private AppInstance sleeper = null!;

    public SuspensionTests(RunningApp app)
    {
        storage = app.Storage;
        account = new(new Settings { AzureWebJobsStorage = storage, StoragePrefix = Prefix });
        store = new(account, TimeProvider.System);
        proxy = new(storage, Judge);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => proxy.DisposeAsync();

    [Fact]
    public async Task A_writer_that_housekeeping_gave_up_meanwhile_loses_cleanly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There a process cannot be suspended so.");
        await using var sound = await AppInstance.Start(storage, Prefix, Impatient);
        await using var slow = sleeper = await AppInstance.Start(proxy.ConnectionString, Prefix, Impatient);
        var sending = Send(slow);
        await asleep.Task.WaitAsync(Cancellation);
        var id = await GivenUp(sound);
        await slow.Process.GoOn();

        using var late = await sending;
        Assert.Equal((HttpStatusCode.Conflict, "conflict"), (late.StatusCode, (await Outcome.Read(late)).Code));
        Assert.Equal(("0", "0"), (await Count(slow), await Count(sound)));
        using var again = await Send(sound);
        var outcome = await Outcome.Read(again);
        Assert.Equal((HttpStatusCode.Created, 1), (outcome.Status, outcome.Release));
        Assert.NotEqual(id, outcome.Id);
        Assert.Equal(("1", "1"), (await Count(slow), await Count(sound)));
    }

    /// <summary>The writer falls asleep when its rows are written, before it can commit them.</summary>
    private async ValueTask<Fault> Judge(StorageRequest request, Moment now)
    {
        if (now == Moment.Answered && request.IsBatch && !request.IsCommit && !asleep.Task.IsCompleted)
        {
            await sleeper.Process.Suspend();
            asleep.TrySetResult();
        }

        return Fault.None;
    }

    /// <summary>The submission that began to write, once housekeeping has given it up.</summary>
    private async Task<string> GivenUp(AppInstance instance)
    {
        var unfinished = new UnfinishedSubmissions(account, TimeProvider.System);
        var id = (await unfinished.AttemptsToAbandon(DateTimeOffset.MaxValue, Cancellation).SingleAsync(Cancellation)).SubmissionId;
        CommitResult? result;
        do
        {
            using var fired = await instance.Client.PostAsync("../admin/functions/Housekeeping", null, Cancellation);
            Assert.Equal(HttpStatusCode.Accepted, fired.StatusCode);
            result = await store.Find(id, Cancellation);
        }
        while (result is null);
        Assert.Equal(CommitOutcome.Abandoned, result.Outcome);
        while (await unfinished.AttemptsToAbandon(DateTimeOffset.MaxValue, Cancellation).AnyAsync(Cancellation))
        {
            // Its key is freed and its rows are removed after that.
        }

        return id;
    }

    private static Task<string> Count(AppInstance instance) => instance.Client.GetStringAsync("odata/Actors/$count", Cancellation);

    private static Task<HttpResponseMessage> Send(AppInstance instance)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "submissions/Actors")
        {
            Content = new StringContent("Id,Name,Kind\nactor,Somebody,person\n", new MediaTypeHeaderValue("text/csv")),
            Headers = { { "Idempotency-Key", "key" } },
        };
        return instance.Client.SendAsync(request, Cancellation);
    }
}
