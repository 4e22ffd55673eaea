namespace ConflictData.Datasets.Counts;

/// <summary>
/// What kind of number a count is. The one definition, in the terms of its columns, so that SQL can say the same:
/// <see cref="Exact"/> = Low, Best and High are all there; <see cref="About"/> = Best alone;
/// <see cref="Bounded"/> = no Best, and Low or High; <see cref="Unnumbered"/> = none of the three.
/// Best with only one bound is not a count and never stored.
/// </summary>
public enum CountClass
{
    Exact,
    Bounded,
    About,
    Unnumbered,
}

/// <summary>How many: bounds and point, each null where the claim does not say. Low ≤ Best ≤ High, none negative.</summary>
public readonly record struct Count(long? Low, long? Best, long? High)
{
    public CountClass Class => this switch
    {
        { Best: null, Low: null, High: null } => CountClass.Unnumbered,
        { Best: null } => CountClass.Bounded,
        { Low: null, High: null } => CountClass.About,
        _ => CountClass.Exact,
    };

    /// <summary>True for what may be stored: nothing negative, in order, and Best alone or with both bounds.</summary>
    public bool IsValid =>
        Low is null or >= 0 && Best is null or >= 0 && High is null or >= 0
        && !(Low > High) && !(Low > Best) && !(Best > High)
        && (Best is null || Low is null == High is null);

    public static Count Exactly(long n) => new(n, n, n);

    public override string ToString() => $"{Low?.ToString() ?? "–"}/{Best?.ToString() ?? "–"}/{High?.ToString() ?? "–"}";
}
