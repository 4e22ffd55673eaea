using ConflictData.Api;
using ConflictData.Submissions;
using ConflictData.Tests.Query;
using ConflictData.Tests.Submissions;

namespace ConflictData.Tests.Faults;

/// <content>What must be so whatever was harmed.</content>
internal sealed partial class TrialStore
{
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
    private static async Task End(Trial trial, Task<Result<SubmissionAnswer>> late, SubmissionAnswer? settled, CutOff cut)
    {
        await using (cut)
        {
            try
            {
                var answer = await late;
                Assert.True(answer.Error is not null || (settled is null ? answer.Value!.Status == trial.Status : trial.Says(answer, settled)), $"{trial}: {answer.Value?.Status} from the dead");
            }
            catch (Exception end) when (Failures.IsStorage(end))
            {
                // The pipeline answers 503.
            }
        }
    }
}
