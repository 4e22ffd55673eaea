namespace ConflictData.Datasets.Counts;

/// <summary>The values of the column Qualifier.</summary>
public static class Qualifier
{
    public const string Exact = "exact";
    public const string AtLeast = "atLeast";
    public const string MoreThan = "moreThan";
    public const string AtMost = "atMost";
    public const string FewerThan = "fewerThan";
    public const string About = "about";
    public const string Between = "between";
    public const string Vague = "vague";
}

/// <summary>The values of the column CountRule. Stable: stored rows name them.</summary>
public static class CountRule
{
    public const string Exact = "exact";
    public const string PartOfTotal = "nOfM";
    public const string MoreThan = "moreThan";
    public const string Plus = "plus";
    public const string AtLeast = "atLeast";
    public const string FewerThan = "fewerThan";
    public const string AtMost = "atMost";
    public const string About = "about";
    public const string Dozen = "dozen";
    public const string Between = "between";
    public const string Several = "several";
    public const string Dozens = "dozens";
    public const string Tens = "tens";
    public const string Hundreds = "hundreds";
    public const string Thousands = "thousands";
    public const string TensOfThousands = "tensOfThousands";
    public const string MostOf = "mostOf";
    public const string Vague = "vague";
    public const string Numbers = "numbers";
    public const string Curated = "curated";
}

/// <summary>A count with how it came about.</summary>
/// <param name="Count">Bounds and point.</param>
/// <param name="Qualifier">One of <see cref="Counts.Qualifier"/>.</param>
/// <param name="Rule">One of <see cref="CountRule"/>.</param>
public readonly record struct CountReading(Count Count, string Qualifier, string Rule);
