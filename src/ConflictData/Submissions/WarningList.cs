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

    /// <summary>Adds warnings that are made only where they are kept.</summary>
    public void Add(IEnumerable<UnmadeWarning> warnings)
    {
        foreach (var warning in warnings)
        {
            all.Add(warning.Code, warning.Make);
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

/// <summary>A warning of which there may be so many that few are kept.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Make">Makes it.</param>
internal readonly record struct UnmadeWarning(string Code, Func<RowProblem> Make);

/// <summary>Records of a dataset that were another owner's until the submission changed them.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Ids">All of them, in the order of the payload.</param>
public sealed record ReplacedRecords(string Dataset, IReadOnlyList<string> Ids);
