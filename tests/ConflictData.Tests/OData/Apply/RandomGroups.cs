using System.Collections.Immutable;
using ConflictData.Datasets;
using ConflictData.Datasets.Counts;
using ConflictData.Tests.OData.Filter;
using CsCheck;

namespace ConflictData.Tests.OData.Apply;

/// <summary>Random steps that put rows together: aggregate, groupby, concat.</summary>
internal static class RandomGroups
{
    private static readonly Dataset Set = Catalog.Get("Casualties");

    private static readonly string[] OwnKeys = ["Outcome", "PartsComplete", "CountText", "StartDate", "High"];

    public static Gen<RandomPipeline> Aggregate(RowState state) => Aggregates(state).Select(items => RandomPipeline.Step(
        $"aggregate({string.Join(',', items.Select(item => $"{item.Text} as {item.Name}"))})",
        state.Grouped(items.Where(item => item.IsWhole).Select(item => item.Name)),
        rows => [items.Aggregate(new NaiveRow(null, NaiveRow.Nothing), (made, item) => made.With(item.Name, item.Of(rows)))]));

    /// <summary>Without a depth each group is one row or aggregated; else a sequence of steps is applied to it.</summary>
    public static Gen<RandomPipeline> GroupBy(RowState state, int? depth = null) =>
        from keys in Keys(state)
        let within = Within(state, keys)
        from inner in depth is { } deeper ? RandomPipelines.Sequence(within, 3, deeper) : Gen.Frequency((3, Aggregate(within)), (1, Gen.Const(Collapsed(within))))
        select Make(state, keys, inner);

    /// <summary>Groupbys within each other, so many levels deep.</summary>
    public static Gen<RandomPipeline> Nested(RowState state, int levels) =>
        from keys in Keys(state)
        let within = Within(state, keys)
        from inner in levels == 1 ? Aggregate(within) : Nested(within, levels - 1)
        select Make(state, keys, inner);

    private static RowState Within(RowState state, IReadOnlyList<Key> keys) => state with
    {
        HasOneOutcome = state.HasOneOutcome || (state.IsRecords && keys.Any(key => key.Path == "Outcome")),
        Taken = state.Taken.Union(keys.Select(key => key.Path)),
    };

    public static Gen<RandomPipeline> Concat(RowState state, int depth) =>
        from count in Gen.Int[2, 3]
        from parts in Sequences(state, count, depth)
        where parts.Sum(part => part.After.Copies) <= 8
        select new RandomPipeline($"concat({string.Join(',', parts.Select(part => part.Text))})", Together(state, parts), rows => [.. parts.SelectMany(part => part.Of(rows))], 1 + parts.Sum(part => part.Steps));

    private static Gen<ImmutableList<RandomPipeline>> Sequences(RowState state, int count, int depth) => count == 0
        ? Gen.Const(ImmutableList<RandomPipeline>.Empty)
        : Gen.Select(RandomPipelines.Sequence(state, 2, depth), Sequences(state, count - 1, depth), (first, others) => others.Insert(0, first));

    private static RowState Together(RowState state, ImmutableList<RandomPipeline> parts) => new(
        parts.All(part => part.After.IsRecords), false, parts.Sum(part => part.After.Copies),
        [.. parts.SelectMany(part => part.After.Numbers)], [.. parts.SelectMany(part => part.After.Texts.Union(TextsOfRecords(part.After, parts)))], state.Taken, parts.Max(part => part.After.Level));

    /// <summary>Where not all rows are records any more, the texts of those that are can only be searched.</summary>
    private static IEnumerable<string> TextsOfRecords(RowState part, ImmutableList<RandomPipeline> parts) =>
        part.IsRecords && !parts.All(other => other.After.IsRecords) ? Set.Columns.Where(column => column is { Type: ColumnType.String, Role: ColumnRole.Given }).Select(column => column.Name) : [];

    /// <summary>One row of a group, with nothing in it yet.</summary>
    private static RandomPipeline Collapsed(RowState state) => new("", state.Grouped([]), rows => rows.Count == 0 ? [] : [new NaiveRow(null, NaiveRow.Nothing)], 0);

    private static RandomPipeline Make(RowState state, IReadOnlyList<Key> keys, RandomPipeline inner)
    {
        var after = inner.After with
        {
            HasOneOutcome = inner.After.HasOneOutcome && !(state.IsRecords && keys.Any(key => key.Path == "Outcome") && !state.HasOneOutcome),
            Numbers = inner.After.Numbers.Union(keys.Where(key => key.IsWhole && !IsOwn(inner.After, key)).Select(key => key.Path)),
            Texts = inner.After.Texts.Union(keys.Where(key => key.IsText && !IsOwn(inner.After, key)).Select(key => key.Path)),
            Taken = state.Taken,
        };
        return new($"groupby(({string.Join(',', keys.Select(key => key.Path))}){(inner.Text.Length > 0 ? "," : "")}{inner.Text})", after, Of, 1 + inner.Steps);

        IReadOnlyList<NaiveRow> Of(IReadOnlyList<NaiveRow> rows)
        {
            var groups = rows.GroupBy(row => (At(0, row), At(1, row))).OrderBy(group => group.Key.Item1, Order).ThenBy(group => group.Key.Item2, Order);
            return [.. groups.SelectMany(group => inner.Of([.. group]).Select(row => keys.Index().Aggregate(row, (made, key) =>
                made.Record is not null && IsOwn(inner.After, key.Item) ? made : made.With(key.Item.Path, key.Index == 0 ? group.Key.Item1 : group.Key.Item2))))];
        }

        object? At(int key, NaiveRow row) => key < keys.Count ? keys[key].Of(row) : null;
    }

