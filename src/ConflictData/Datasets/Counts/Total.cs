using System.Globalization;
using ConflictData.Api;

namespace ConflictData.Datasets.Counts;

/// <summary>The columns of a total, as served. See <see cref="Total"/> for what each means.</summary>
public sealed record TotalColumns(long? Low, long? Best, long? High, long? About, long Unnumbered, string Label);

/// <summary>
/// An honest sum of counts: of additive rows of one dataset and one Outcome, never of more. The one definition, which
/// <see cref="CountSql"/> says in SQL:
/// <list type="bullet">
/// <item>Low = Σ Low over exact and bounded rows, a missing Low counted as 0; null where there is no such row.</item>
/// <item>High = Σ High over the same rows; null where there is none, or where one of them is open.</item>
/// <item>Best = Σ Best, only where every row is exact; else null.</item>
/// <item>About = Σ Best over the about rows; null where there is none.</item>
/// <item>Unnumbered = how many rows name no number.</item>
/// </list>
/// Sums are kept in 128 bits, so that adding is associative and commutative whatever the numbers are.
/// </summary>
public readonly record struct Total
{
    /// <summary>The total of no rows.</summary>
    public static readonly Total Nothing;

    public Int128? Low { get; private init; }

    public Int128? Best { get; private init; }

    public Int128? High { get; private init; }

    public Int128? About { get; private init; }

    public long Unnumbered { get; private init; }

    public static Total Of(Count count) => count.Class switch
    {
        CountClass.Unnumbered => new() { Unnumbered = 1 },
        CountClass.About => new() { About = count.Best },
        CountClass.Bounded => new() { Low = count.Low ?? 0, High = count.High },
        _ => new() { Low = count.Low ?? 0, Best = count.Best, High = count.High },
    };

    public static Total Of(IEnumerable<Count> counts) => counts.Aggregate(Nothing, (total, count) => total + Of(count));

    public static Total operator +(Total left, Total right) => left == Nothing ? right : right == Nothing ? left : new()
    {
        Low = AddKnown(left.Low, right.Low),
        High = left.Low is null ? right.High : right.Low is null ? left.High : left.High + right.High,
        Best = left.Best + right.Best,
        About = AddKnown(left.About, right.About),
        Unnumbered = left.Unnumbered + right.Unnumbered,
    };

    /// <summary>
    /// The total in words. Grammar: <c>[≈about] [" and "] [bounds] [", " n " without a number"]</c>.
    /// Bounds are <c>374</c> where Low = High, <c>0–9</c> (en dash) where both are known, <c>31+</c> where High is open.
    /// Numbers have no separators. Exact and bounded rows share the bounds, so about and exact rows give <c>≈50 and 374</c>.
    /// Rows without a number alone give <c>2 without a number</c>; no rows at all give <c>0</c>.
    /// </summary>
    public string Label
    {
        get
        {
            var about = About is { } n ? string.Create(CultureInfo.InvariantCulture, $"≈{n}") : null;
            var numbered = about is null || Low is null ? about ?? Bounds : $"{about} and {Bounds}";
            var unnumbered = string.Create(CultureInfo.InvariantCulture, $"{Unnumbered} without a number");
            return Unnumbered == 0 ? numbered ?? "0" : numbered is null ? unnumbered : $"{numbered}, {unnumbered}";
        }
    }

    private string? Bounds => (Low, High) switch
    {
        (null, _) => null,
        var (low, high) when low == high => string.Create(CultureInfo.InvariantCulture, $"{low}"),
        (var low, null) => string.Create(CultureInfo.InvariantCulture, $"{low}+"),
        var (low, high) => string.Create(CultureInfo.InvariantCulture, $"{low}–{high}"),
    };

    /// <summary>The total as its columns; an error where one of them is larger than a 64-bit integer.</summary>
    public Result<TotalColumns> ToColumns() => Low > long.MaxValue || High > long.MaxValue || About > long.MaxValue
        ? new ApiError(ErrorCode.BadQuery, $"The total {Label} is larger than a 64-bit integer can hold. Narrow the query.")
        : new TotalColumns((long?)Low, (long?)Best, (long?)High, (long?)About, Unnumbered, Label);

    private static Int128? AddKnown(Int128? left, Int128? right) => left is null ? right : right is null ? left : left + right;
}
