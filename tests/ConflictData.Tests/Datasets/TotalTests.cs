using ConflictData.Datasets.Counts;
using CsCheck;
using DuckDB.NET.Data;

namespace ConflictData.Tests.Datasets;

public sealed class TotalTests
{
    private static readonly Count Exact = Count.Exactly(374);
    private static readonly Count MoreThan30 = new(31, null, null);
    private static readonly Count FewerThan10 = new(0, null, 9);
    private static readonly Count Around50 = new(null, 50, null);
    private static readonly Count Around30 = new(null, 30, null);
    private static readonly Count Vague = default;

    public static TheoryData<Count[], string> Labels => new()
    {
        { [], "0" },
        { [Count.Exactly(0)], "0" },
        { [Exact], "374" },
        { [MoreThan30], "31+" },
        { [FewerThan10], "0–9" },
        { [Around50], "≈50" },
        { [Exact, Count.Exactly(117), MoreThan30], "522+" },
        { [Around50, Around30, FewerThan10], "≈80 and 0–9" },
        { [Around50, Exact], "≈50 and 374" },
        { [Exact, FewerThan10], "374–383" },
        { [new(0, null, null)], "0+" },
        { [Vague, Vague], "2 without a number" },
        { [Exact, Vague], "374, 1 without a number" },
        { [Around50, FewerThan10, Vague], "≈50 and 0–9, 1 without a number" },
        { [Count.Exactly(1_234_567)], "1234567" },
        { [new(30, 35, 40)], "30–40" },
    };

    [Theory]
    [MemberData(nameof(Labels))]
    public void A_total_has_one_label(Count[] counts, string label) => Assert.Equal(label, Total.Of(counts).Label);

    [Fact]
    public void Best_is_there_only_if_every_row_is_exact()
    {
        Assert.Equal(491, Total.Of([Exact, Count.Exactly(117)]).Best);
        Assert.All([MoreThan30, Around50, Vague], other => Assert.Null(Total.Of([Exact, other]).Best));
    }

    [Fact]
    public void High_is_open_as_soon_as_one_row_is() => Assert.Null(Total.Of([Exact, MoreThan30, FewerThan10]).High);

    [Fact]
    public void A_total_too_large_for_its_columns_is_an_error_and_still_has_a_label()
    {
        var total = Total.Of([Count.Exactly(long.MaxValue), Count.Exactly(1)]);
        Assert.Equal("9223372036854775808", total.Label);
        Assert.False(total.ToColumns().Succeeded(out _, out var error));
        Assert.Contains("64-bit", error.Detail);
    }

    [Fact]
    public void Adding_is_associative_and_commutative_and_nothing_changes_nothing() =>
        Gen.Select(Totals, Totals, Totals).Sample((a, b, c) =>
        {
            Assert.Equal((a + b) + c, a + (b + c));
            Assert.Equal(a + b, b + a);
            Assert.Equal(a, a + Total.Nothing);
        }, iter: 5_000);

    [Fact]
    public void A_total_is_bounded_by_what_its_rows_allow() =>
        Counts.Array[1, 8].Sample(counts =>
        {
            var total = Total.Of(counts);
            Assert.False(total.Low > total.High || total.Low > total.Best || total.Best > total.High);
            Assert.Equal(counts.Count(count => count.Class == CountClass.Unnumbered), total.Unnumbered);
            Assert.Equal(counts.All(count => count.Class == CountClass.Exact), total.Best is not null);
        }, iter: 5_000);

    [Fact]
    public void The_engine_says_the_same()
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var sums = string.Join(", ", new CountTotals("TRUE").Columns.Select(column => $"{column.Sql} {char.ToLowerInvariant(column.Name[0])}"));
        Counts.Array[0, 6].Sample(counts =>
        {
            Func<long?, string> sql = n => n is null ? "NULL" : $"{n}";
            var rows = string.Concat(counts.Select(count => $" UNION ALL SELECT {sql(count.Low)}, {sql(count.Best)}, {sql(count.High)}"));
            using var command = connection.CreateCommand();
            command.CommandText = $"""
                WITH r("Low", "Best", "High") AS (SELECT NULL::BIGINT, NULL::BIGINT, NULL::BIGINT WHERE false{rows}),
                t AS (SELECT {sums} FROM r)
                SELECT concat_ws('/', coalesce(l::VARCHAR, '-'), coalesce(b::VARCHAR, '-'), coalesce(h::VARCHAR, '-'), coalesce(a::VARCHAR, '-'), u::VARCHAR),
                    {CountSql.Label("l", "h", "a", "u")}, (SELECT coalesce(string_agg({CountSql.Class}, ' ' ORDER BY {CountSql.Class}), '') FROM r) FROM t
                """;
            using var reader = command.ExecuteReader();
            Assert.True(reader.Read());
            var total = Total.Of(counts);
            var empty = counts.Length == 0;
            Assert.Equal($"{Show(total.Low)}/{Show(empty ? null : total.Best)}/{Show(total.High)}/{Show(total.About)}/{total.Unnumbered}", reader.GetString(0));
            Assert.Equal(total.Label, reader.GetString(1));
            Assert.Equal(string.Join(' ', counts.Select(count => count.Class.ToString().ToLowerInvariant()).Order()), reader.GetString(2));
        }, iter: 300, threads: 1);
    }

    private static readonly Gen<long> Number = Gen.OneOf(Gen.Long[0, 20], Gen.Const(long.MaxValue));

    internal static readonly Gen<Count> Counts = Gen.Select(Number, Number, Gen.Int[0, 6]).Select((a, b, form) => form switch
    {
        0 => Count.Exactly(a),
        1 => new Count(a, null, null),
        2 => new Count(0, null, a),
        3 => new Count(null, a, null),
        4 => new Count(Math.Min(a, b), null, Math.Max(a, b)),
        5 => new Count(Math.Min(a, b), a, Math.Max(a, b)),
        _ => default,
    });

    private static readonly Gen<Total> Totals = Counts.Array[0, 4].Select(counts => Total.Of(counts));

    private static string Show(Int128? number) => number?.ToString() ?? "-";
}
