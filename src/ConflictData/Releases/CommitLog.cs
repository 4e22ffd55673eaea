using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using ConflictData.Storage;

namespace ConflictData.Releases;

/// <summary>
/// Table Commits: insert-only. A commit is one transaction that adds the release's row and the submission's row, so it happens once or
/// not at all; what the answer to the transaction was does not matter, what the submission's row says does.
/// </summary>
internal sealed class CommitLog(TableClient table, TimeProvider clock)
{
    public async Task<Commit?> Head(CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {CommitRow.Log} and RowKey lt {"d"}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 1, cancellationToken: cancellation))
        {
            return CommitRow.Read(row);
        }

        return null;
    }

    /// <summary>They lie newest first, so they are collected and turned round; a commit row is about 1 KB.</summary>
    public async IAsyncEnumerable<Commit> After(int release, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {CommitRow.Log} and RowKey lt {CommitRow.Key(release)}");
        var rows = await table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).ToListAsync(cancellation);
        for (var index = rows.Count - 1; index >= 0; index--)
        {
            var commit = CommitRow.Read(rows[index]);
            yield return commit.Release == ++release
                ? commit
                : throw new InvalidDataException($"The log goes on with release {commit.Release} where {release} is expected.");
        }
    }

    public async Task<CommitResult> TryCommit(Commit commit, CancellationToken cancellation)
    {
        TableTransactionAction[] both =
        [
            new(TableTransactionActionType.Add, CommitRow.Write(commit)),
            new(TableTransactionActionType.Add, CommitRow.Committed(commit)),
        ];
        return await Insert(
            () => table.SubmitTransactionAsync(both, cancellation),
            async () => await Find(commit.SubmissionId, cancellation) ?? await Overtaken(commit, cancellation),
            new CommitResult(CommitOutcome.Committed, commit),
            cancellation);
    }

    public async Task<bool> TryAbandon(string submissionId, CancellationToken cancellation)
    {
        var result = await Insert(
            () => table.AddEntityAsync(CommitRow.Abandoned(submissionId), cancellation),
            () => Find(submissionId, cancellation),
            new CommitResult(CommitOutcome.Abandoned, null),
            cancellation);
        return result.Outcome == CommitOutcome.Abandoned;
    }

    public async Task<CommitResult?> Find(string submissionId, CancellationToken cancellation)
    {
        if (await Row(CommitRow.SubmissionKey(submissionId), cancellation) is not { } submission)
        {
            return null;
        }

        if (CommitRow.IsAbandoned(submission))
        {
            return new CommitResult(CommitOutcome.Abandoned, null);
        }

        var release = submission.GetInt32("Release")!.Value;
        var row = await Row(CommitRow.Key(release), cancellation)
            ?? throw new InvalidDataException($"Submission {submissionId} is release {release}, but the log lacks it.");
        return new CommitResult(CommitOutcome.Committed, CommitRow.Read(row));
    }

    /// <summary>Inserts; when the answer leaves room for doubt, what stands in the table decides, and only if nothing stands is it tried again.</summary>
    private async Task<CommitResult> Insert(
        Func<Task> insert, Func<Task<CommitResult?>> standing, CommitResult done, CancellationToken cancellation)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                await insert();
                return done;
            }
            catch (Exception failure) when (Doubt.IsLeftBy(failure, cancellation))
            {
                if (await standing() is { } result)
                {
                    return result;
                }

                if (failures == Doubt.Pauses.Count)
                {
                    throw;
                }
            }

            await Task.Delay(Doubt.Pauses[failures], clock, cancellation);
        }
    }

    /// <summary>The number may have been taken by this very commit, whose late arrival fell between the two reads.</summary>
    private async Task<CommitResult?> Overtaken(Commit commit, CancellationToken cancellation)
    {
        if (await Row(CommitRow.Key(commit.Release), cancellation) is not { } row)
        {
            return null;
        }

        var winner = CommitRow.Read(row);
        return winner.SubmissionId == commit.SubmissionId
            ? new CommitResult(CommitOutcome.Committed, winner)
            : new CommitResult(CommitOutcome.LostRace, null);
    }

    private async Task<TableEntity?> Row(string key, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(CommitRow.Log, key, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }
}
