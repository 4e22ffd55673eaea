using ConflictData.Datasets;
using ConflictData.Datasets.Counts;
using ConflictData.Tests.OData.Filter;
using CsCheck;

namespace ConflictData.Tests.OData.Apply;

/// <summary>A random $apply as text, and its rows worked out the slow way: each a list of names and values.</summary>
internal sealed record RandomPipeline(string Text, Func<object?[][], List<(string Name, object? Value)[]>> Of);

/// <summary>Random pipelines over Casualties that know their own answer; nothing of the feed's code takes part, but for <see cref="Total"/>.</summary>
internal static class RandomPipelines
{
    private static readonly Dataset Set = Catalog.Get("Casualties");

    private static readonly string[] Keys = ["PartsComplete", "CountText", "StartDate", "High"];

    private static readonly (string Text, Func<object?[][], object?> Of)[] Aggregates =
    [
        ("Low with sum as A", rows => Numbers(rows, "Low") is { Length: > 0 } all ? all.Sum() : null),
        ("High with min as B", rows => Numbers(rows, "High") is { Length: > 0 } all ? all.Min() : null),
        ("Low mul 3 with max as C", rows => Numbers(rows, "Low") is { Length: > 0 } all ? all.Max() * 3 : null),
        ("Low with average as D", rows => Numbers(rows, "Low") is { Length: > 0 } all ? all.Average() : null),
        ("Note with countdistinct as E", rows => (long)rows.Select(row => Value(row, "Note")).Where(value => value is not null).Distinct().Count()),
        ("EndDate with max as F", rows => rows.Max(row => (DateOnly?)Value(row, "EndDate"))),
        ("Count with Conflict.total as T", rows => Total.Of(rows.Where(row => Value(row, "Additive") is true).Select(CountOf)).Label),
    ];

    /// <summary>Rows as the filters' tests have them, with counts of every class, some of them additive.</summary>
    public static Gen<object?[]> Row => Gen.Select(RandomFilters.Row, Gen.Bool, Gen.Long[0, 6]).Select((row, additive, number) =>
    {
        var (low, high) = (Value(row, "Low"), Value(row, "High"));
        row[Set["Additive"].Ordinal] = additive;
        row[Set["Best"].Ordinal] = Equals(low, high) ? (low ?? (number > 3 ? number : (object?)null)) : null;
        return row;
    });

    public static Gen<RandomPipeline> Any =>
        from filter in RandomFilters.OfOwnColumns
        from filtered in Gen.Bool
        from keys in Gen.Shuffle(Keys)
        from keyCount in Gen.Int[0, 2]
        from aggregates in Gen.Shuffle(Aggregates)
        from aggregateCount in Gen.Int[0, 3]
        from least in Gen.Int[0, 3]
        from ordered in Gen.Bool
        from skip in Gen.Int[0, 2]
        from top in Gen.Int[0, 6]
        select Make(filtered ? filter : null, keys[..keyCount], aggregates[..aggregateCount], least, ordered, skip, top);

    private static RandomPipeline Make(
        Expression<bool?>? filter, string[] keys, (string Text, Func<object?[][], object?> Of)[] aggregates, int least, bool ordered, int skip, int top)
    {
        var aggregate = $"aggregate({string.Join(',', aggregates.Select(item => item.Text).Append("$count as N"))})";
        var group = keys.Length == 0 ? aggregate : $"groupby(({string.Join(',', keys)}),{aggregate})";
        var text = $"filter(Outcome eq 'civilian' or Outcome eq 'killed')/filter(Outcome eq 'killed')/{(filter is null ? "" : $"filter({filter.Text})/")}{group}/filter(N ge {least})/{(ordered ? "orderby(N desc)/" : "")}skip({skip})/top({top})";
        return new(text, rows =>
        {
            var kept = rows.Where(row => filter is null || filter.Of(row) == true).ToArray();
            var groups = keys.Length == 0
                ? [kept]
                : kept.GroupBy(row => (At(0, row), At(1, row))).OrderBy(group => group.Key.Item1, Order).ThenBy(group => group.Key.Item2, Order).Select(group => group.ToArray());
            var results = groups.Where(group => group.Length >= least);
            results = ordered ? results.OrderByDescending(group => group.Length) : results;
            return [.. results.Skip(skip).Take(top).Select(Result)];
        });

        object? At(int key, object?[] row) => key < keys.Length ? Value(row, keys[key]) : null;

        (string, object?)[] Result(object?[][] group) =>
        [
            .. keys.Select((key, index) => (key, At(index, group[0]))),
            .. aggregates.Select(item => (item.Text[^1..], item.Of(group))),
            ("N", (long)group.Length),
        ];
    }

    private static readonly Comparer<object?> Order = Comparer<object?>.Create((left, right) =>
        left is string a && right is string b ? string.CompareOrdinal(a, b) : Comparer<object?>.Default.Compare(left, right));

    private static Count CountOf(object?[] row) => new((long?)Value(row, "Low"), (long?)Value(row, "Best"), (long?)Value(row, "High"));

    private static long[] Numbers(object?[][] rows, string column) => [.. rows.Select(row => Value(row, column)).OfType<long>()];

    private static object? Value(object?[] row, string column) => row[Set[column].Ordinal];
}
