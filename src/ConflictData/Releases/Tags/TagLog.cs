using Azure.Data.Tables;
using ConflictData.Api;
using ConflictData.Storage;

namespace ConflictData.Releases;

/// <summary>
/// The moves of tags in table Commits: insert-only, each under the next version, so that of writers who race for one all but
/// one decide again upon what that one made. After a write in doubt the log is read on: the own move stands in it or does not.
/// </summary>
internal sealed class TagLog(TableClient table, TimeProvider clock)
{
    /// <summary>The moves after a version, oldest first.</summary>
    public IAsyncEnumerable<TagMove> After(int version, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {TagRow.Tags} and RowKey gt {TagRow.Key(version)}");
        return table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).Select(TagRow.Read);
    }

    public async Task<Result<TagResult>> Move(TagOrder order, TagHistory known, CancellationToken cancellation)
    {
        var (id, tags, failures) = (Guid.NewGuid().ToString("N"), known, 0);
        while (true)
        {
            var newer = await After(tags.Version, cancellation).ToListAsync(cancellation);
            tags = tags.With(newer);
            if (newer.Find(move => move.Id == id) is { } own)
            {
                return new TagResult(own, tags, IsMade: true);
            }

            if (!order.Decide(tags, id, CommitClock.After(tags.Moves.LastOrDefault()?.MovedAt, clock)).Succeeded(out var next, out var error))
            {
                return error;
            }

            if (next.Version <= tags.Version)
            {
                return new TagResult(next, tags, IsMade: false);
            }

            // Whoever lost the version to another writer is only late.
            failures = newer.Count > 0 ? 0 : failures;
            if (await TryAdd(next, isLastTry: failures == Doubt.Pauses.Count, cancellation))
            {
                return new TagResult(next, tags.With([next]), IsMade: true);
            }

            await Task.Delay(Doubt.Pauses[failures++], clock, cancellation);
        }
    }

    /// <summary>False where the answer leaves room for doubt.</summary>
    private async Task<bool> TryAdd(TagMove move, bool isLastTry, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(TagRow.Write(move), cancellation);
            return true;
        }
        catch (Exception failure) when (!isLastTry && Doubt.IsLeftBy(failure, cancellation))
        {
            return false;
        }
    }
}
