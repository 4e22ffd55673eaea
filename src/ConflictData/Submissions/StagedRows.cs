using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.RowFiles;

namespace ConflictData.Submissions;

/// <summary>What of a row stays in memory while the row itself is put aside.</summary>
/// <param name="Dataset">Its dataset.</param>
/// <param name="Id">Its id, as it was sent.</param>
/// <param name="Number">Data row from 1.</param>
/// <param name="Line">Physical line from 1.</param>
/// <param name="IsRetraction">True where it retracts its record.</param>
internal readonly record struct RowHead(Dataset Dataset, string Id, int Number, int Line, bool IsRetraction);

/// <summary>The rows of a submission that passed the checks of a row by itself, by dataset in the order of the catalogue, then in that of the payload.</summary>
internal sealed class StagedRows : IDisposable
{
    private readonly RowFile<StagedRow> rows = new(StagedRowFormat.Instance);
    private readonly List<RowHead> heads = [];

    public IReadOnlyList<RowHead> Heads => heads;

    /// <summary>A row, by its place among the heads.</summary>
    public StagedRow this[int index] => rows[index];

    public void Add(StagedRow row)
    {
        rows.Add(row);
        heads.Add(new(row.Source.Dataset, row.Id, row.Source.Row, row.Source.Line, row.Action == RevisionAction.Retract));
    }

    /// <summary>Gives back the room that was taken for more rows.</summary>
    public void End() => heads.TrimExcess();

    /// <summary>How far one may go from a row, before another, until the rows take more than so many bytes; the first is always among them.</summary>
    public int EndOfPortion(int first, int end, int mostBytes) => rows.EndOfPortion(first, end, mostBytes);

    /// <summary>Rows in order, from one to before another.</summary>
    public IEnumerable<StagedRow> Between(int first, int end) => rows.Between(first, end);

    public void Dispose() => rows.Dispose();
}
