namespace ConflictData.Access;

/// <summary>What was found out about a key, and when.</summary>
/// <param name="Record">The key; null where there is none of that id.</param>
/// <param name="ReadAt">When storage said so.</param>
/// <param name="TriedAt">When storage was asked last, whether or not it answered.</param>
internal sealed record KeyLook(KeyRecord? Record, DateTimeOffset ReadAt, DateTimeOffset TriedAt);

/// <summary>The looks at the ids that were asked for last, up to a number of them: who sends ids at random fills no memory.</summary>
internal sealed class RecentLooks(int most)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Id, KeyLook Look)>> byId = [];
    private readonly LinkedList<(string Id, KeyLook Look)> byUse = new();

    public int Count
    {
        get
        {
            lock (gate)
            {
                return byId.Count;
            }
        }
    }

    public KeyLook? Find(string id)
    {
        lock (gate)
        {
            if (!byId.TryGetValue(id, out var node))
            {
                return null;
            }

            byUse.Remove(node);
            byUse.AddFirst(node);
            return node.Value.Look;
        }
    }

    public void Put(string id, KeyLook look)
    {
        lock (gate)
        {
            Drop(id);
            byId[id] = byUse.AddFirst((id, look));
            if (byId.Count > most)
            {
                Drop(byUse.Last!.Value.Id);
            }
        }
    }

    public void Remove(string id)
    {
        lock (gate)
        {
            Drop(id);
        }
    }

    private void Drop(string id)
    {
        if (byId.Remove(id, out var node))
        {
            byUse.Remove(node);
        }
    }
}
