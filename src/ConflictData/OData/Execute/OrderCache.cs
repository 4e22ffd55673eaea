namespace ConflictData.OData;

/// <summary>
/// Keeps the sequence numbers of ordered reads in their order, so that a page deep in such a read costs no new sort. What
/// falls out is computed again: a release does not change, so the order is the same.
/// </summary>
internal sealed class OrderCache(int capacity = OrderCache.DefaultCapacity)
{
    /// <summary>Sequence numbers over all lists: 64 MB.</summary>
    private const int DefaultCapacity = 8_000_000;

    private readonly Lock gate = new();
    private readonly Dictionary<OrderKey, LinkedListNode<(OrderKey Key, long[] List)>> lists = [];
    private readonly LinkedList<(OrderKey Key, long[] List)> used = [];
    private long held;

    public long[]? Find(OrderKey key)
    {
        lock (gate)
        {
            if (!lists.TryGetValue(key, out var node))
            {
                return null;
            }
            used.Remove(node);
            used.AddFirst(node);
            return node.Value.List;
        }
    }

    public void Keep(OrderKey key, long[] list)
    {
        lock (gate)
        {
            if (list.Length > capacity || lists.ContainsKey(key))
            {
                return;
            }
            lists[key] = used.AddFirst((key, list));
            held += list.Length;
            while (held > capacity)
            {
                var oldest = used.Last!;
                used.RemoveLast();
                lists.Remove(oldest.Value.Key);
                held -= oldest.Value.List.Length;
            }
        }
    }
}

/// <summary>Names an ordered read.</summary>
/// <param name="EffectiveRelease">The last release that touched the dataset.</param>
/// <param name="Query">Hash of the query, hex.</param>
internal readonly record struct OrderKey(int EffectiveRelease, string Query);
