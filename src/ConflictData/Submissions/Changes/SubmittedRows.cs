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
    private readonly List<RowHead> absent = [];
    private readonly List<Standing> standing;
    private readonly List<(Dataset Dataset, int First, int End)> groups = [];
    private readonly Dictionary<Dataset, Dictionary<string, int>> places = Catalog.All.ToDictionary(
        dataset => dataset, _ => new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase));

    public SubmittedRows(StagedRows staged, HeadReader head)
    {
        (this.staged, this.head, standing) = (staged, head, new(staged.Heads.Count));
        for (int first = 0, end; first < staged.Heads.Count; first = end)
        {
            var dataset = staged.Heads[first].Dataset;
            for (end = first; end < staged.Heads.Count && staged.Heads[end].Dataset == dataset; end++)
            {
                standing.Add(new(staged.Heads[end].Id, 0, false));
            }

            Group(dataset, first);
            foreach (var last in head.Last(dataset, Enumerable.Range(first, end - first).Select(place => standing[place].Id)))
            {
                var place = places[dataset][last.Id];
                standing[place] = new(last.Id == standing[place].Id ? standing[place].Id : last.Id, last.Sequence, last.IsLive);
            }
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => standing.Count;

    /// <summary>A row, by its place.</summary>
    public SubmittedRow this[int place]
    {
        get
        {
            var (id, sequence, isLive) = standing[place];
            return new(IsSent(place) ? staged.Heads[place] : absent[place - staged.Heads.Count], id, sequence, isLive);
        }
    }

    /// <summary>All rows, by their places.</summary>
    public IEnumerable<SubmittedRow> All => Enumerable.Range(0, Count).Select(place => this[place]);

    public void AddAbsent(Dataset dataset, IReadOnlyCollection<LastRevision> records)
    {
        var first = Count;
        absent.AddRange(records.Select(record => new RowHead(dataset, record.Id, 0, 0, IsRetraction: true)));
        standing.AddRange(records.Select(record => new Standing(record.Id, record.Sequence, record.IsLive)));
        Group(dataset, first);
    }

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
        RowChange.Problem(IsSent(place) ? staged[place] : StagedRow.OfAbsent(this[place].Head), this[place].Id, column, code, message);

    private bool IsSent(int place) => place < staged.Heads.Count;

    /// <summary>The last rows, from one on, are of a dataset.</summary>
    private void Group(Dataset dataset, int first)
    {
        places[dataset].EnsureCapacity(places[dataset].Count + Count - first);
        for (var place = first; place < Count; place++)
        {
            places[dataset].Add(standing[place].Id, place);
        }

        groups.Add((dataset, first, Count));
    }

    private int EndOfPortion(int first, int end)
    {
        end = Math.Min(end, first + PortionRows);
        return IsSent(first) ? staged.EndOfPortion(first, end, PortionBytes) : end;
    }

    private List<RowChange> Portion(Dataset dataset, int first, int end)
    {
        var last = standing[first..end].Where(row => row.Sequence > 0).Select(row => row.Sequence).ToList();
        var records = last.Count == 0 ? [] : head.Records(dataset, last);
        var rows = IsSent(first) ? staged.Between(first, end) : Enumerable.Range(first, end - first).Select(place => StagedRow.OfAbsent(this[place].Head));
        return [.. rows.Select((row, index) => new RowChange(row, records.GetValueOrDefault(row.Id)) { Place = first + index })];
    }

    /// <summary>What stays in memory of the record that a row is about, beside the row's head.</summary>
    /// <param name="Id">The id in the letter case in which it is stored, or will be.</param>
    /// <param name="Sequence">Sequence number of the last revision, a tombstone included; 0 where there is none.</param>
    /// <param name="IsLive">True where the record stands.</param>
    private readonly record struct Standing(string Id, long Sequence, bool IsLive);
}
