using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>References must be to records that are live once the submission stands; they take the letter case of the id they name.</summary>
internal sealed class ReferenceCheck(HeadReader head, SubmittedRows rows, StagedSubmission submission)
{
    /// <summary>Most ids that one which leads nowhere is compared with.</summary>
    private const int Compared = 1000;

    private readonly HashSet<(Dataset, string)> failed = [.. submission.FailedIds.Select(item => (item.Dataset, item.Id.ToLowerInvariant()))];

    /// <summary>Of ids that were looked up in the release: the id of the live record as it is stored; null where there is none.</summary>
    private readonly Dictionary<Dataset, Dictionary<string, string?>> live = [];

    /// <summary>Ids that the submission brings, among which a misspelt one is looked for, once there is one.</summary>
    private readonly Dictionary<Dataset, string[]> brought = [];

    /// <summary>References that lead nowhere.</summary>
    public ProblemList Problems { get; } = new();

    /// <summary>The rows, with the letter case of their references set; those that lead nowhere are found.</summary>
    public IReadOnlyList<RowChange> Checked(IReadOnlyList<RowChange> changes)
    {
        var references = changes.Where(change => !change.IsRetraction)
            .SelectMany(change => change.Dataset.References, (change, column) => (change, column))
            .Where(item => item.change.Values[item.column.Ordinal] is not null)
            .ToList();
        foreach (var target in references.GroupBy(item => Catalog.Get(item.column.References!)))
        {
            LookUp(target.Key, target.Select(Wanted));
        }

        Problems.Add(references.Where(item => !Resolve(item.change, item.column)).Select(item => Problem(item.change, item.column)));
        return changes;
    }

    /// <summary>
    /// Live records that would be left pointing at what the submission retracts: those that it neither re-points nor retracts.
    /// What it re-points to a retracted record is a reference to nothing, which <see cref="Checked"/> finds.
    /// </summary>
    public IEnumerable<RowProblem> CheckRetractions()
    {
        foreach (var target in rows.All.Index().Where(row => row.Item is { IsRetraction: true, IsLive: true }).GroupBy(row => row.Item.Dataset))
        {
            var referrers = Catalog.All
                .SelectMany(dataset => dataset.References.Where(column => column.References == target.Key.Name), (dataset, column) => (dataset, column))
                .SelectMany(item => head.Referrers(item.dataset, item.column, target.Select(row => row.Item.Id)), (item, found) => (item.dataset, found.Id, found.RefersTo))
                .Where(found => rows.Find(found.dataset, found.Id) is null)
                .ToLookup(found => found.RefersTo, StringComparer.OrdinalIgnoreCase);
            foreach (var (place, row) in target.Where(row => referrers.Contains(row.Item.Id)))
            {
                yield return StillReferenced(place, row, [.. referrers[row.Id].Select(found => $"{found.dataset.Name} {found.Id}").Distinct()]);
            }
        }
    }

    private static string Wanted((RowChange Change, Column Column) item) => (string)item.Change.Values[item.Column.Ordinal]!;

    /// <summary>Each id is looked up once, however many rows name it.</summary>
    private void LookUp(Dataset target, IEnumerable<string> ids)
    {
        if (!live.TryGetValue(target, out var known))
        {
            live[target] = known = new(StringComparer.OrdinalIgnoreCase);
        }

        var unknown = ids.Where(id => rows.Find(target, id) is null && known.TryAdd(id, null)).ToList();
        foreach (var (id, stored) in unknown.Count == 0 ? [] : head.LiveIds(target, unknown))
        {
            known[id] = stored;
        }
    }

    private bool Resolve(RowChange change, Column column)
    {
        var target = Catalog.Get(column.References!);
        var id = (string)change.Values[column.Ordinal]!;
        if (rows.Find(target, id) is { } place)
        {
            change.Set(column.Ordinal, rows[place].Id);
            return !rows[place].IsRetraction;
        }

        if (live[target][id] is { } stored)
        {
            change.Set(column.Ordinal, stored);
            return true;
        }

        return failed.Contains((target, id.ToLowerInvariant()));
    }

    /// <summary>To look for what was meant takes long, so it is done only for what will be reported.</summary>
    private RowProblem Problem(RowChange change, Column column)
    {
        var id = (string)change.Values[column.Ordinal]!;
        if (rows.Find(Catalog.Get(column.References!), id) is not null)
        {
            return change.Problem(column, RowErrorCodes.ReferenceNotFound, $"{column.References} {id} is retracted by this same submission; keep it, or name another.");
        }

        var hint = Problems.Count < SubmissionLimits.ReportedProblems ? NearMiss.Hint(id, Brought(Catalog.Get(column.References!))) : ".";
        return change.Problem(column, RowErrorCodes.ReferenceNotFound,
            $"{column.References} has no record {id}, neither in release {head.Release} nor in this submission{hint} Name one that is there, or send it along.");
    }

    private string[] Brought(Dataset dataset)
    {
        if (!brought.TryGetValue(dataset, out var ids))
        {
            brought[dataset] = ids = [.. rows.All.Where(row => row.Dataset == dataset && !row.IsRetraction).Take(Compared).Select(row => row.Id)];
        }

        return ids;
    }

    private RowProblem StillReferenced(int place, SubmittedRow row, string[] ids) => rows.Problem(place, row.Dataset.Columns[0], RowErrorCodes.StillReferenced,
        $"{ids.Length} live record{(ids.Length == 1 ? " refers" : "s refer")} to {row.Id}: {string.Join(", ", ids.Take(20))}{(ids.Length > 20 ? ", …" : "")}. Let them refer to another, or retract them, in the same submission.");
}
