using ConflictData.Api;

namespace ConflictData.Access;

/// <summary>
/// Makes keys, so that a call which is sent again under its idempotency key leaves none that nobody knows: the id of the key follows
/// from the call, and as long as the key was never used the call gets a secret made anew, which ends the one that may have been lost.
/// </summary>
internal sealed class KeyMaker(IKeyStore store, KnownKeys known, TimeProvider clock)
{
    /// <summary>Makes the key, or makes its secret anew.</summary>
    /// <param name="order">What it is to be.</param>
    /// <param name="by">Owner of the key that it is made with.</param>
    /// <param name="replaces">The key that it takes the place of; null = of none.</param>
    /// <param name="idempotencyKey">Names the call among those of its owner; null = it is a call of its own.</param>
    public async Task<Result<MadeKey>> Make(KeyOrder order, string by, string? replaces, string? idempotencyKey)
    {
        var now = clock.GetUtcNow();
        var (key, record) = order.Make(now, by, idempotencyKey is null ? null : IdempotencyKey.IdOf(by, replaces, idempotencyKey));
        record = record with { Replaces = replaces };
        var standing = await store.Add(record, CancellationToken.None);
        if (!standing.HasSecretOf(record))
        {
            standing = await store.Change(record.Id, last => Refusal(last, record) is null ? Renewed(last) : last, CancellationToken.None)
                ?? throw new InvalidOperationException($"The key {record.Id} has gone, though no key ever does.");
        }

        known.Put(standing);
        return standing.HasSecretOf(record) ? new MadeKey(key, standing) : Refusal(standing, record)!;

        KeyRecord Renewed(KeyRecord last) => last with { SecretHash = record.SecretHash, CreatedAt = now };
    }

    /// <summary>
    /// Makes the key that takes the place of another, which goes on for the overlap; the new one lives as long as the old one was made for.
    /// Both or neither: of several calls at once one makes a key.
    /// </summary>
    public async Task<Result<MadeKey>> Rotate(KeyRecord old, TimeSpan overlap, string by, string? idempotencyKey)
    {
        var now = clock.GetUtcNow();
        var end = now + overlap;
        var order = new KeyOrder(old.Name, old.Owner, old.Scopes, old.Datasets, now + (old.ExpiresAt - old.CreatedAt));
        var (key, record) = order.Make(now, by, idempotencyKey is null ? null : IdempotencyKey.IdOf(by, old.Id, idempotencyKey));
        record = record with { Replaces = old.Id };
        KeyRecord? Ending(KeyRecord last) => CannotRotate(old = last, now) is null
            ? last with { ReplacedBy = record.Id, ExpiresAt = last.ExpiresAt <= end ? last.ExpiresAt : end }
            : null;
        if (await store.Rotate(record, Ending, CancellationToken.None) is { } ending)
        {
            known.Put(ending);
            known.Put(record);
            return new MadeKey(key, record);
        }

        return old.ReplacedBy == record.Id ? await Make(order, by, old.Id, idempotencyKey) : CannotRotate(old, now)!;
    }

    private static ApiError? CannotRotate(KeyRecord old, DateTimeOffset now) =>
        !old.IsValid(now) ? new(ErrorCode.Conflict, $"The key {old.Id} is {old.State(now)}; make a new one instead.") { Target = "id" }
        : old.ReplacedBy is { } newer ? new(ErrorCode.Conflict, $"The key {newer} takes the place of {old.Id} already. Where its answer was lost, revoke it and make a new one.") { Target = "id" }
        : null;

    /// <summary>Why the call gets no new secret for the key that an earlier one made; null where it does.</summary>
    private static ApiError? Refusal(KeyRecord last, KeyRecord wanted) =>
        last.HasSecretOf(wanted) ? null
        : !IsAskedForBy(last, wanted) ? Refuse(ErrorCode.IdempotencyMismatch, $"was used for the key {last.Id}, which was to be another.")
        : Past(last, wanted.CreatedAt) is { } past ? Refuse(ErrorCode.Conflict, $"made the key {last.Id}, which {past}, and no secret is shown twice.")
        : last.CreatedAt + IdempotencyKey.OnItsWay - wanted.CreatedAt is var wait && wait > TimeSpan.Zero ? OnTheWay(last, wait)
        : null;

    /// <summary>Rotation reckons the end of a key from the time of the call, and then moves that of the old one.</summary>
    private static bool IsAskedForBy(KeyRecord last, KeyRecord wanted) =>
        (last.Name, last.Owner, last.Scopes) == (wanted.Name, wanted.Owner, wanted.Scopes)
        && (last.Datasets ?? []).SequenceEqual(wanted.Datasets ?? [])
        && (last.ExpiresAt == wanted.ExpiresAt || last.Replaces is not null || last.ReplacedBy is not null);

    private static string? Past(KeyRecord last, DateTimeOffset now) =>
        last.ReplacedBy is { } newer ? $"was changed for {newer}"
        : !last.IsValid(now) ? $"is {last.State(now)}"
        : last.LastUsedAt is not null ? "was used since"
        : null;

    private static ApiError Refuse(ErrorCode code, string what) =>
        IdempotencyKey.Refusal(code, $"{what} Use a new one for a new key.");

    private static ApiError OnTheWay(KeyRecord last, TimeSpan wait) => IdempotencyKey.InProgress($"The key {last.Id}", "its secret is made anew", wait);
}

/// <summary>A key that was made.</summary>
/// <param name="Key">The whole key.</param>
/// <param name="Record">What is kept of it.</param>
internal sealed record MadeKey(KeyText Key, KeyRecord Record);
