namespace ConflictData.OData;

/// <summary>
/// The groups whose rows a sequence of steps is applied to, each by itself: within a groupby those of its keys and of every
/// groupby around it, elsewhere one of all rows. The columns of the keys are in every stage within.
/// </summary>
internal sealed record Groups
{
    public static Groups None { get; } = new();

    /// <summary>The columns of the keys.</summary>
    public IReadOnlyList<string> Columns { get; private init; } = [];

    /// <summary>The keys.</summary>
    public IReadOnlyList<PipelineProperty> Keys { get; private init; } = [];

    /// <summary>The stage whose rows were grouped: a group is there even where the steps within leave none of its rows.</summary>
    public string Source { get; private init; } = "";

    /// <summary>True where the rows of each group have one Outcome.</summary>
    public bool HaveOneOutcome { get; private init; }

    /// <summary>True where there may be groups without a row.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>True where no group has more than one row.</summary>
    public bool HaveOneRowAtMost { get; init; }

    /// <summary>True for the one group of all rows.</summary>
    public bool AreAll => Columns.Count == 0;

    /// <summary>The columns of the keys with commas between, each after a prefix.</summary>
    public string List(string prefix = "") => string.Join(", ", Columns.Select(column => prefix + column));

    /// <summary>What a window over each group begins with.</summary>
    public string PartitionOf(string prefix = "") => AreAll ? "" : $"PARTITION BY {List(prefix)} ";

    /// <summary>Smaller groups within these.</summary>
    public Groups By(IReadOnlyList<PipelineProperty> keys, string source, bool haveOneOutcome) => new()
    {
        Keys = [.. Keys, .. keys],
        Columns = [.. Columns.Union(keys.Select(key => key.Sql))],
        Source = source,
        HaveOneOutcome = HaveOneOutcome || haveOneOutcome,
    };
}
