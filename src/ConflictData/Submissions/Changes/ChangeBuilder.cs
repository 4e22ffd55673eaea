using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>Compares a submission with the newest release, as set-based queries in one session of the engine.</summary>
internal sealed class ChangeBuilder(HeadReader head, StagedSubmission submission, Ownership ownership)
{
    private readonly ProblemList errors = new();
    private readonly WarningList warnings = new();
    private readonly HashSet<(string Dataset, int Row)> forbidden = [];
    private readonly List<RowChange> changes = [];
    private Dictionary<string, string?>? parentPlaces;

    public ChangeSet Build()
    {
        foreach (var rows in submission.Rows.GroupBy(row => row.Source.Dataset))
        {
            var records = head.Records(rows.Key, rows.Select(row => row.Id));
            changes.AddRange(rows.Select(row => new RowChange(row, records.GetValueOrDefault(row.Id))));
        }

        if (submission.Replaces && !Replace())
        {
            return Changes();
        }

        var references = new ReferenceCheck(head, changes, submission);
        Refuse(references.Check());
        foreach (var rows in changes.GroupBy(change => change.Dataset))
        {
            Classify(rows.Key, rows);
        }

        Refuse(references.CheckRetractions().Where(problem => !forbidden.Contains((problem.Dataset, problem.Row))));
        if (errors.Count == 0 && submission.Complete)
        {
            CheckNesting();
            CheckClaims();
        }

        return Changes();
    }

    private ChangeSet Changes() => new(head.Release, errors.Count == 0 ? Revisions() : [], Counts(), errors, warnings);

    /// <summary>Adds the records that the payload does not have. False where its base has moved: then no row can be compared with anything.</summary>
    private bool Replace()
    {
        var replacement = new Replacement(head, submission, ownership, changes);
        errors.Add(replacement.Moved());
        if (errors.Count > 0)
        {
            return false;
        }

        // With a row that failed, its record may only seem to be absent.
        if (submission.Complete)
        {
            Refuse(replacement.TooMany());
            changes.AddRange(errors.Count == 0 ? replacement.Absent() : []);
        }

        return true;
    }

    private void Classify(Dataset dataset, IEnumerable<RowChange> rows)
    {
        var comparison = new RecordComparison(dataset);
        foreach (var change in rows)
        {
            change.Kind = change switch
            {
                { IsRetraction: true } => ChangeKind.Retracted,
                { Current: null } => ChangeKind.Added,
                _ => comparison.Same(change) ? ChangeKind.Unchanged : ChangeKind.Changed,
            };
            Refuse(Forbidden(change) ?? comparison.Problems(change, submission.Base));
            warnings.Add(ownership.Warnings(change));
        }
    }

    /// <summary>
    /// What forbids to touch the record at all, or null. Nothing else is said of such a row: what is wrong with it shows what the record
    /// holds, to somebody who perhaps may not read it.
    /// </summary>
    private IReadOnlyList<RowProblem>? Forbidden(RowChange change)
    {
        IReadOnlyList<RowProblem> problems = [.. ownership.Errors(change)];
        if (problems.Count == 0)
        {
            return null;
        }

        forbidden.Add((change.Dataset.Name, change.Row.Source.Row));
        return problems;
    }

    private void CheckNesting()
    {
        foreach (var nesting in Nesting.All)
        {
            var rows = changes.Where(change => change.Dataset == nesting.Dataset).ToList();
            if (rows.Count > 0)
            {
                Refuse(nesting.Check(rows, Parents(nesting.Dataset)));
            }
        }
    }

    private void CheckClaims()
    {
        foreach (var rows in changes.Where(change => change is { Dataset.HasCounts: true, Kind: not ChangeKind.Unchanged }).GroupBy(change => change.Dataset))
        {
            var (found, looks) = new ClaimsCheck(head, rows.Key, [.. rows], ParentPlaces()).Check();
            Refuse(found);
            warnings.Add(looks);
        }
    }

    /// <summary>Which place lies in which, as it will be.</summary>
    private Dictionary<string, string?> ParentPlaces() => parentPlaces ??= Parents(Catalog.Get("Places"));

    private Dictionary<string, string?> Parents(Dataset dataset)
    {
        var parents = head.Parents(dataset);
        foreach (var change in changes.Where(change => change.Dataset == dataset && !change.IsRetraction))
        {
            parents[change.Id] = (string?)change.Values[dataset["ParentId"].Ordinal];
        }

        return parents;
    }

    private List<Revision> Revisions()
    {
        var changed = changes.Where(change => change.Kind != ChangeKind.Unchanged).ToLookup(change => change.Dataset);
        return [.. submission.Datasets.SelectMany(dataset => changed[dataset])
            .Select(change => new Revision(change.Dataset, change.Id, change.Row.Action, Reason(change), Stored(change)))];
    }

    /// <summary>The row's own reason, else the submission's, else what the change is. A reason that the record has already counts as not given.</summary>
    private string Reason(RowChange change)
    {
        var own = RowCheck.ReasonOf(change.Row.Source);
        var before = (string?)change.Current?.Values[change.Dataset["ChangeReason"].Ordinal];
        return (own == before ? null : own) ?? submission.Reason ?? change.Kind switch
        {
            ChangeKind.Added => "new",
            ChangeKind.Retracted => "retraction",
            _ => "correction",
        };
    }

    private static object?[] Stored(RowChange change)
    {
        var values = change.IsRetraction ? (object?[])change.Current!.Values.Clone() : change.Values;
        foreach (var column in change.Dataset.SystemColumns)
        {
            values[column.Ordinal] = null;
        }

        return values;
    }

    private SubmissionCounts Counts()
    {
        int Of(ChangeKind kind) => changes.Count(change => change.Kind == kind);
        return new(changes.Count, Of(ChangeKind.Added), Of(ChangeKind.Changed), Of(ChangeKind.Unchanged), Of(ChangeKind.Retracted));
    }

    private void Refuse(IEnumerable<RowProblem> problems) => errors.Add(problems);
}
