using System.Collections.Concurrent;
using Azure;
using ConflictData.Access;

namespace ConflictData.Tests.Access;

/// <summary>Keys in memory, with a storage that can stop to answer, and a count of the looks into it.</summary>
internal sealed class FakeKeyStore : IKeyStore
{
    private readonly ConcurrentDictionary<string, KeyRecord> keys = new();

    public bool IsDown { get; set; }

    public int Looks { get; private set; }

    public List<(string Id, DateTimeOffset At)> Uses { get; } = [];

    public KeyRecord this[string id]
    {
        get => keys[id];
        set => keys[id] = value;
    }

    public async Task<KeyRecord?> Find(string id, CancellationToken cancellation)
    {
        Looks++;
        await Answer();
        return keys.GetValueOrDefault(id);
    }

    public async Task<IReadOnlyList<KeyRecord>> After(string id, int most, CancellationToken cancellation)
    {
        await Answer();
        return [.. keys.Values.Where(key => string.CompareOrdinal(key.Id, id) > 0).OrderBy(key => key.Id, StringComparer.Ordinal).Take(most)];
    }

    public async Task<KeyRecord> Add(KeyRecord key, CancellationToken cancellation)
    {
        await Answer();
        return keys.GetOrAdd(key.Id, key);
    }

    public async Task<KeyRecord?> Change(string id, Func<KeyRecord, KeyRecord> change, CancellationToken cancellation)
    {
        await Answer();
        return keys.TryGetValue(id, out var key) ? keys[id] = change(key) : null;
    }

    public async Task<KeyRecord?> Rotate(KeyRecord key, Func<KeyRecord, KeyRecord?> change, CancellationToken cancellation)
    {
        await Answer();
        if (!keys.TryGetValue(key.Replaces!, out var old) || change(old) is not { } next)
        {
            return null;
        }

        (keys[next.Id], keys[key.Id]) = (next, key);
        return next;
    }

    public async Task Used(string id, DateTimeOffset at, CancellationToken cancellation)
    {
        await Answer();
        Uses.Add((id, at));
        keys[id] = keys[id] with { LastUsedAt = at };
    }

    private Task Answer() => IsDown ? Task.FromException(new RequestFailedException(0, "connection refused")) : Task.CompletedTask;
}
