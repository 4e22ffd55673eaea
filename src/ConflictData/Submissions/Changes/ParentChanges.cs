namespace ConflictData.Submissions;

/// <summary>Which records of a dataset hold which once the submission stands.</summary>
internal sealed class ParentChanges(Nesting nesting)
{
    private readonly Dictionary<string, int> moved = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> brought = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<string, string?>? parents;

    /// <summary>Takes in a row, if it is of such a record that stays.</summary>
    public void Add(RowChange change)
    {
        if (change.Dataset != nesting.Dataset || change.IsRetraction)
        {
            return;
        }

        brought[change.Id] = (string?)change.Values[change.Dataset["ParentId"].Ordinal];
        if (change.Kind != ChangeKind.Unchanged)
        {
            moved.Add(change.Id, change.Place);
        }
    }

    /// <summary>A problem for each row that brings records into a circle or too deep.</summary>
    public IEnumerable<RowProblem> Check(SubmittedRows rows, HeadReader head) => moved.Count == 0 ? [] : nesting.Check(rows, moved, Parents(head));

    /// <summary>The record that each names as its parent, by its id.</summary>
    public Dictionary<string, string?> Parents(HeadReader head)
    {
        if (parents is null)
        {
            parents = head.Parents(nesting.Dataset);
            foreach (var (id, parent) in brought)
            {
                parents[id] = parent;
            }
        }

        return parents;
    }
}
