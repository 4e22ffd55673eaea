using System.Globalization;
using ConflictData.Datasets;
using CsCheck;

namespace ConflictData.Tests.OData.Filter;

/// <summary>An expression as text, and what it is worth for a row by the standard's rules, worked out the slow way.</summary>
internal sealed record Expression<T>(string Text, Func<object?[], T?> Of);

/// <summary>Random filters over Casualties. Each knows its own answer; nothing of the feed's code takes part.</summary>
internal static class RandomFilters
{
    private static readonly Dataset Set = Catalog.Get("Casualties");

    private static readonly string[] Words = ["", "a", "ab", "AB", "x", "'", "%", "_", " b ", "حس", "سكة"];

    public static Gen<Expression<bool?>> Any => Bool(3);

    /// <summary>Filters that read nothing but the rows' own columns.</summary>
    public static Gen<Expression<bool?>> OfOwnColumns => Any.Where(filter => !filter.Text.Contains("Place", StringComparison.Ordinal));

    /// <summary>Filters of one condition.</summary>
    public static Gen<Expression<bool?>> One => Bool(0);

    public static Gen<object?[]> Row =>
        from id in Gen.Int[0, 1_000_000]
        from low in Nullable(Gen.Long[-3, 6])
        from high in Nullable(Gen.Long[-3, 6])
        from note in Gen.OneOf(Gen.Const((string?)null), Gen.Select(Pick(Words), Pick(Words), (a, b) => (string?)(a + b)))
        from text in Gen.OneOf(Gen.Const((string?)null), Pick(Words).Select(word => (string?)word))
        from start in Nullable(Gen.Int[0, 800].Select(new DateOnly(2021, 1, 1).AddDays))
        from end in Nullable(Gen.Int[0, 800].Select(new DateOnly(2021, 1, 1).AddDays))
        from complete in Nullable(Gen.Bool)
        from place in RandomWays.Id
        select Values.Casualty($"r{id}", ("PlaceId", place), ("Low", low), ("High", high), ("Note", note), ("CountText", text), ("StartDate", start), ("EndDate", end), ("PartsComplete", complete)).Values;

    private static Gen<Expression<bool?>> Bool(int depth)
    {
        var leaves = Gen.OneOf(
            Comparing(1),
            Gen.Select(Quotient, Gen.OneOf(Quotient, Number(0).Select(n => new Expression<double?>(n.Text, row => n.Of(row)))), Comparison, CompareQuotients),
            Gen.Select(Text(1), Text(1), Comparison, (a, b, op) => CompareText(a, b, op)),
            Gen.Select(Day, Day, Comparison, (a, b, op) => Compare(a, b, op, (x, y) => x.CompareTo(y))),
            Gen.Select(Text(1), Text(1), Pick("contains", "startswith", "endswith"), Search),
            // The library refuses null in the list where the left side cannot be null, as length(…) cannot in its eyes.
            Gen.Select(Gen.OneOf(Column<long?>("Low"), Column<long?>("High")), NullableNumbers, In),
            Column<bool?>("PartsComplete"),
            RandomWays.Bool);
        if (depth == 0)
        {
            return leaves;
        }
        var inner = Bool(depth - 1);
        return Gen.Frequency(
            (3, leaves),
            (2, Gen.Select(inner, inner, (a, b) => new Expression<bool?>($"({a.Text} and {b.Text})", row => a.Of(row) & b.Of(row)))),
            (2, Gen.Select(inner, inner, (a, b) => new Expression<bool?>($"({a.Text} or {b.Text})", row => a.Of(row) | b.Of(row)))),
            (2, inner.Select(a => new Expression<bool?>($"not ({a.Text})", row => !a.Of(row)))),
            (1, Gen.Select(inner, Pick(true, false), (a, truth) =>
                new Expression<bool?>($"({a.Text}) eq {(truth ? "true" : "false")}", row => a.Of(row) == truth))),
            (1, inner.Select(a => new Expression<bool?>($"({a.Text}) ne null", row => a.Of(row) is not null))));
    }

