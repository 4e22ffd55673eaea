using System.Collections;
using ConflictData.Releases;
using ConflictData.RowFiles;

namespace ConflictData.Submissions;

/// <summary>
/// The revisions that a submission comes to, put aside as they are found. Whether a row counts that left it open is known only when all
/// are there, and is kept beside them.
/// </summary>
internal sealed class ChangedRevisions : IRowList<Revision>, IDisposable
{
    private readonly RowFile<Revision> rows = new(RevisionFormat.Instance);
    private readonly BitArray counts = new(0);

    public int Count => rows.Count;

    /// <summary>Bytes of all of them as they are put aside, which is about what their values take.</summary>
    public long Bytes => rows.Bytes;

    public Revision this[int index] => Settled(rows[index], index);

    public void Add(Revision revision) => rows.Add(revision);

    /// <summary>Says whether a row counts that leaves it open.</summary>
    public void Settle(int index, bool isAdditive)
    {
        counts.Length = rows.Count;
        counts[index] = isAdditive;
    }

    public IEnumerable<Revision> Between(int first, int end) => rows.Between(first, end).Select((row, index) => Settled(row, first + index));

    public IEnumerator<Revision> GetEnumerator() => Between(0, Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => rows.Dispose();

    private Revision Settled(Revision row, int index)
    {
        if (row is { Action: RevisionAction.Upsert, Dataset.HasCounts: true } && index < counts.Length)
        {
            row.Values[row.Dataset["Additive"].Ordinal] ??= counts[index];
        }

        return row;
    }
}
