using ConflictData.Datasets;
using ConflictData.Datasets.Claims;
using ConflictData.Datasets.Counts;

namespace ConflictData.Tests.Datasets;

public sealed class ClaimRulesTests
{
    private static readonly Dataset Arrests = Catalog.Get("Arrests");

    [Fact]
    public void A_row_counts_unless_a_rule_forbids_it() => Assert.Equal(
        [true, false, false, false, false],
        Check(Row("a"), Row("b") with { Grade = "contested" }, Row("c") with { Grade = "discounted" }, Row("d") with { Accumulation = "stock" }, Row("e") with { Accumulation = "cumulative" }).Additive);

    [Fact]
    public void A_claim_is_read_from_the_columns_that_it_says_it_reads()
    {
        foreach (var dataset in Catalog.All.Where(dataset => dataset.HasCounts))
        {
            var values = dataset.Columns.Select(column => (object?)(column.Type switch
            {
                ColumnType.Integer => (long)column.Ordinal,
                ColumnType.Number => (double)column.Ordinal,
                ColumnType.Boolean => true,
                ColumnType.Date => DateOnly.FromDayNumber(column.Ordinal),
                ColumnType.Instant => DateTimeOffset.UnixEpoch,
                _ => $"{column.Name} of it",
            })).ToArray();
            var read = dataset.Columns.Select(column => ClaimRow.Reads(column) ? values[column.Ordinal] : null).ToArray();
            Assert.Equal(ClaimRow.From(dataset, values, 1), ClaimRow.From(dataset, read, 1));
            Assert.False(ClaimRow.Reads(dataset["Note"]));
        }
    }

    [Fact]
    public void Of_a_whole_and_its_parts_the_first_in_row_order_counts()
    {
        Assert.Equal([true, false, false], Check(Row("w"), Part("p", "w"), Part("q", "p")).Additive);
        Assert.Equal([true, true, false], Check(Part("p", "w"), Part("q", "w"), Row("w")).Additive);
    }

    [Fact]
    public void What_was_given_stands_before_what_was_left_open() =>
        Assert.Equal([false, true], Check(Row("w"), Part("p", "w") with { Additive = true }).Additive);

    [Fact]
    public void What_is_stored_stands_and_the_submitted_row_is_blamed()
    {
        var result = Check(Part("p", "w") with { Additive = true }, Row("w") with { Row = null, Additive = true });
        var error = Assert.Single(result.Errors);
        Assert.Equal(("wholeAndPartAdditive", 1, "p", "w"), (error.Code, error.Row, error.Id, error.OtherId));
        Assert.Contains("p and w", error.Message);
    }

    [Fact]
    public void A_row_that_is_sent_again_goes_on_counting() =>
        Assert.Equal([false, true], Check(Part("p", "w"), Row("w") with { ReplacesAdditive = true }).Additive);

    [Fact]
    public void A_status_row_counts_in_its_own_outcome() => Assert.Equal(
        [true, true, true],
        Check(Row("w") with { Count = new(null, 50, null) }, Status("r", "w", "released", 40), Status("h", "w", "inCustody", 10)).Additive);

    [Fact]
    public void A_whole_and_its_part_conflict_at_any_depth_even_across_another_outcome()
    {
        var result = Check(Row("w") with { Additive = true }, Part("m", "w") with { Outcome = "released" }, Part("p", "m") with { Additive = true });
        Assert.Equal("wholeAndPartAdditive", Assert.Single(result.Errors).Code);
    }

    [Fact]
    public void Of_two_breakdowns_of_a_whole_one_counts()
    {
        var byParty = Part("p", "w") with { Breakdown = "byParty", Additive = true };
        var byPlace = Part("q", "w") with { Breakdown = "byPlace", Additive = true };
        var error = Assert.Single(Check(Row("w"), byParty, byPlace).Errors);
        Assert.Equal(("breakdownsAdditive", "q", "p"), (error.Code, error.Id, error.OtherId));
        Assert.Equal([true, false, false], Check(byParty, byPlace with { Additive = null }, Row("w")).Additive);
    }

    [Fact]
    public void Of_rival_claims_one_counts_itself_or_through_its_parts()
    {
        var (a, b) = (Row("a") with { ClaimGroup = "g" }, Row("b") with { ClaimGroup = "G" });
        Assert.Equal([true, false], Check(a, b).Additive);
        Assert.Equal([true, false, false], Check(Part("p", "a"), a, b).Additive);
        var error = Assert.Single(Check(Part("p", "a") with { Additive = true }, a, b with { Additive = true }).Errors);
        Assert.Equal(("rivalClaimsAdditive", "b", "p"), (error.Code, error.Id, error.OtherId));
    }

    [Fact]
    public void A_discounted_claim_cannot_be_additive() =>
        Assert.Equal("discountedAdditive", Assert.Single(Check(Row("a") with { Grade = "discounted", Additive = true }).Errors).Code);

    [Fact]
    public void A_cycle_is_named_at_every_submitted_row_of_it()
    {
        var result = Check(Part("a", "b"), Part("b", "c") with { Row = null, Additive = false }, Part("c", "a"), Part("self", "self"));
        Assert.Equal([("partCycle", "a", "b"), ("partCycle", "c", "a"), ("partCycle", "self", "self")], result.Errors.Select(error => (error.Code, error.Id, error.OtherId)).Order());
    }