    private static Gen<string> Comparison { get; } = Pick("eq", "ne", "gt", "ge", "lt", "le");

    private static Gen<long?[]> NullableNumbers { get; } = Nullable(Gen.Long[-3, 6]).Array[0, 4];

    private static Gen<Expression<DateOnly?>> Day { get; } = Gen.OneOf(
        Column<DateOnly?>("StartDate"), Column<DateOnly?>("EndDate"),
        Gen.Int[0, 800].Select(days => new DateOnly(2021, 1, 1).AddDays(days)).Select(day => new Expression<DateOnly?>(day.ToString("O", CultureInfo.InvariantCulture), _ => day)));

    private static Gen<Expression<long?>> Number(int depth)
    {
        var leaves = Gen.OneOf(
            Column<long?>("Low"), Column<long?>("High"),
            Gen.Long[-3, 6].Select(n => new Expression<long?>(n.ToString(CultureInfo.InvariantCulture), _ => n)),
            Gen.Const(new Expression<long?>("null", _ => null)));
        return depth == 0 ? leaves : Gen.Frequency(
            (4, leaves),
            (1, Gen.Select(Number(depth - 1), Number(depth - 1), (a, b) => new Expression<long?>($"({a.Text} add {b.Text})", row => a.Of(row) + b.Of(row)))),
            (1, Gen.Select(Column<long?>("Low"), Number(depth - 1), (a, b) => new Expression<long?>($"({a.Text} mul {b.Text})", row => a.Of(row) * b.Of(row)))),
            (1, Gen.Select(Column<long?>("High"), Pick(-2L, 2L, 3L), (a, b) => new Expression<long?>($"({a.Text} div {b})", row => a.Of(row) / b))),
            (1, Gen.Select(Column<long?>("High"), Pick(-2L, 2L, 3L), (a, b) => new Expression<long?>($"({a.Text} mod {b})", row => a.Of(row) % b))),
            (1, Gen.Select(Comparing(0), Column<long?>("Low"), Gen.Long[-3, 6], (a, b, c) => new Expression<long?>($"case({a.Text}:{b.Text},true:{c})", row => a.Of(row) == true ? b.Of(row) : c))),
            (1, Text(0).Select(a => new Expression<long?>($"length({a.Text})", row => a.Of(row)?.Length))),
            (1, Gen.Select(Column<string>("Note"), Text(0), (a, b) => new Expression<long?>(
                $"indexof({a.Text},{b.Text})", row => a.Of(row) is { } x && b.Of(row) is { } y ? x.IndexOf(y, StringComparison.Ordinal) : null))),
            (1, Day.Select(a => new Expression<long?>($"year({a.Text})", row => a.Of(row)?.Year))),
            (1, Day.Select(a => new Expression<long?>($"month({a.Text})", row => a.Of(row)?.Month))));
    }

