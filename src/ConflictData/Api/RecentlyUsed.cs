using System.Diagnostics.CodeAnalysis;

namespace ConflictData.Api;

/// <summary>
/// Keeps what was used last, as much as there is room for. Only for what can be made again: what falls out is gone, and
/// what alone is larger than the room is never kept.
/// </summary>
/// <param name="room">What all of it may cost together.</param>
/// <param name="cost">What one takes up; it must not change while it is kept.</param>
/// <param name="dropped">Told of each that is kept no longer.</param>
internal sealed class RecentlyUsed<TKey, TValue>(long room, Func<TKey, TValue, long> cost, Action<TValue>? dropped = null)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> kept = [];
    private readonly LinkedList<(TKey Key, TValue Value)> used = [];
    private long held;

    /// <summary>What all that is kept costs.</summary>
    public long Held
    {
        get
        {
            lock (gate)
            {
                return held;
            }
        }
    }

    public bool TryFind(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (gate)
        {
            if (!kept.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }
            used.Remove(node);
            used.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>False where it is not kept: one by that key is, or there is no room for it.</summary>
    public bool Keep(TKey key, TValue value)
    {
        lock (gate)
        {
            if (cost(key, value) is var added && (added > room || kept.ContainsKey(key)))
            {
                return false;
            }
            kept[key] = used.AddFirst((key, value));
            held += added;
            while (held > room)
            {
                Drop(used.Last!);
            }
            return true;
        }
    }

    /// <summary>Keeps the value whatever was kept by that key before.</summary>
    public void Replace(TKey key, TValue value)
    {
        lock (gate)
        {
            Remove(key);
            Keep(key, value);
        }
    }

    public void Remove(TKey key)
    {
        lock (gate)
        {
            if (kept.TryGetValue(key, out var node))
            {
                Drop(node);
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            while (used.Count > 0)
            {
                Drop(used.Last!);
            }
        }
    }

    private void Drop(LinkedListNode<(TKey Key, TValue Value)> node)
    {
        var (key, value) = node.Value;
        used.Remove(node);
        kept.Remove(key);
        held -= cost(key, value);
        dropped?.Invoke(value);
    }
}
