using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

/// <summary>Which rows of the store the rules of parts and claims are tried on, and whom they blame.</summary>
public sealed class ClaimsCheckTests
{
    private const string Header = "Id,PlaceId,Date,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade,PartOf,Breakdown,PartsComplete,ClaimGroup,Additive\n";

    private static readonly string Whole = Row("w", "100", complete: "true");
    private static readonly string Parts = Row("a", "60", "w") + Row("b", "40", "w");

    [Fact]
    public async Task Rows_that_are_sent_unchanged_do_not_make_their_whole_look_incomplete()
    {
        await using var book = await WithArrests(Whole + Parts);

        Assert.Empty((await book.Check("Arrests", Header + Whole + Row("a", "60", "w") + Row("other", "5", place: "sy"))).Errors.Kept);
    }

    [Fact]
    public async Task Rows_that_are_only_near_do_not_make_their_whole_look_incomplete()
    {
        await using var book = await WithArrests(
            Row("w", "50", complete: "true", place: "sy") + Row("r", "40", "w", "status", "released") + Row("h", "10", "w", "status", "inCustody", place: "sy"));
        await book.Commit("Places", "Id,Name,Kind,ParentId,CountryCode,PlacePrecision\nraqqa,Raqqa,city,sy,SY,1\n");
        await book.Commit("Arrests", Header + Row("h", "10", "w", "status", "inCustody", place: "raqqa"));

        var changes = await book.Check("Arrests", Header + Row("other", "5"));
        Assert.Empty(changes.Errors.Kept);
        Assert.Contains("w both count", Assert.Single(changes.Warnings.Kept).Message);
    }

    [Theory]
    [InlineData("b,,,,,,,,,,,,,,retract")]
    [InlineData("b,hasaka,2022-02,arrested,40,sdf,brief,p. 1,weak,,,,,,")]
    public async Task A_part_that_leaves_is_blamed_for_what_its_whole_lacks(string row)
    {
        await using var book = await WithArrests(Whole + Parts + Row("other", "5", place: "sy"));
        var error = Assert.Single((await book.Check("Arrests", Header.Replace("\n", ",Action\n") + "other,,,,,,,,,,,,,,retract\n" + row + "\n")).Errors.Kept);

        Assert.Equal((RowErrorCodes.PartsFallShort, 2), (error.Code, error.Row));
        Assert.Contains("parts of w", error.Message);
        Assert.Contains("a among them", error.Message);
    }

    [Theory]
    [InlineData("a,,,,,,,,,,,,,,retract")]
    [InlineData("a,hasaka,2022-02,arrested,10,sdf,brief,p. 1,weak,,,,,,")]
    public async Task A_claim_group_that_lost_its_additive_member_is_warned_of(string row)
    {
        await using var book = await WithArrests(Row("a", "10", group: "g") + Row("b", "20", group: "g"));
        var changes = await book.Check("Arrests", Header.Replace("\n", ",Action\n") + row + "\n");

        Assert.Empty(changes.Errors.Kept);
        Assert.Equal((RowErrorCodes.ClaimGroupWithoutAdditive, 1), Assert.Single(changes.Warnings.Kept, warning => warning.Code == RowErrorCodes.ClaimGroupWithoutAdditive) is var one ? (one.Code, one.Row) : default);
    }

    [Fact]
    public async Task Victims_of_nobody_in_particular_may_be_those_of_any_party()
    {
        const string Casualties = "Id,PlaceId,Date,VictimType,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade,PartyId,PerpetratorId\n";
        await using var book = await Book.WithReferences();
        await book.Commit("Casualties", Casualties + "a,hasaka,2022-01-20,mixed,killed,10,sdf,brief,p. 1,weak,sdf,\n");
        var changes = await book.Check("Casualties", Casualties + "b,hasaka,2022-01-20,mixed,killed,10,sdf,brief,p. 1,weak,,is\n");

        Assert.Equal(RowErrorCodes.PossibleDoubleCount, Assert.Single(changes.Warnings.Kept).Code);
    }

    [Fact]
    public async Task Of_more_warnings_than_a_report_lists_all_are_counted_and_the_first_of_each_kind_are_listed_in_their_order()
    {
        const string Casualties = "Id,PlaceId,Date,VictimType,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade\n"
            + "c0,hasaka,2022-01-20,mixed,killed,10,sdf,brief,p. 1,weak\nc1,hasaka,2022-01-20,mixed,killed,10,sdf,brief,p. 1,weak\n";
        var pairs = Enumerable.Range(0, 1_200).Select(number => $"d{number},hasaka,{new DateOnly(1990, 1, 1).AddDays(number / 2):yyyy-MM-dd},arrested,10,sdf,brief,p. 1,weak,,,,,\n");
        var silent = Enumerable.Range(0, 1_100).Select(number => $"s{number},hasaka,2022-02,arrested,10,sdf,brief,p. 1,weak,,,,g{number},false\n");
        await using var book = await Book.WithReferences();
        var changes = await book.Check(Book.Request, ("Casualties", Casualties), ("Arrests", Header + string.Concat([.. pairs, .. silent])));

        Assert.Empty(changes.Errors.Kept);
        Assert.Equal(2 + 1_200 + 1_100, changes.Warnings.Count);
        RowProblem Twice(string dataset, string outcome, char letter, int number) => new(
            dataset, number + 1, number + 2, "Additive", "possibleDoubleCount",
            $"{letter}{number} and {letter}{number ^ 1} both count {outcome} in places of which one holds the other and in periods that overlap. "
            + "If they are of the same, say so by PartOf or ClaimGroup, or set Additive of one to false; if not, there is nothing to do.",
            null);
        RowProblem Silent(int number) => new(
            "Arrests", number + 1_201, number + 1_202, "ClaimGroup", "claimGroupWithoutAdditive",
            $"No member of the claim group g{number}, s{number} among them, is additive: what it claims is in no total. If it is to be, set Additive to true for one of them.",
            $"g{number}");
        Assert.Equal(
            [
                Twice("Casualties", "killed", 'c', 0), Twice("Casualties", "killed", 'c', 1),
                .. Enumerable.Range(0, 998).Select(number => Twice("Arrests", "arrested", 'd', number)), .. Enumerable.Range(0, 1_000).Select(Silent),
            ],
            changes.Warnings.Kept);
    }

    private static async Task<Book> WithArrests(string rows)
    {
        var book = await Book.WithReferences();
        await book.Commit("Arrests", Header + rows);
        return book;
    }

    private static string Row(
        string id, string count, string? whole = null, string? breakdown = null, string outcome = "arrested", string? complete = null, string? group = null,
        string place = "hasaka") =>
        $"{id},{place},2022-02,{outcome},{count},sdf,brief,p. 1,weak,{whole},{breakdown},{complete},{group},\n";
}
