using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.RowFiles;

namespace ConflictData.Query;

/// <summary>
/// The revisions that some commits bring to one dataset, as rows of its table: which release brought each, which one
/// replaced it within the batch, and which rows that the table already has are replaced by the batch. The revisions themselves stay where
/// they are, and are read again, forward, when they are written.
/// </summary>
internal sealed class RevisionBatch(Dataset dataset, long firstSequence)
{
    private readonly List<(CommittedRevisions Committed, int First, int Rows)> parts = [];
    private readonly List<int> ends = [];
    private readonly Dictionary<string, int> lastRow = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, int> replaced = [];

    public Dataset Dataset => dataset;

    public long FirstSequence => firstSequence;

    public int Count => ends.Count;

    /// <summary>By id the index of its last row here.</summary>
    public IReadOnlyDictionary<string, int> LastRow => lastRow;

    /// <summary>By sequence number of a row that the table has: the release that replaces it.</summary>
    public IReadOnlyDictionary<long, int> Replaced => replaced;

    /// <summary>All rows in order, each with the release that replaced it.</summary>
    public IEnumerable<Row> Rows => parts
        .SelectMany(part => part.Committed.Revisions.Between(part.First, part.First + part.Rows), (part, revision) => (part.Committed.Commit, revision))
        .Select((row, index) => new Row(row.Commit, row.revision, ends[index]));

    /// <summary>Takes in some revisions of a commit.</summary>
    /// <returns>The first of them that is of another dataset, as the commit has it; null where none is.</returns>
    public int? Add(CommittedRevisions committed, int first, int rows, IdMap stored)
    {
        parts.Add((committed, first, rows));
        foreach (var (index, revision) in committed.Revisions.Between(first, first + rows).Index())
        {
            if (revision.Dataset != dataset)
            {
                return first + index;
            }

            Add(committed.Commit, revision, stored);
        }

        return null;
    }

    /// <summary>A tombstone is never live: it is replaced by the release that brings it, and by no later one.</summary>
    private void Add(Commit commit, Revision revision, IdMap stored)
    {
        if (lastRow.TryGetValue(revision.Id, out var before))
        {
            ends[before] = Math.Min(ends[before], commit.Release);
        }
        else if (stored.Find(dataset, revision.Id) is { } sequence)
        {
            replaced.Add(sequence, commit.Release);
        }

        lastRow[revision.Id] = ends.Count;
        ends.Add(revision.Action == RevisionAction.Retract ? commit.Release : EngineSchema.Open);
    }

    internal readonly record struct Row(Commit Commit, Revision Revision, int To);
}
