using ConflictData.Api;
using ConflictData.Submissions;
using ConflictData.Tests.Submissions;

namespace ConflictData.Tests.Faults;

/// <summary>
/// A store with two instances: a faulty one, whose every way to storage leads through a proxy, and a sound one, whose clock is so far
/// ahead that it takes over at once what the other leaves. The engine of the faulty one goes on from trial to trial.
/// </summary>
internal sealed partial class TrialStore : IAsyncDisposable
{
    /// <summary>So many calls a submission makes at least; with fewer the faults have missed it.</summary>
    private const int FewestCalls = 8;

    /// <summary>The call at which a submission is reserved and its payload kept, and nothing is decided.</summary>
    private const int Undecided = 4;

    private readonly string storage;
    private readonly string prefix;
    private readonly Kind kind;
    private readonly Instance faulty;
    private readonly Instance sound;
    private readonly List<Task> dying = [];
    private int trials;

    private TrialStore(string storage, string prefix, Kind kind)
    {
        (this.storage, this.prefix, this.kind) = (storage, prefix, kind);
        faulty = new Instance(storage, prefix);
        sound = new Instance(storage, prefix, new LaterClock(2 * faulty.Log.Silence));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TrialStore> Start(AzuriteFixture azurite, Kind kind)
    {
        var store = new TrialStore(azurite.ConnectionString, azurite.NewPrefix(), kind);
        await store.sound.Store.EnsureCreated(Cancellation);
        return store;
    }

    /// <summary>Tries the first call, the next one, and so on until there is no such call.</summary>
    public static async Task AtEach(Func<int, Task<bool>> fault)
    {
        var number = 0;
        while (await fault(number))
        {
            number++;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{number} calls");
        Assert.True(number >= FewestCalls, $"only {number} calls were met");
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(dying);
        await faulty.DisposeAsync();
        await sound.DisposeAsync();
    }

    /// <summary>The faulty instance loses storage for ever at a request; the caller goes to the sound one. False where there is no such request.</summary>
    public async Task<bool> Dies(int number, Moment moment) => await Dies(await Begin(), number, moment, clock: null);

    /// <summary>The same with a submission that another instance began, and left before it was decided.</summary>
    public async Task<bool> DiesAsSecond(int number, Moment moment)
    {
        var trial = await Begin();
        var (first, cut) = await SendAndCut(trial, (request, now) => request.Number == Undecided && now == Moment.Arrived, clock: null);
        Assert.True(cut.Done.IsCompleted);
        var died = await Dies(trial, number, moment, new LaterClock(faulty.Log.Silence));
        dying.Add(End(trial, first, (await trial.Send(sound)).Value!, cut));
        return died;
    }

    private async Task<bool> Dies(Trial trial, int number, Moment moment, TimeProvider? clock)
    {
        var (answer, cut) = await SendAndCut(trial, (request, now) => request.Number == number && now == moment, clock);
        await AllOrNothing(trial);
        var settled = await Settles(trial, cut.Done.IsCompleted ? (Result<SubmissionAnswer>?)null : await answer);
        dying.Add(End(trial, answer, settled, cut));
        return cut.Done.IsCompleted;
    }

    private async Task<(Task<Result<SubmissionAnswer>> Answer, CutOff Cut)> SendAndCut(Trial trial, Func<StorageRequest, Moment, bool> here, TimeProvider? clock)
    {
        var cut = new CutOff(storage, here);
        var answer = trial.Send(By(cut.ConnectionString, clock));
        await Task.WhenAny(answer, cut.Done);
        return (answer, cut);
    }

    /// <summary>A request of the faulty instance is harmed, and it answers nonetheless. False where there is no such request.</summary>
    public async Task<bool> Stumbles(int number, Fault fault)
    {
        var trial = await Begin();
        await using var proxy = new StorageProxy(storage, request => request.Number == number ? fault : Fault.None);
        var answer = await trial.Send(By(proxy.ConnectionString));
        await Settles(trial, answer);
        return proxy.Harmed > 0;
    }

    /// <summary>The faulty instance is held at a request until the sound one has done its work, and then goes on. False where there is no such request.</summary>
    public Task<bool> Pauses(int number, Moment moment) => Pauses(number, moment, async trial => await Settles(trial, null));

    /// <summary>The same until another one has taken over, and died as soon as it had committed.</summary>
    public Task<bool> PausesUntilNextDies(int number, Moment moment) => Pauses(number, moment, async trial =>
    {
        var (dead, cut) = await SendAndCut(trial, (request, now) => request.IsCommit && now == Moment.Answered, new LaterClock(faulty.Log.Silence));
        dying.Add(End(trial, dead, null, cut));
        return null;
    });

    private async Task<bool> Pauses(int number, Moment moment, Func<Trial, Task<SubmissionAnswer?>> meanwhile)
    {
        var trial = await Begin();
        var (held, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var proxy = new StorageProxy(storage, async (request, now) =>
        {
            if (request.Number == number && now == moment)
            {
                held.TrySetResult();
                await goOn.Task;
            }

            return Fault.None;
        });
        var answer = trial.Send(By(proxy.ConnectionString));
        await Task.WhenAny(answer, held.Task);
        if (!held.Task.IsCompleted)
        {
            return false;
        }

        await AllOrNothing(trial);
        var settled = await meanwhile(trial);
        goOn.SetResult();
        var late = await answer;
        await EndsCleanly(trial, late, settled ?? await Settles(trial, null));
        return true;
    }

    private async Task<Trial> Begin()
    {
        var name = $"{kind}{++trials}";
        var report = await sound.Report(201, "Actors", Trial.Before(name), request => request with { Owner = name, IdempotencyKey = "before" });
        return new Trial(kind, name, report.GetProperty("release").GetInt32());
    }

    /// <summary>The faulty instance by another way to storage.</summary>
    private Instance By(string way, TimeProvider? clock = null) => new(way, prefix, clock, faulty);
}
