using Azure;
using Azure.Data.Tables;
using ConflictData.Datasets;
using ConflictData.RowFiles;

namespace ConflictData.Releases;

/// <summary>
/// Table Revisions. A partition holds up to 1,000 rows of one attempt; how many partitions there are follows from the commit row,
/// so a reader asks for each by name and never scans.
/// </summary>
internal sealed class RevisionTable(TableClient table)
{
    public const int RowsPerPartition = 1000;
    private const int AtOnce = 8;

    /// <summary>Partitions that are read at once, of all commits together: an answer with a thousand long rows takes 20 MB of memory.</summary>
    private readonly SemaphoreSlim turns = new(AtOnce);

    /// <summary>
    /// Parallel over partitions and in order within one: storage takes so many rows a second of a partition, and of each.
    /// Replacing rows are the same rows, so a transaction whose answer got lost is safely sent again.
    /// </summary>
    public Task Write(string submissionId, int attempt, IReadOnlyList<Revision> revisions, CancellationToken cancellation, Action<int>? written)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(revisions.Count, RevisionEntity.MostRows);
        return Parallel.ForEachAsync(
            Enumerable.Range(0, Partitions(revisions.Count)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            (chunk, stop) => WritePartition(Partition(submissionId, attempt, chunk), revisions, chunk * RowsPerPartition, written, stop));
    }

    /// <summary>The rows of the commit's attempt in order, as many as the commit says, without the texts that are redacted. A few partitions are read ahead, and put aside in their order.</summary>
    public async Task<RowFile<Revision>> Read(Commit commit, Redactions redactions, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var count = commit.Datasets.Sum(extent => extent.Rows);
        var redacted = redactions.In(commit);
        var rows = new RowFile<Revision>(RevisionFormat.Instance);
        var reading = new Queue<Task<List<Revision>>>();
        try
        {
            for (var chunk = 0; chunk < Partitions(count) || reading.Count > 0;)
            {
                for (; chunk < Partitions(count) && reading.Count < AtOnce; chunk++)
                {
                    reading.Enqueue(ReadInTurn(commit, chunk, count, stop.Token));
                }

                foreach (var revision in await reading.Dequeue())
                {
                    rows.Add(redacted[rows.Count].Aggregate(revision, (row, redaction) => redaction.Apply(row)));
                }
            }

            return rows;
        }
        catch
        {
            await stop.CancelAsync();
            rows.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Removes the rows of a submission's attempts but one. How many partitions an attempt has that was broken off nobody knows; they
    /// lie side by side, so no others are looked at, nor are those of the one.
    /// </summary>
    public async Task Remove(string submissionId, int? keptAttempt, CancellationToken cancellation)
    {
        // The dot's next character ends the range of what begins with a name and a dot.
        if (keptAttempt is { } kept)
        {
            await Remove($"{submissionId}.", $"{submissionId}.{kept}.", cancellation);
            await Remove($"{submissionId}.{kept}/", $"{submissionId}/", cancellation);
        }
        else
        {
            await Remove($"{submissionId}.", $"{submissionId}/", cancellation);
        }
    }

    /// <summary>Removes the rows of all partitions from one name to before another.</summary>
    private async Task Remove(string first, string end, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey lt {end}");
        var rows = table.QueryAsync<TableEntity>(filter, RowsPerPartition, ["PartitionKey", "RowKey"], cancellation);
        await foreach (var page in rows.AsPages().WithCancellation(cancellation))
        {
            foreach (var batch in page.Values.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(RevisionLimits.MostTransactionRows)))
            {
                await Remove(batch, cancellation);
            }
        }
    }

    /// <summary>The texts that a revision has yet in some columns; none once they are removed.</summary>
    public async Task<IReadOnlyList<string>> Texts(Commit commit, int ordinal, IReadOnlyList<Column> columns, CancellationToken cancellation)
    {
        var row = await Row(commit, ordinal, cancellation);
        return [.. columns.Select(column => row.GetString(RevisionEntity.Property(column))).OfType<string>().Where(text => text != Redaction.Mark)];
    }

    /// <summary>Puts the mark in the place of those texts. Safe to repeat.</summary>
    public async Task Redact(Commit commit, int ordinal, IReadOnlyList<Column> columns, CancellationToken cancellation)
    {
        var row = await Row(commit, ordinal, cancellation);
        var change = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var property in columns.Select(RevisionEntity.Property).Where(property => row.GetString(property) is { } text && text != Redaction.Mark))
        {
            change[property] = Redaction.Mark;
        }

        if (change.Count > 2)
        {
            await table.UpdateEntityAsync(change, ETag.All, TableUpdateMode.Merge, cancellation);
        }
    }

    public static string Partition(string submissionId, int attempt, int chunk) => $"{submissionId}.{attempt}.{chunk:D5}";

    private static int Partitions(int rows) => (rows + RowsPerPartition - 1) / RowsPerPartition;

    private async Task<TableEntity> Row(Commit commit, int ordinal, CancellationToken cancellation) =>
        await table.GetEntityAsync<TableEntity>(
            Partition(commit.SubmissionId, commit.Attempt, ordinal / RowsPerPartition), RevisionEntity.RowKey(ordinal), cancellationToken: cancellation);

    private async ValueTask WritePartition(string partition, IReadOnlyList<Revision> revisions, int first, Action<int>? written, CancellationToken cancellation)
    {
        foreach (var batch in RevisionBatches.Cut(partition, revisions, first, Math.Min(first + RowsPerPartition, revisions.Count)))
        {
            await table.SubmitTransactionAsync(batch.Select(entity => new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity)), cancellation);
            written?.Invoke(batch.Count);
        }
    }

    private async Task<List<Revision>> ReadInTurn(Commit commit, int chunk, int count, CancellationToken cancellation)
    {
        await turns.WaitAsync(cancellation);
        try
        {
            return await ReadPartition(commit, chunk, count, cancellation);
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<List<Revision>> ReadPartition(Commit commit, int chunk, int count, CancellationToken cancellation)
    {
        var partition = Partition(commit.SubmissionId, commit.Attempt, chunk);
        var (first, rows) = (chunk * RowsPerPartition, new List<Revision>());
        var end = Math.Min(first + RowsPerPartition, count);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, RowsPerPartition, cancellationToken: cancellation))
        {
            if (first + rows.Count == end || entity.RowKey != RevisionEntity.RowKey(first + rows.Count))
            {
                throw new InvalidDataException($"Release {commit.Release}: row {entity.RowKey} of {partition} is not expected there.");
            }

            rows.Add(RevisionEntity.Read(entity));
        }

        return first + rows.Count == end
            ? rows
            : throw new InvalidDataException($"Release {commit.Release}: {partition} lacks row {RevisionEntity.RowKey(first + rows.Count)}.");
    }

    /// <summary>Where another instance has removed some of them, they are removed one by one: for a row that is gone that does nothing.</summary>
    private async Task Remove(TableEntity[] rows, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            foreach (var row in rows)
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
            }
        }
    }
}
