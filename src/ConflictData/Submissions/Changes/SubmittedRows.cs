using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>
/// The rows of a submission beside the records that they are about, at one release: first those that were sent, then those of records
/// that a payload of mode=replace does not have. What they hold is read in portions, forward.
/// </summary>
internal sealed class SubmittedRows
{
    /// <summary>Rows, and bytes of what was sent, that memory holds at once with the records that they are about.</summary>
    private const int PortionRows = 4096, PortionBytes = 2 * 1024 * 1024;

    private readonly HeadReader head;
    private readonly StagedRows staged;
    private readonly List<SubmittedRow> all = [];
    private readonly List<(Dataset Dataset, int First, int End)> groups = [];
    private readonly Dictionary<Dataset, Dictionary<string, int>> places = Catalog.All.ToDictionary(
        dataset => dataset, _ => new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase));

    public SubmittedRows(StagedRows staged, HeadReader head)
    {
        (this.staged, this.head) = (staged, head);
        foreach (var rows in staged.Heads.GroupBy(row => row.Dataset))
        {
            var last = head.Last(rows.Key, rows.Select(row => row.Id));
            Add(rows.Key, rows.Select(row => SubmittedRow.Of(row, last.GetValueOrDefault(row.Id))));
        }
    }

    /// <summary>Each row is known by its place here.</summary>
    public IReadOnlyList<SubmittedRow> All => all;

    public void AddAbsent(Dataset dataset, IEnumerable<LastRevision> records) => Add(dataset, records.Select(record => SubmittedRow.OfAbsent(dataset, record)));

    /// <summary>The place of the row about a record, letter case of the id ignored; null where there is none.</summary>
    public int? Find(Dataset dataset, string id) => places[dataset].TryGetValue(id, out var place) ? place : null;

    /// <summary>The rows of a dataset with the records that they are about, a portion after the other.</summary>
    public IEnumerable<IReadOnlyList<RowChange>> Portions(Dataset dataset)
    {
        foreach (var (_, first, end) in groups.Where(group => group.Dataset == dataset))
        {
            for (int at = first, next; at < end; at = next)
            {
                next = EndOfPortion(at, end);
                yield return Portion(dataset, at, next);
            }
        }
    }

    /// <summary>A problem of a row, with the cell as it was sent.</summary>
    public RowProblem Problem(int place, Column? column, string code, string message) =>
        RowChange.Problem(IsSent(place) ? staged[place] : StagedRow.OfAbsent(all[place].Head), all[place].Id, column, code, message);

    private bool IsSent(int place) => place < staged.Heads.Count;

    private void Add(Dataset dataset, IEnumerable<SubmittedRow> rows)
    {
        var first = all.Count;
        foreach (var row in rows)
        {
            places[dataset].Add(row.Id, all.Count);
            all.Add(row);
        }

        groups.Add((dataset, first, all.Count));
    }

    private int EndOfPortion(int first, int end)
    {
        end = Math.Min(end, first + PortionRows);
        return IsSent(first) ? staged.EndOfPortion(first, end, PortionBytes) : end;
    }

    private List<RowChange> Portion(Dataset dataset, int first, int end)
    {
        var last = all[first..end].Where(row => row.Sequence > 0).Select(row => row.Sequence).ToList();
        var records = last.Count == 0 ? [] : head.Records(dataset, last);
        var rows = IsSent(first) ? staged.Between(first, end) : all[first..end].Select(row => StagedRow.OfAbsent(row.Head));
        return [.. rows.Select((row, index) => new RowChange(row, records.GetValueOrDefault(row.Id)) { Place = first + index })];
    }
}