    private static Gen<Expression<string>> Text(int depth)
    {
        var leaves = Gen.Frequency(
            (2, Column<string>("Note")), (1, Column<string>("CountText")), (1, RandomWays.Text),
            (2, Pick(Words).Select(word => new Expression<string>($"'{word.Replace("'", "''", StringComparison.Ordinal)}'", _ => word))));
        return depth == 0 ? leaves : Gen.Frequency(
            (4, leaves),
            (1, Text(depth - 1).Select(a => new Expression<string>($"tolower({a.Text})", row => a.Of(row)?.ToLowerInvariant()))),
            (1, Text(depth - 1).Select(a => new Expression<string>($"trim({a.Text})", row => a.Of(row)?.Trim()))),
            (1, Gen.Select(Text(depth - 1), Text(depth - 1), (a, b) => new Expression<string>(
                $"concat({a.Text},{b.Text})", row => a.Of(row) is { } x && b.Of(row) is { } y ? x + y : null))),
            (1, Gen.Select(Comparing(0), Text(0), Text(0), (a, b, c) => new Expression<string>($"case({a.Text}:{b.Text},{c.Text} ne null:{c.Text})", row => a.Of(row) == true ? b.Of(row) : c.Of(row)))),
            (1, Gen.Select(Text(depth - 1), Gen.Int[-4, 3], (a, at) => new Expression<string>($"substring({a.Text},{at})", row => From(a.Of(row), at)))),
            (1, Gen.Select(Text(depth - 1), Text(0), Gen.Int[0, 4], Gen.Int[0, 3], (a, b, less, length) => new Expression<string>(
                $"substring({a.Text},length({b.Text}) sub {less},{length})",
                row => From(a.Of(row), b.Of(row)?.Length - less) is { } rest ? rest[..Math.Min(length, rest.Length)] : null))));
    }

    /// <summary>Numbers that need not be whole: quotients by the standard's divby, NaN and infinity among them.</summary>
    private static Gen<Expression<double?>> Quotient { get; } = Gen.Select(
        Number(0), Column<long?>("High"), (a, b) => new Expression<double?>($"({a.Text} divby {b.Text})", row => (double?)a.Of(row) / b.Of(row)));

    private static Gen<Expression<bool?>> Comparing(int depth) =>
        Gen.Select(Number(depth), Number(depth), Comparison, (a, b, op) => Compare(a, b, op, (x, y) => x.CompareTo(y)));

    private static string? From(string? text, long? start) =>
        text is null || start is not { } at ? null : text[(int)Math.Clamp(at < 0 ? text.Length + at : at, 0, text.Length)..];

    private static Gen<Expression<T>> Column<T>(string name)
    {
        var ordinal = Set[name].Ordinal;
        return Gen.Const(new Expression<T>(name, row => (T?)row[ordinal]));
    }

    private static Expression<bool?> Compare<T>(Expression<T?> a, Expression<T?> b, string op, Func<T, T, int> compare)
        where T : struct =>
        new($"{a.Text} {op} {b.Text}", row => (a.Of(row), b.Of(row)) switch
        {
            ({ } x, { } y) => Holds(op, compare(x, y)),
            (null, null) => op == "eq",
            _ => op == "ne",
        });

    /// <summary>NaN is equal to nothing, and neither greater nor less.</summary>
    private static Expression<bool?> CompareQuotients(Expression<double?> a, Expression<double?> b, string op) =>
        new($"{a.Text} {op} {b.Text}", row => (a.Of(row), b.Of(row)) switch
        {
            ({ } x, { } y) when double.IsNaN(x) || double.IsNaN(y) => op == "ne",
            ({ } x, { } y) => Holds(op, x.CompareTo(y)),
            (null, null) => op == "eq",
            _ => op == "ne",
        });

    private static Expression<bool?> CompareText(Expression<string> a, Expression<string> b, string op) =>
        new($"{a.Text} {op} {b.Text}", row => (a.Of(row), b.Of(row)) switch
        {
            ({ } x, { } y) => Holds(op, string.CompareOrdinal(x, y)),
            (null, null) => op == "eq",
            _ => op == "ne",
        });

    private static bool Holds(string op, int order) => op switch
    {
        "eq" => order == 0,
        "ne" => order != 0,
        "gt" => order > 0,
        "ge" => order >= 0,
        "lt" => order < 0,
        _ => order <= 0,
    };

    private static Expression<bool?> Search(Expression<string> a, Expression<string> b, string function) =>
        new($"{function}({a.Text},{b.Text})", row => a.Of(row) is not { } x || b.Of(row) is not { } y ? null : function switch
        {
            "contains" => x.Contains(y, StringComparison.Ordinal),
            "startswith" => x.StartsWith(y, StringComparison.Ordinal),
            _ => x.EndsWith(y, StringComparison.Ordinal),
        });

    private static Expression<bool?> In(Expression<long?> a, long?[] list)
    {
        var items = string.Join(',', list.Select(item => item?.ToString(CultureInfo.InvariantCulture) ?? "null"));
        return new($"{a.Text} in ({items})", row => list.Contains(a.Of(row)));
    }

    internal static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<T?> Nullable<T>(Gen<T> gen)
        where T : struct => Gen.Frequency((1, Gen.Const((T?)null)), (4, gen.Select(value => (T?)value)));
}
