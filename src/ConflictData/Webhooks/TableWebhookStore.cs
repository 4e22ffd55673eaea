using Azure;
using Azure.Data.Tables;
using ConflictData.Storage;

namespace ConflictData.Webhooks;

/// <summary>Webhooks in table Webhooks.</summary>
internal sealed class TableWebhookStore(StorageAccount account) : IWebhookStore
{
    private readonly TableClient table = account.Table("Webhooks");

    public async Task<IReadOnlyList<StoredWebhook>> All(CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {WebhookRow.Partition}");
        return await table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).Select(WebhookRow.Read).ToListAsync(cancellation);
    }

    public async Task<StoredWebhook?> Find(string id, CancellationToken cancellation) =>
        await Row(id, cancellation) is { } row ? WebhookRow.Read(row) : null;

    public async Task<Webhook> Add(Webhook webhook, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(WebhookRow.Write(webhook), cancellation);
            return webhook;
        }
        catch (Exception failure) when (Doubt.IsLeftBy(failure, cancellation))
        {
            if (await Find(webhook.Id, cancellation) is not { } standing)
            {
                throw;
            }

            return standing.Webhook;
        }
    }

    /// <summary>Where the answer leaves room for doubt the row tells: what is written there names a turn, or a call, that is nobody else's.</summary>
    public async Task<StoredWebhook?> Replace(StoredWebhook read, Webhook next, CancellationToken cancellation)
    {
        try
        {
            var answer = await table.UpdateEntityAsync(WebhookRow.Write(next), new ETag(read.Version), TableUpdateMode.Replace, cancellation);
            return new(next, answer.Headers.ETag!.Value.ToString());
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
        catch (Exception failure) when (Doubt.IsLeftBy(failure, cancellation))
        {
            return await Row(next.Id, cancellation) is { } row && WebhookRow.Says(row, next) ? WebhookRow.Read(row) : null;
        }
    }

    public Task Remove(string id, CancellationToken cancellation) => table.DeleteEntityAsync(WebhookRow.Partition, id, cancellationToken: cancellation);

    private async Task<TableEntity?> Row(string id, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(WebhookRow.Partition, id, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }
}
