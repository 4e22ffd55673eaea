namespace ConflictData.Query;

/// <summary>Texts in the order of their UTF-8, which is that of their characters' numbers and the engine's own; null before all.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var alike = x.AsSpan().CommonPrefixLength(y);
        return alike == x.Length || alike == y.Length ? x.Length - y.Length : Place(x[alike]) - Place(y[alike]);
    }

    /// <summary>Halves of characters beyond 16 bits come after all others.</summary>
    private static int Place(char unit) => char.IsSurrogate(unit) ? unit + char.MaxValue : unit;
}
