using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>References must be to records that are live once the submission stands; they take the letter case of the id they name.</summary>
internal sealed class ReferenceCheck(HeadReader head, IReadOnlyList<RowChange> changes, StagedSubmission submission)
{
    /// <summary>Most ids that one which leads nowhere is compared with.</summary>
    private const int Compared = 1000;

    private readonly Dictionary<(Dataset, string), RowChange> submitted = changes.ToDictionary(change => (change.Dataset, change.Id.ToLowerInvariant()));
    private readonly HashSet<(Dataset, string)> failed = [.. submission.FailedIds.Select(item => (item.Dataset, item.Id.ToLowerInvariant()))];
    private readonly Dictionary<Dataset, Dictionary<string, string>> live = [];

    /// <summary>Ids that the submission brings, among which a misspelt one is looked for.</summary>
    private readonly Dictionary<string, string[]> brought = changes.Where(change => !change.IsRetraction)
        .GroupBy(change => change.Dataset.Name)
        .ToDictionary(rows => rows.Key, rows => rows.Take(Compared).Select(change => change.Id).ToArray());

    /// <summary>Sets the letter case of references, and gives those that lead nowhere.</summary>
    public IEnumerable<RowProblem> Check()
    {
        var references = changes.Where(change => !change.IsRetraction)
            .SelectMany(change => change.Dataset.References, (change, column) => (change, column))
            .Where(item => item.change.Values[item.column.Ordinal] is not null)
            .ToList();
        foreach (var target in references.GroupBy(item => Catalog.Get(item.column.References!)))
        {
            live[target.Key] = head.LiveIds(target.Key, target.Select(Wanted).Distinct(StringComparer.OrdinalIgnoreCase));
        }

        // To look for what was meant takes long, so it is done only for what will be reported.
        return references.Where(item => !Resolve(item.change, item.column))
            .Select((item, index) => Problem(item.change, item.column, index < SubmissionLimits.ReportedProblems))
            .ToList();
    }

    /// <summary>
    /// Live records that would be left pointing at what the submission retracts: those that it neither re-points nor retracts.
    /// What it re-points to a retracted record is a reference to nothing, which <see cref="Check"/> finds.
    /// </summary>
    public IEnumerable<RowProblem> CheckRetractions()
    {
        foreach (var target in changes.Where(change => change is { IsRetraction: true, Current: not null }).GroupBy(change => change.Dataset))
        {
            var retracted = target.ToDictionary(change => change.Id, StringComparer.OrdinalIgnoreCase);
            var referrers = Catalog.All
                .SelectMany(dataset => dataset.References.Where(column => column.References == target.Key.Name), (dataset, column) => (dataset, column))
                .SelectMany(item => head.Referrers(item.dataset, item.column, retracted.Keys), (item, found) => (item.dataset, found.Id, found.RefersTo))
                .Where(found => !submitted.ContainsKey((found.dataset, found.Id.ToLowerInvariant())))
                .ToLookup(found => found.RefersTo, StringComparer.OrdinalIgnoreCase);
            foreach (var change in target.Where(change => referrers.Contains(change.Id)))
            {
                yield return StillReferenced(change, [.. referrers[change.Id].Select(found => $"{found.dataset.Name} {found.Id}").Distinct()]);
            }
        }
    }

    private static string Wanted((RowChange Change, Column Column) item) => (string)item.Change.Values[item.Column.Ordinal]!;

    private bool Resolve(RowChange change, Column column)
    {
        var target = Catalog.Get(column.References!);
        var id = (string)change.Values[column.Ordinal]!;
        var key = (target, id.ToLowerInvariant());
        if (submitted.TryGetValue(key, out var brought))
        {
            change.Set(column.Ordinal, brought.Id);
            return !brought.IsRetraction;
        }

        if (live[target].TryGetValue(id, out var stored))
        {
            change.Set(column.Ordinal, stored);
            return true;
        }

        return failed.Contains(key);
    }

    private RowProblem Problem(RowChange change, Column column, bool withHint)
    {
        var id = (string)change.Values[column.Ordinal]!;
        if (submitted.ContainsKey((Catalog.Get(column.References!), id.ToLowerInvariant())))
        {
            return change.Problem(column, RowErrorCodes.ReferenceNotFound, $"{column.References} {id} is retracted by this same submission; keep it, or name another.");
        }

        var hint = withHint ? NearMiss.Hint(id, brought.GetValueOrDefault(column.References!) ?? []) : ".";
        return change.Problem(column, RowErrorCodes.ReferenceNotFound,
            $"{column.References} has no record {id}, neither in release {head.Release} nor in this submission{hint} Name one that is there, or send it along.");
    }

    private static RowProblem StillReferenced(RowChange change, string[] ids) => change.Problem(change.Dataset.Columns[0], RowErrorCodes.StillReferenced,
        $"{ids.Length} live record{(ids.Length == 1 ? " refers" : "s refer")} to {change.Id}: {string.Join(", ", ids.Take(20))}{(ids.Length > 20 ? ", …" : "")}. Let them refer to another, or retract them, in the same submission.");
}
