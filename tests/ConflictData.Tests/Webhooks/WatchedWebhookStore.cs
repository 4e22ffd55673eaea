using ConflictData.Webhooks;

namespace ConflictData.Tests.Webhooks;

/// <summary>A store that tells what has been noted in it.</summary>
internal sealed class WatchedWebhookStore(IWebhookStore store, Action<Webhook> noted) : IWebhookStore
{
    public Task<IReadOnlyList<StoredWebhook>> All(CancellationToken cancellation) => store.All(cancellation);

    public Task<StoredWebhook?> Find(string id, CancellationToken cancellation) => store.Find(id, cancellation);

    public Task<Webhook> Add(Webhook webhook, CancellationToken cancellation) => store.Add(webhook, cancellation);

    public async Task<StoredWebhook?> Replace(StoredWebhook read, Webhook next, CancellationToken cancellation)
    {
        var kept = await store.Replace(read, next, cancellation);
        if (kept is not null)
        {
            noted(kept.Webhook);
        }

        return kept;
    }

    public Task Remove(string id, CancellationToken cancellation) => store.Remove(id, cancellation);
}
