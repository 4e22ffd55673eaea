using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Query;

/// <summary>
/// The revisions that some commits bring to one dataset, as rows of its table: which release brought each, which one
/// replaced it within the batch, and which rows that the table already has are replaced by the batch.
/// </summary>
internal sealed class RevisionBatch(Dataset dataset, long firstSequence)
{
    private readonly List<Row> rows = [];
    private readonly Dictionary<string, int> lastRow = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, int> replaced = [];

    public Dataset Dataset => dataset;

    public long FirstSequence => firstSequence;

    public IReadOnlyList<Row> Rows => rows;

    /// <summary>By id the index of its last row here.</summary>
    public IReadOnlyDictionary<string, int> LastRow => lastRow;

    /// <summary>By sequence number of a row that the table has: the release that replaces it.</summary>
    public IReadOnlyDictionary<long, int> Replaced => replaced;

    public void Add(Commit commit, Revision revision, IdMap stored)
    {
        if (lastRow.TryGetValue(revision.Id, out var before))
        {
            rows[before].ReplacedBy(commit.Release);
        }
        else if (stored.Find(dataset, revision.Id) is { } sequence)
        {
            replaced.Add(sequence, commit.Release);
        }

        lastRow[revision.Id] = rows.Count;
        rows.Add(new(commit, revision));
    }

    internal sealed class Row(Commit commit, Revision revision)
    {
        public Commit Commit => commit;

        public Revision Revision => revision;

        /// <summary>A tombstone is never live: it is replaced by the release that brings it, and by no later one.</summary>
        public int To { get; private set; } = revision.Action == RevisionAction.Retract ? commit.Release : EngineSchema.Open;

        public void ReplacedBy(int release) => To = Math.Min(To, release);
    }
}
