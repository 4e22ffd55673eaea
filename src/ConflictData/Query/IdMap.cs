using ConflictData.Datasets;

namespace ConflictData.Query;

/// <summary>
/// Where each record's last revision stands: by dataset and id, letter case ignored, its sequence number. A lookup by id
/// then becomes one by sequence number, which the engine finds without an index.
/// </summary>
internal sealed class IdMap
{
    private readonly Lock gate = new();
    private readonly Dictionary<Dataset, Dictionary<string, long>> maps =
        Catalog.All.ToDictionary(dataset => dataset, _ => new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase));

    public long? Find(Dataset dataset, string id)
    {
        lock (gate)
        {
            return maps[dataset].TryGetValue(id, out var sequence) ? sequence : null;
        }
    }

    public void Set(Dataset dataset, IReadOnlyDictionary<string, int> rows, long firstSequence)
    {
        lock (gate)
        {
            var map = maps[dataset];
            map.EnsureCapacity(map.Count + rows.Count);
            foreach (var (id, row) in rows)
            {
                map[id] = firstSequence + row;
            }
        }
    }
}
