using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>
/// Compares a submission with the newest release, as set-based queries in one session of the engine. The rows are gone through once, in
/// portions; what their revisions are is put aside, and of the rest memory keeps what the rules over all rows need.
/// </summary>
internal sealed class ChangeBuilder(HeadReader head, StagedSubmission submission, Ownership ownership)
{
    private readonly SubmittedRows rows = new(submission.Rows, head);
    private readonly ProblemList errors = new();
    private readonly WarningList warnings = new();
    private readonly HashSet<(string Dataset, int Row)> forbidden = [];
    private readonly int[] counts = new int[Enum.GetValues<ChangeKind>().Length];
    private readonly ChangedRevisions revisions = new();
    private readonly Dictionary<Dataset, List<ClaimChange>> claims = [];
    private readonly ParentChanges places = new(Nesting.Places), actors = new(Nesting.Actors);
    private readonly SharedTexts shared = new();

    /// <summary>What it comes to; the caller disposes it.</summary>
    public ChangeSet Build()
    {
        try
        {
            Compare();
            return new(head.Release, Revisions(), Counts(), errors, warnings);
        }
        catch
        {
            revisions.Dispose();
            throw;
        }
    }

    private void Compare()
    {
        if (submission.Replaces && !Replace())
        {
            return;
        }

        var references = new ReferenceCheck(head, rows, submission);
        var others = new ProblemList();
        foreach (var dataset in submission.Datasets)
        {
            var comparison = new RecordComparison(dataset);
            foreach (var change in rows.Portions(dataset).SelectMany(portion => references.Checked(portion)))
            {
                Classify(change, comparison, others);
                if (submission.Complete && errors.Count + references.Problems.Count + others.Count == 0)
                {
                    Keep(change);
                }
            }
        }

        errors.Add(references.Problems);
        errors.Add(others);
        errors.Add(references.CheckRetractions().Where(problem => !forbidden.Contains((problem.Dataset, problem.Row))));
        if (errors.Count == 0 && submission.Complete)
        {
            CheckTogether();
        }
    }

    /// <summary>Adds the records that the payload does not have. False where its base has moved: then no row can be compared with anything.</summary>
    private bool Replace()
    {
        var replacement = new Replacement(head, submission, ownership, rows);
        errors.Add(replacement.Moved());
        if (errors.Count > 0)
        {
            return false;
        }

        // With a row that failed, its record may only seem to be absent.
        if (submission.Complete)
        {
            errors.Add(replacement.TooMany());
            if (errors.Count == 0)
            {
                replacement.AddAbsent();
            }
        }

        return true;
    }

    private void Classify(RowChange change, RecordComparison comparison, ProblemList problems)
    {
        change.Kind = change switch
        {
            { IsRetraction: true } => ChangeKind.Retracted,
            { Current: null } => ChangeKind.Added,
            _ => comparison.Same(change) ? ChangeKind.Unchanged : ChangeKind.Changed,
        };
        counts[(int)change.Kind]++;
        problems.Add(Forbidden(change) ?? comparison.Problems(change, submission.Base));
        warnings.Add(ownership.Warnings(change));
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

    /// <summary>Puts the revision aside, and keeps what the rules over all rows need.</summary>
    private void Keep(RowChange change)
    {
        places.Add(change);
        actors.Add(change);
        if (change.Kind == ChangeKind.Unchanged)
        {
            return;
        }

        if (change.Dataset.HasCounts)
        {
            if (!claims.TryGetValue(change.Dataset, out var known))
            {
                claims[change.Dataset] = known = [];
            }

            known.Add(ClaimChange.Of(change, rows[change.Place].Id, revisions.Count, shared));
        }

        revisions.Add(new(change.Dataset, change.Id, change.Row.Action, Reason(change), Stored(change)));
    }

    private void CheckTogether()
    {
        errors.Add(places.Check(rows, head));
        errors.Add(actors.Check(rows, head));
        foreach (var (dataset, changes) in claims)
        {
            var (found, looks) = new ClaimsCheck(head, dataset, rows, revisions, changes, places.Parents(head)).Check();
            errors.Add(found);
            warnings.Add(looks);
        }
    }

    private IReadOnlyList<Revision> Revisions()
    {
        if (errors.Count == 0)
        {
            return revisions;
        }

        revisions.Dispose();
        return [];
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
        int Of(ChangeKind kind) => counts[(int)kind];
        return new(rows.Count, Of(ChangeKind.Added), Of(ChangeKind.Changed), Of(ChangeKind.Unchanged), Of(ChangeKind.Retracted));
    }
}
