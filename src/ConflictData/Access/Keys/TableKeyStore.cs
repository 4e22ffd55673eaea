using Azure;
using Azure.Data.Tables;
using ConflictData.Storage;

namespace ConflictData.Access;

/// <summary>Keys in table Keys.</summary>
internal sealed class TableKeyStore(StorageAccount account) : IKeyStore
{
    private const int Tries = 20;

    private readonly TableClient table = account.Table("Keys");

    public async Task<KeyRecord?> Find(string id, CancellationToken cancellation) =>
        await Row(id, cancellation) is { } row ? KeyRow.Read(row) : null;

    public async Task<IReadOnlyList<KeyRecord>> After(string id, int most, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {KeyRow.Partition} and RowKey gt {id}");
        return await table.QueryAsync<TableEntity>(filter, maxPerPage: most, cancellationToken: cancellation)
            .Take(most).Select(KeyRow.Read).ToListAsync(cancellation);
    }

    public async Task<KeyRecord> Add(KeyRecord key, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(KeyRow.Write(key), cancellation);
            return key;
        }
        catch (Exception failure) when (Doubt.IsLeftBy(failure, cancellation))
        {
            if (await Find(key.Id, cancellation) is not { } standing)
            {
                throw;
            }

            return standing;
        }
    }

    public async Task<KeyRecord?> Change(string id, Func<KeyRecord, KeyRecord> change, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            if (await Row(id, cancellation) is not { } row)
            {
                return null;
            }

            var key = KeyRow.Read(row);
            var next = change(key);
            if (ReferenceEquals(next, key) || await Write(() => Replace(next, row.ETag, cancellation), isLastTry: tries == Tries, cancellation))
            {
                return next;
            }
        }
    }

    public async Task<KeyRecord?> Rotate(KeyRecord key, Func<KeyRecord, KeyRecord?> change, CancellationToken cancellation)
    {
        for (var tries = 1; await Row(key.Replaces!, cancellation) is { } row; tries++)
        {
            var old = KeyRow.Read(row);
            // The secret was made for this call alone: it came through before, and the answer was lost.
            if (old.ReplacedBy == key.Id && (await Find(key.Id, cancellation))?.HasSecretOf(key) == true)
            {
                return old;
            }

            if (change(old) is not { } next)
            {
                return null;
            }

            if (await Write(() => Both(key, next, row.ETag, cancellation), isLastTry: tries == Tries, cancellation))
            {
                return next;
            }
        }

        return null;
    }

    public Task Used(string id, DateTimeOffset at, CancellationToken cancellation) =>
        table.UpdateEntityAsync(KeyRow.Used(id, at), ETag.All, TableUpdateMode.Merge, cancellation);

    private Task Replace(KeyRecord key, ETag read, CancellationToken cancellation) =>
        table.UpdateEntityAsync(KeyRow.Write(key), read, TableUpdateMode.Replace, cancellation);

    private Task Both(KeyRecord added, KeyRecord changed, ETag read, CancellationToken cancellation)
    {
        TableTransactionAction[] both = [new(TableTransactionActionType.Add, KeyRow.Write(added)), new(TableTransactionActionType.UpdateReplace, KeyRow.Write(changed), read)];
        return table.SubmitTransactionAsync(both, cancellation);
    }

    /// <summary>False where another write came first, or the answer leaves room for doubt: then the row tells.</summary>
    private static async Task<bool> Write(Func<Task> write, bool isLastTry, CancellationToken cancellation)
    {
        try
        {
            await write();
            return true;
        }
        catch (Exception failure) when (!isLastTry && Doubt.IsLeftBy(failure, cancellation))
        {
            return false;
        }
    }

    private async Task<TableEntity?> Row(string id, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(KeyRow.Partition, id, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }
}
