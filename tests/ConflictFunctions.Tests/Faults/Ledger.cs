using ConflictData;
using ConflictData.Releases;
using ConflictData.Storage;

namespace ConflictFunctions.Tests.Faults;

/// <summary>What the tables hold, held against what was acknowledged.</summary>
/// <param name="log">Every release, with its revisions; reading them has checked their counts and hashes.</param>
internal sealed class Ledger(IReadOnlyList<CommittedRevisions> log)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public int Releases => log.Count;

    /// <summary>Reads the tables themselves.</summary>
    public static async Task<Ledger> Read(string storage, string prefix)
    {
        var store = new TableReleaseStore(new StorageAccount(new Settings { AzureWebJobsStorage = storage, StoragePrefix = prefix }), TimeProvider.System);
        var all = new List<CommittedRevisions>();
        await foreach (var commit in store.CommitsAfter(0, Cancellation))
        {
            all.Add(await store.Revisions(commit, Redactions.None, Cancellation));
        }

        return new(all);
    }

    /// <summary>Acknowledged submissions that are not a release, or another one than they were told.</summary>
    public int Lost(IReadOnlyCollection<Acknowledged> acknowledged) =>
        acknowledged.Count(done => !log.Any(release => release.Commit.SubmissionId == done.Id && release.Commit.Release == done.Release));

    /// <summary>Releases that no acknowledged submission is, or that another one is already.</summary>
    public int Doubled(IReadOnlyCollection<Acknowledged> acknowledged) =>
        log.Count - log.Select(release => release.Commit.SubmissionId).Intersect(acknowledged.Select(done => done.Id)).Count();

    /// <summary>Releases follow each other without a gap, and each holds all that its submission says and nothing else.</summary>
    public void AssertWhole(IReadOnlyCollection<Acknowledged> acknowledged)
    {
        Assert.Equal(Enumerable.Range(1, log.Count), log.Select(release => release.Commit.Release));
        foreach (var done in acknowledged)
        {
            var revisions = log[done.Release - 1].Revisions;
            Assert.All(revisions, revision => Assert.Equal(done.Dataset, revision.Dataset.Name));
            Assert.Equivalent(done.Changes, revisions.ToDictionary(revision => revision.Id, Title), strict: true);
        }
    }

    private static string? Title(Revision revision) =>
        revision.Action == RevisionAction.Retract ? null : (string?)revision.Values[revision.Dataset[revision.Dataset.Name == "Sources" ? "Title" : "Name"].Ordinal];
}
