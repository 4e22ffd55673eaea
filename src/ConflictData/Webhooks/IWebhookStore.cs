namespace ConflictData.Webhooks;

/// <summary>Where webhooks are kept. Safe for any number of instances at once; calls throw when storage cannot be reached.</summary>
public interface IWebhookStore
{
    /// <summary>All of them, in the order of their ids; there are few.</summary>
    Task<IReadOnlyList<StoredWebhook>> All(CancellationToken cancellation);

    /// <summary>The webhook of that id; null where there is none.</summary>
    Task<StoredWebhook?> Find(string id, CancellationToken cancellation);

    /// <summary>Keeps a new one, unless there is one of its id. Done again, it changes nothing.</summary>
    /// <returns>The webhook of that id as it is now.</returns>
    Task<Webhook> Add(Webhook webhook, CancellationToken cancellation);

    /// <summary>Writes what has become of one, if nobody else has written to it since it was read.</summary>
    /// <returns>What is kept now; null where somebody else was faster, or has removed it.</returns>
    Task<StoredWebhook?> Replace(StoredWebhook read, Webhook next, CancellationToken cancellation);

    /// <summary>Removes one; nothing where there is none.</summary>
    Task Remove(string id, CancellationToken cancellation);
}
