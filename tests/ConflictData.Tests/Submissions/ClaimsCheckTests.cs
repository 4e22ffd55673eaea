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
