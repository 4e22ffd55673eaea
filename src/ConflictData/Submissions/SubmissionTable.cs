using Azure;
using Azure.Data.Tables;
using ConflictData.Storage;

namespace ConflictData.Submissions;

/// <summary>Table Submissions: reads, and writes that lose to whoever was faster.</summary>
internal sealed class SubmissionTable(TableClient table)
{
    /// <summary>Looks after writes that lost or whose answer is lost; it takes no more where storage can be read and takes no writes.</summary>
    private const int MostLooks = 5;

    /// <summary>Counts the looks; throws where it is no use to try again.</summary>
    public static void LookAgain(ref int looks)
    {
        if (++looks == MostLooks)
        {
            throw new TimeoutException("Storage takes no writes.");
        }
    }

    public Task<TableEntity?> Key(string partition, CancellationToken cancellation) => Find(partition, SubmissionRows.KeyRow, cancellation);

    public Task<TableEntity?> State(string submissionId, CancellationToken cancellation) =>
        Find(SubmissionRows.StatePartition(submissionId), SubmissionRows.StateRow, cancellation);

    public Task<TableEntity?> FileTries(string keyPartition, CancellationToken cancellation) => Find(keyPartition, SubmissionRows.TriesRow, cancellation);

    /// <summary>Inserts a row; false when there is one. A lost answer counts as false, so look at what the row says.</summary>
    public Task<bool> Insert(TableEntity row, CancellationToken cancellation) => Won(table.AddEntityAsync(row, cancellation), cancellation);

    /// <summary>Replaces the row that was read; false when it has changed since.</summary>
    public Task<bool> Replace(TableEntity read, TableEntity row, CancellationToken cancellation) =>
        Won(table.UpdateEntityAsync(row, read.ETag, TableUpdateMode.Replace, cancellation), cancellation);

    public Task<bool> Delete(TableEntity read, CancellationToken cancellation) =>
        Won(table.DeleteEntityAsync(read.PartitionKey, read.RowKey, read.ETag, cancellation), cancellation);

    public Task Open(Attempt attempt, DateTimeOffset startedAt, CancellationToken cancellation) =>
        table.UpsertEntityAsync(SubmissionRows.OpenEntry(attempt, startedAt), TableUpdateMode.Replace, cancellation);

    public Task Close(string submissionId, CancellationToken cancellation) =>
        table.DeleteEntityAsync(SubmissionRows.Open, submissionId, cancellationToken: cancellation);

    public Task<TableEntity?> OpenEntry(string submissionId, CancellationToken cancellation) => Find(SubmissionRows.Open, submissionId, cancellation);

    public AsyncPageable<TableEntity> OpenEntries(CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {SubmissionRows.Open}");
        return table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation);
    }

    /// <summary>Goes through all keys, which lie side by side, and the tries of files beside theirs.</summary>
    public AsyncPageable<TableEntity> KeysExpiredBy(DateTimeOffset now, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {"k."} and PartitionKey lt {"k/"} and ExpiresAt le {now}");
        return table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation);
    }

    private async Task<TableEntity?> Find(string partition, string row, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private static async Task<bool> Won(Task write, CancellationToken cancellation)
    {
        try
        {
            await write;
            return true;
        }
        catch (Exception failure) when (failure is RequestFailedException { Status: 404 } || Doubt.IsLeftBy(failure, cancellation))
        {
            return false;
        }
    }
}
