using ConflictData.Api;
using Microsoft.Extensions.Logging;

namespace ConflictData.Access;

/// <summary>
/// The keys as this instance knows them. What it knows is taken for <see cref="Settings.KeyFreshSeconds"/>, so that a key which another
/// instance revokes is valid here no longer than that; what is revoked here ends at once. While storage does not answer, a key
/// that was known goes on for <see cref="Settings.KeyGraceMinutes"/>, and of one that was not, nobody can tell.
/// </summary>
public sealed class KnownKeys(IKeyStore store, Settings settings, TimeProvider clock, ILogger<KnownKeys> log)
{
    private const int Most = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenUses = TimeSpan.FromHours(1);

    // Kept apart, so that ids sent at random drive out no key.
    private readonly RecentlyUsed<string, KeyLook> known = new(Most, (_, _) => 1);
    private readonly RecentlyUsed<string, KeyLook> unknown = new(Most, (_, _) => 1);

    private static ApiError Unavailable { get; } = new(ErrorCode.StorageUnavailable, "Storage cannot be reached, so that nobody can tell whether the key is valid; try again.")
    {
        RetryAfter = 5,
    };

    /// <summary>True for the id of a key, and for one of which it is known that there is no such key: neither costs who guesses a look.</summary>
    internal bool Knows(string id) => known.TryFind(id, out _) || Fresh(unknown.TryFind(id, out var look) ? look : null) is not null;

    /// <summary>What there is to know about a key; <see cref="ErrorCode.StorageUnavailable"/> where nobody can tell.</summary>
    internal async ValueTask<Result<KeyLook>> Find(string id, CancellationToken cancellation)
    {
        var last = Last(id);
        return Fresh(last) is { } fresh ? fresh : await Ask(id, last, cancellation);
    }

    /// <summary>The same, as storage has it now.</summary>
    internal ValueTask<Result<KeyLook>> FindAnew(string id, CancellationToken cancellation) => Ask(id, Last(id), cancellation);

    private async ValueTask<Result<KeyLook>> Ask(string id, KeyLook? last, CancellationToken cancellation)
    {
        var asked = clock.GetUtcNow();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var record = await store.Find(id, stop.Token);
            // What this instance wrote meanwhile, such as a revocation, is newer.
            return Last(id) is { } newer && newer.ReadAt > asked ? newer : Keep(id, new(record, clock.GetUtcNow(), clock.GetUtcNow()));
        }
        catch (Exception problem) when (Failures.IsStorage(problem) || (problem is OperationCanceledException && patience.IsCancellationRequested))
        {
            return Goes(last) ? Keep(id, last! with { TriedAt = clock.GetUtcNow() }) : Unavailable;
        }
    }

    /// <summary>Takes note of a key that this instance wrote.</summary>
    internal void Put(KeyRecord record) => Keep(record.Id, new(record, clock.GetUtcNow(), clock.GetUtcNow()));

    /// <summary>Takes note, at most hourly, that a key is used; nobody waits for it, and a note that gets lost is made the next hour.</summary>
    internal void Used(KeyRecord record)
    {
        var now = clock.GetUtcNow();
        if ((record.LastUsedAt is { } last && now - last < BetweenUses) || Last(record.Id) is not { Record: { } known } look)
        {
            return;
        }

        Keep(record.Id, look with { Record = known with { LastUsedAt = now } });
        _ = Note(record.Id, now);
    }

    private async Task Note(string id, DateTimeOffset now)
    {
        try
        {
            await store.Used(id, now, CancellationToken.None);
        }
        catch (Exception problem)
        {
            log.UseNotNoted(problem, id);
        }
    }

    private KeyLook? Last(string id) => known.TryFind(id, out var look) || unknown.TryFind(id, out look) ? look : null;

    /// <summary>The look, where storage need not be asked again yet.</summary>
    private KeyLook? Fresh(KeyLook? look) =>
        look is not null && clock.GetUtcNow() - look.TriedAt < TimeSpan.FromSeconds(settings.KeyFreshSeconds) && (look.ReadAt == look.TriedAt || Goes(look))
            ? look
            : null;

    private bool Goes(KeyLook? look) =>
        look is { Record: not null } && clock.GetUtcNow() - look.ReadAt < TimeSpan.FromMinutes(settings.KeyGraceMinutes);

    private KeyLook Keep(string id, KeyLook look)
    {
        (look.Record is null ? known : unknown).Remove(id);
        (look.Record is null ? unknown : known).Replace(id, look);
        return look;
    }
}
