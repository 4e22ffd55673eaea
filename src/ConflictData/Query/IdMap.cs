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

    private Func<Dataset, IEnumerable<string>>? source;
    private Task complete = Task.CompletedTask;

    /// <summary>
    /// Ends when all is known that was loaded in one go. To be waited for before <see cref="Find"/> and <see cref="Set"/>. What failed is
    /// tried again when it is next asked for.
    /// </summary>
    public Task Complete
    {
        get
        {
            lock (gate)
            {
                if (complete.IsFaulted)
                {
                    complete = Filling(source!);
                }

                return complete;
            }
        }
    }

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

    /// <summary>Reads the ids of whole tables beside other work: pages can be served without them.</summary>
    /// <param name="read">Gives the ids of a dataset in the order of their sequence numbers, which begin at 1.</param>
    public void Fill(Func<Dataset, IEnumerable<string>> read)
    {
        lock (gate)
        {
            (source, complete) = (read, Filling(read));
        }
    }

    private Task Filling(Func<Dataset, IEnumerable<string>> read) => Task.Factory.StartNew(
        () =>
        {
            foreach (var (dataset, map) in maps)
            {
                var sequence = 0L;
                foreach (var id in read(dataset))
                {
                    map[id] = ++sequence;
                }
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
