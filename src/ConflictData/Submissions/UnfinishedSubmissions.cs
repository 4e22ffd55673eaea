using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using ConflictData.Storage;

namespace ConflictData.Submissions;

/// <summary>What housekeeping sees of table Submissions: those that began to write and never ended, and keys that hold no longer.</summary>
public sealed class UnfinishedSubmissions(StorageAccount account, TimeProvider clock)
{
    private readonly SubmissionTable table = new(account.Table("Submissions"));

    /// <summary>
    /// Submissions that began to write before a time and may have left revisions without a commit. Those that are promised are not
    /// among them until they have ended: however long it takes, somebody goes on with them.
    /// </summary>
    public async IAsyncEnumerable<Attempt> AttemptsToAbandon(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entry in table.OpenEntries(cancellation))
        {
            if (SubmissionRows.Time(entry, "StartedAt") < before
                && !(await table.State(entry.RowKey, cancellation) is { } state && SubmissionRows.IsPromised(state) && SubmissionRows.IsOpen(state)))
            {
                yield return new Attempt(entry.RowKey, SubmissionRows.AttemptOf(entry));
            }
        }
    }

    /// <summary>
    /// Marks a submission as given up and so frees its key; after that nobody can go on with it. Only when it can be committed no
    /// more. False: it has ended in another way, and that stands.
    /// </summary>
    public async Task<bool> Abandon(string submissionId, CancellationToken cancellation)
    {
        while (await table.State(submissionId, cancellation) is { } state && SubmissionRows.IsOpen(state))
        {
            var next = new TableEntity(state) { ["State"] = nameof(SubmissionState.Abandoned), ["HeardAt"] = clock.GetUtcNow() };
            if (await table.Replace(state, next, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Nothing is left to be removed of what a submission wrote, unless it has begun to write anew since the time.</summary>
    public async Task Settled(string submissionId, DateTimeOffset before, CancellationToken cancellation)
    {
        if (await table.OpenEntry(submissionId, cancellation) is { } entry && SubmissionRows.Time(entry, "StartedAt") < before)
        {
            await table.Delete(entry, cancellation);
        }
    }

    /// <summary>Forgets idempotency keys that hold no longer, and how often files of the inbox were tried that are long gone. One that is taken anew meanwhile is another row by then and stays.</summary>
    public async Task ForgetExpiredKeys(CancellationToken cancellation)
    {
        await foreach (var key in table.KeysExpiredBy(clock.GetUtcNow(), cancellation))
        {
            await table.Delete(key, cancellation);
        }
    }
}