    [Fact]
    public void Parts_are_nested_64_levels_deep_at_most()
    {
        ClaimRow[] chain = [Row("r0"), .. Enumerable.Range(1, 65).Select(i => Part($"r{i}", $"r{i - 1}"))];
        Assert.Empty(Check(chain[..^1]).Errors);
        Assert.Equal(("partTooDeep", "r65"), Assert.Single(Check(chain).Errors.Select(error => (error.Code, error.Id))));
    }

    [Fact]
    public void Parts_may_not_exceed_their_whole()
    {
        ClaimRow[] rows = [Whole(117), Part("p", "w") with { Count = Count.Exactly(40) }, Part("q", "w") with { Count = Count.Exactly(78) }];
        var error = Assert.Single(Check(rows).Errors);
        Assert.Equal(("partsExceedWhole", "w", 2), (error.Code, error.OtherId, error.Row));
        Assert.Empty(Check(rows[0], rows[1], rows[2] with { Breakdown = "other" }).Errors);
        Assert.Empty(Check(rows[0], rows[1], rows[2] with { Count = Count.Exactly(77) }).Errors);
    }

    [Fact]
    public void Complete_parts_must_reach_their_whole()
    {
        ClaimRow[] rows = [Whole(117) with { PartsComplete = true }, Part("p", "w") with { Count = Count.Exactly(40) }, Part("q", "w") with { Count = Count.Exactly(70) }];
        var error = Assert.Single(Check(rows).Errors);
        Assert.Equal(("partsFallShort", 1, "PartsComplete"), (error.Code, error.Row, error.Column));
        error = Assert.Single(Check(rows[0] with { Row = null }, rows[1], rows[2]).Errors);
        Assert.Equal(("partsFallShort", 2, "PartOf"), (error.Code, error.Row, error.Column));
        Assert.Empty(Check(rows[0], rows[1], rows[2] with { Count = new(70, null, null) }).Errors);
    }

    [Fact]
    public void Status_parts_of_one_breakdown_are_summed_and_unnamed_ones_are_not()
    {
        ClaimRow[] rows = [Whole(50), Status("r", "w", "released", 40), Status("h", "w", "inCustody", 20)];
        Assert.Empty(Check(rows).Errors);
        Assert.Equal("partsExceedWhole", Assert.Single(Check(rows[0], rows[1] with { Breakdown = "s" }, rows[2] with { Breakdown = "S" }).Errors).Code);
    }

    [Fact]
    public void Figures_do_not_count_by_default() =>
        Assert.Equal([false], ClaimRules.Check(Catalog.Get("Figures"), [Row("a")], _ => null).Additive);

    [Fact]
    public void A_claim_group_in_which_nothing_counts_is_warned_of() =>
        Assert.Equal("claimGroupWithoutAdditive", Assert.Single(Check(Row("a") with { ClaimGroup = "g", Additive = false }, Row("b") with { ClaimGroup = "g", Grade = "contested" }).Warnings).Code);

    [Theory]
    [InlineData("city", "2022-01", "sdf", null, true)]
    [InlineData("country", "2022-01", null, null, true)]
    [InlineData("city", "2022-01", "is", null, false)]
    [InlineData("city", "2022-02", "sdf", null, false)]
    [InlineData("elsewhere", "2022-01", "sdf", null, false)]
    [InlineData("city", "2022-01", "sdf", "g", false)]
    public void Undeclared_relations_are_warned_of(string place, string month, string? party, string? group, bool warns)
    {
        ClaimRow Placed(string id, string where, string when) => Row(id) with
        {
            PlaceId = where, Start = DateOnly.Parse($"{when}-05"), End = DateOnly.Parse($"{when}-20"), ClaimGroup = group, Additive = true,
        };
        var submitted = Placed("a", place, month) with { PartyId = party };
        var stored = Placed("b", "city", "2022-01") with { PartyId = "sdf", Row = null };
        var warnings = Check(submitted, stored).Warnings;
        Assert.Equal(warns ? [("possibleDoubleCount", 1, "a", "b")] : [], warnings.Select(warning => (warning.Code, warning.Row ?? 0, warning.Id, warning.OtherId)));
        Assert.Empty(Check(submitted with { Row = null }, stored).Warnings);
    }

    [Fact]
    public void Two_hundred_thousand_rows_in_one_place_are_checked_without_comparing_all_pairs()
    {
        ClaimRow[] rows = [.. Enumerable.Range(0, 200_000).Select(i => Row($"r{i}") with
        {
            PlaceId = "city", Start = new DateOnly(2000, 1, 1).AddDays(i % 9000), End = new DateOnly(2000, 1, 2).AddDays(i % 9000),
            PartOf = i % 10 == 0 ? null : $"r{i - (i % 10)}", ClaimGroup = i % 7 == 0 ? $"g{i / 70}" : null,
        })];
        Assert.Empty(Check(rows).Errors);
    }

    private static ClaimsResult Check(params ClaimRow[] rows) => ClaimRules.Check(
        Arrests,
        [.. rows.Select((row, i) => row.Row == 0 ? row with { Row = i + 1 } : row)],
        place => place == "city" ? "country" : null);

    /// <summary>A submitted row; its number is its place among the rows given.</summary>
    private static ClaimRow Row(string id) => new() { Id = id, Row = 0, Outcome = "arrested" };

    private static ClaimRow Part(string id, string whole) => Row(id) with { PartOf = whole };

    private static ClaimRow Whole(long n) => Row("w") with { Count = Count.Exactly(n) };

    private static ClaimRow Status(string id, string whole, string outcome, long n) => Part(id, whole) with { Outcome = outcome, Count = Count.Exactly(n) };
}