    /// <summary>A record has its own column anyway.</summary>
    private static bool IsOwn(RowState state, Key key) => state.IsRecords && Set.Find(key.Path) is not null;

    private static Gen<List<Key>> Keys(RowState state)
    {
        Gen<Key> key = state.IsRecords
            ? Gen.OneOf(RandomFilters.Pick(OwnKeys).Select(Own), RandomWays.Text.Select(way => new Key(way.Text, row => way.Of(row.Record!), IsText: true)), RandomRowSteps.Pick(state.Numbers, "Low").Select(Own))
            : RandomFilters.Pick<string>([.. state.Numbers.Union(state.Texts)]).Select(path => new Key(path, row => row[path], state.Texts.Contains(path), state.Numbers.Contains(path)));
        return Gen.Select(key, key, Gen.Bool, (first, second, both) => both && first.Path != second.Path ? new List<Key> { first, second } : [first]);
    }

    private static Key Own(string path) => new(path, row => row[path], IsText: path is "CountText" or "Outcome", IsWhole: path is not ("CountText" or "Outcome" or "PartsComplete" or "StartDate"));

    private static Gen<List<Item>> Aggregates(RowState state)
    {
        var suffix = state.Level;
        var count = new Item("$count", $"N{suffix}", rows => (long)rows.Count);
        if (!state.IsRecords)
        {
            return Gen.Select(RandomRowSteps.Pick(state.Numbers, "2"), RandomFilters.Pick("sum", "min", "max", "countdistinct"), Gen.Bool, (path, method, counted) => (List<Item>)
                [new($"{path} with {method}", $"{method[0..2].ToUpperInvariant()}{suffix}", rows => Of(method, [.. rows.Select(row => path == "2" ? 2L : (long?)row[path]).OfType<long>()])), .. counted ? [count] : Array.Empty<Item>()]);
        }
        Item[] whole =
        [
            new("Low with sum", $"A{suffix}", rows => Of("sum", Numbers(rows, "Low"))), new("High with min", $"B{suffix}", rows => Of("min", Numbers(rows, "High"))),
            new("Low mul 3 with max", $"M{suffix}", rows => Of("max", Numbers(rows, "Low")) * 3), new("Note with countdistinct", $"E{suffix}", rows => (long)rows.Select(row => row["Note"]).Where(note => note is not null).Distinct().Count()),
        ];
        Item[] other =
        [
            new("Low with average", $"D{suffix}", rows => Numbers(rows, "Low") is { Length: > 0 } all ? all.Average() : null, IsWhole: false), new("EndDate with max", $"F{suffix}", rows => rows.Max(row => (DateOnly?)row["EndDate"]), IsWhole: false),
        ];
        Item[] total = [new("Count with Conflict.total", $"T{suffix}", rows => Total.Of(rows.Where(row => row["Additive"] is true).Select(CountOf)).Label, IsWhole: false)];
        return
            from way in RandomWays.Number
            from method in RandomFilters.Pick("sum", "max", "average")
            from chosen in Gen.Shuffle((Item[])[.. whole, .. other, Related(way, method, suffix), ])
            from number in Gen.Int[0, 3]
            from totalled in Gen.Bool
            select (List<Item>)[.. chosen[..number], .. totalled && state is { HasOneOutcome: true, Copies: 1 } ? total : [], count];
    }

    /// <summary>Each related record counts once.</summary>
    private static Item Related((string Text, Func<object?[], double?> Of, Func<object?[], string?> Record) way, string method, int suffix) => new($"{way.Text} with {method}", $"R{suffix}", rows =>
    {
        var values = rows.DistinctBy(row => way.Record(row.Record!)).Select(row => way.Of(row.Record!)).OfType<double>().ToArray();
        return values.Length == 0 ? null : method switch { "sum" => values.Sum(), "max" => values.Max(), _ => values.Average() };
    }, IsWhole: false);

    private static long? Of(string method, long[] values) => method == "countdistinct" ? values.Distinct().Count()
        : values.Length == 0 ? null
        : method switch { "sum" => values.Sum(), "min" => values.Min(), _ => values.Max() };

    private static long[] Numbers(IEnumerable<NaiveRow> rows, string column) => [.. rows.Select(row => row[column]).OfType<long>()];

    private static Count CountOf(NaiveRow row) => new((long?)row["Low"], (long?)row["Best"], (long?)row["High"]);

    private static readonly Comparer<object?> Order = Comparer<object?>.Create((left, right) =>
        left is string a && right is string b ? string.CompareOrdinal(a, b) : Comparer<object?>.Default.Compare(left, right));

    private sealed record Key(string Path, Func<NaiveRow, object?> Of, bool IsText = false, bool IsWhole = false);

    private sealed record Item(string Text, string Name, Func<IReadOnlyList<NaiveRow>, object?> Of, bool IsWhole = true);
}
