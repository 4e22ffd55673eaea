using ConflictData.Api;
using ConflictData.Submissions;
using ConflictData.Tests.Query;
using ConflictData.Tests.Submissions;

namespace ConflictData.Tests.Faults;

/// <summary>
/// A store with two instances: a faulty one, whose every way to storage leads through a proxy, and a sound one, whose clock is so far
/// ahead that it takes over at once what the other leaves. The engine of the faulty one goes on from trial to trial.
/// </summary>
internal sealed class TrialStore : IAsyncDisposable
{
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
        var (first, cut) = await SendAndCut(trial, Undecided, Moment.Arrived, clock: null);
        Assert.True(cut.Done.IsCompleted);
        var died = await Dies(trial, number, moment, new LaterClock(faulty.Log.Silence));
        dying.Add(End(trial, first, (await trial.Send(sound)).Value!, cut));
        return died;
    }

    private async Task<bool> Dies(Trial trial, int number, Moment moment, TimeProvider? clock)
    {
        var (answer, cut) = await SendAndCut(trial, number, moment, clock);
        await AllOrNothing(trial);
        var settled = await Settles(trial, cut.Done.IsCompleted ? (Result<SubmissionAnswer>?)null : await answer);
        dying.Add(End(trial, answer, settled, cut));
        return cut.Done.IsCompleted;
    }

    private async Task<(Task<Result<SubmissionAnswer>> Answer, CutOff Cut)> SendAndCut(Trial trial, int number, Moment moment, TimeProvider? clock)
    {
        var cut = new CutOff(storage, (request, now) => request.Number == number && now == moment);
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
    public async Task<bool> Pauses(int number, Moment moment)
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
        var settled = await Settles(trial, null);
        goOn.SetResult();
        await EndsCleanly(trial, await answer, settled);
        return true;
    }

    /// <summary>A fresh instance, the log and both others say the same of every release.</summary>
    public async Task AssertSound()
    {
        await using var fresh = new Instance(storage, prefix);
        var releases = await fresh.Releases();
        Assert.Equal((releases, releases), (await faulty.Releases(), await sound.Releases()));
        var log = await fresh.Store.CommitsAfter(0, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(Enumerable.Range(1, releases), log.Select(commit => commit.Release));
        Assert.Equal(releases, log.DistinctBy(commit => commit.SubmissionId).Count());
        foreach (var other in new[] { sound, faulty })
        {
            Assert.Equal(await All(fresh), await All(other));
            foreach (var release in new[] { 1, releases / 2, releases })
            {
                Assert.Equal(await fresh.Engine.Csv("Actors", release), await other.Engine.Csv("Actors", release));
            }
        }
    }

    private async Task<Trial> Begin()
    {
        var name = $"{kind}{++trials}";
        var report = await sound.Report(201, "Actors", Trial.Before(name), request => request with { Owner = name, IdempotencyKey = "before" });
        return new Trial(kind, name, report.GetProperty("release").GetInt32());
    }

    /// <summary>The faulty instance by another way to storage.</summary>
    private Instance By(string way, TimeProvider? clock = null) => new(way, prefix, clock, faulty);

    /// <summary>Before anybody tries again there is the whole release or none of it.</summary>
    private async Task AllOrNothing(Trial trial)
    {
        var now = await sound.Releases();
        Assert.True(now == trial.Base || now == trial.Release, $"{trial.Name}: release {now}");
        Assert.Equal(now == trial.Base ? [] : trial.Ids, await Brought(trial.Base + 1));
    }

    /// <summary>Whoever sends it again, with its key, has what it must come to at once, and only once.</summary>
    private async Task<SubmissionAnswer> Settles(Trial trial, Result<SubmissionAnswer>? first)
    {
        var answers = new List<Result<SubmissionAnswer>> { await trial.Send(sound), await trial.Send(sound) };
        answers.InsertRange(0, first is { } acknowledged ? [acknowledged] : []);
        foreach (var answer in answers)
        {
            Assert.True(answer.Value?.Status == trial.Status, $"{trial}: {answer.Error} {answer.Value?.Status}");
            Assert.True(trial.Says(answer, answers[0].Value!), $"{trial}: two answers");
        }

        await AssertDone(trial);
        return answers[0].Value!;
    }

    /// <summary>Who comes late says the same, or that somebody else is at it.</summary>
    private async Task EndsCleanly(Trial trial, Result<SubmissionAnswer> late, SubmissionAnswer settled)
    {
        Assert.True(trial.Says(late, settled) || late.Error?.Code == ErrorCode.InProgress, $"{trial}: {late.Error} {late.Value?.Status}");
        await AssertDone(trial);
        Assert.True(trial.Says(await trial.Send(sound), settled), $"{trial}: another answer at last");
    }

    private async Task AssertDone(Trial trial)
    {
        Assert.Equal((trial.Name, trial.Release), (trial.Name, await sound.Releases()));
        Assert.Equal(trial.Ids, await Brought(trial.Base + 1));
    }

    /// <summary>Every revision, with the releases that it came and went with and its place.</summary>
    private static Task<List<object?[]>> All(Instance app) => app.Engine.Rows("SELECT *, _seq, _from, _to FROM Actors ORDER BY _seq");

    private async Task<IEnumerable<string>> Brought(int release) =>
        (await sound.Revisions("Actors")).Where(row => row.Release == release).Select(row => row.Id);

    /// <summary>What nobody waits for any more: it fails, or comes to the same.</summary>
    private static async Task End(Trial trial, Task<Result<SubmissionAnswer>> late, SubmissionAnswer settled, CutOff cut)
    {
        await using (cut)
        {
            try
            {
                var answer = await late;
                Assert.True(trial.Says(answer, settled) || answer.Error is not null, $"{trial}: {answer.Value?.Status} from the dead");
            }
            catch (Exception end) when (Failures.IsStorage(end))
            {
                // The pipeline answers 503.
            }
        }
    }

    private sealed class LaterClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }
}
