namespace ConflictData.Submissions;

/// <summary>What a submitter should look at. Counts all warnings, keeps the first of each kind, and names every record that was another owner's.</summary>
internal sealed class WarningList
{
    private readonly ProblemList all = new(ofEachCode: true);
    private readonly Dictionary<string, List<string>> replaced = [];

    public int Count => all.Count;

    public IReadOnlyList<RowProblem> Kept => all.Kept;

    /// <summary>Every record that was another owner's, however many there are.</summary>
    public IReadOnlyList<ReplacedRecords> Replaced => [.. replaced.Select(records => new ReplacedRecords(records.Key, records.Value))];

    public void Add(IEnumerable<RowProblem> warnings)
    {
        foreach (var warning in warnings)
        {
            all.Add(warning);
            if (warning.Code == RowErrorCodes.ReplacedOtherOwner)
            {
                Note(warning.Dataset, warning.Value!);
            }
        }
    }

    private void Note(string dataset, string id)
    {
        if (!replaced.TryGetValue(dataset, out var ids))
        {
            replaced[dataset] = ids = [];
        }

        ids.Add(id);
    }
}

/// <summary>Records of a dataset that were another owner's until the submission changed them.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Ids">All of them, in the order of the payload.</param>
public sealed record ReplacedRecords(string Dataset, IReadOnlyList<string> Ids);
