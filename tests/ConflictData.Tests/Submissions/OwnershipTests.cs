using ConflictData.Access;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

public sealed class OwnershipTests
{
    private const string Zone = "Id,Name,Kind,SourceId\nbadia,The Badia,hot,brief\n";
    private const string Unchanged = "Id,Name,Kind,SourceId\nbadia,Badia,hot,brief\n";

    private static readonly SubmissionRequest Partner = Book.Request with { Owner = "partner", Scopes = Scopes.Read | Scopes.Contribute };

    [Theory]
    [InlineData(Zone)]
    [InlineData("Id,Action\nbadia,retract\n")]
    public async Task Anothers_record_is_neither_changed_nor_retracted(string csv)
    {
        await using var book = await Book.WithReferences();
        var error = Assert.Single((await book.Check(Partner, ("Zones", csv))).Errors.Kept);

        Assert.Equal((RowErrorCodes.NotYours, 1, "badia"), (error.Code, error.Row, error.Value));
        Assert.Contains("another contributor", error.Message);
    }

    [Fact]
    public async Task Anothers_record_may_be_sent_as_it_is_and_be_referred_to()
    {
        await using var book = await Book.WithReferences();
        var changes = await book.Check(Partner, ("Zones", Unchanged + "own,Own,hot,brief\n"));

        Assert.Empty(changes.Errors.Kept);
        Assert.Equal(new SubmissionCounts(2, 1, 0, 1, 0), changes.Counts);
    }

    [Theory]
    [InlineData(Scopes.Contribute | Scopes.Curate)]
    [InlineData(Scopes.Admin)]
    public async Task Who_may_curate_changes_it_and_is_told_which_rows_were_anothers(Scopes scopes)
    {
        await using var book = await Book.WithReferences();
        await book.Commit(Partner, ("Zones", "Id,Name,Kind,SourceId\nown,Own,hot,brief\n"));
        var changes = await book.Check(Partner with { Scopes = scopes }, ("Zones", Zone + "own,Changed,hot,brief\nnew,New,hot,brief\n"));

        Assert.Empty(changes.Errors.Kept);
        var warning = Assert.Single(changes.Warnings.Kept);
        Assert.Equal((RowErrorCodes.ReplacedOtherOwner, 1), (warning.Code, warning.Row));
        Assert.Contains("release 1", warning.Message);
        Assert.DoesNotContain("\"o\"", warning.Message);
    }

    [Fact]
    public async Task A_contributor_does_not_undo_what_a_curator_corrected_and_may_send_it_as_corrected()
    {
        await using var book = await Book.WithReferences();
        await book.Commit(Partner, ("Zones", "Id,Name,Kind,SourceId\nown,Own,hot,brief\nother,Other,hot,brief\n"));
        await book.Commit(Partner with { Owner = "curator", Scopes = Scopes.Curate }, ("Zones", "Id,Name,Kind,SourceId\nown,Corrected,hot,brief\n"));

        var error = Assert.Single((await book.Check(Partner, ("Zones", "Id,Name,Kind,SourceId\nown,Own,hot,brief\nother,Changed,hot,brief\n"))).Errors.Kept);
        Assert.Equal((RowErrorCodes.NotYours, "own"), (error.Code, error.Value));
        Assert.Contains("its last change in release 3", error.Message);
        var corrected = await book.Check(Partner, ("Zones", "Id,Name,Kind,SourceId\nown,Corrected,hot,brief\nother,Changed,hot,brief\n"));
        Assert.Empty(corrected.Errors.Kept);
        Assert.Equal(new SubmissionCounts(2, 0, 1, 1, 0), corrected.Counts);
    }

    [Fact]
    public async Task Every_record_that_was_anothers_is_named_and_pushes_out_no_other_warning()
    {
        const string Arrests = "Id,PlaceId,Date,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade\n"
            + "one,hasaka,2022-02,arrested,12,sdf,brief,p. 1,fair\ntwo,hasaka,2022-02,arrested,13,sdf,brief,p. 2,fair\n";
        await using var book = await Book.WithReferences();
        var ids = Enumerable.Range(1, 1_500).Select(number => $"actor-{number}").ToList();
        string Actors(string name) => $"Id,Name,Kind\n{string.Concat(ids.Select(id => $"{id},{name},person\n"))}";
        await book.Commit(("Actors", Actors("before")));
        var changes = await book.Check(Partner with { Scopes = Scopes.Curate }, ("Arrests", Arrests), ("Actors", Actors("after")));

        Assert.Empty(changes.Errors.Kept);
        Assert.Equal((1_502, 1_000), (changes.Warnings.Count, changes.Warnings.Kept.Count(warning => warning.Code == RowErrorCodes.ReplacedOtherOwner)));
        Assert.Equal(RowErrorCodes.PossibleDoubleCount, changes.Warnings.Kept[^1].Code);
        var replaced = Assert.Single(changes.Warnings.Replaced);
        Assert.Equal("Actors", replaced.Dataset);
        Assert.Equal(ids, replaced.Ids);
    }

    [Theory]
    [InlineData("Id,Name,Kind\nbadia,The Badia,hot\n", null)]
    [InlineData("Id,Name,Kind,SourceId,Release\nbadia,The Badia,hot,brief,7\n", null)]
    [InlineData("Id,Action,Release\nbadia,retract,7\n", null)]
    [InlineData(Zone, 0)]
    public async Task Of_anothers_record_nothing_is_said_but_that_it_is_anothers(string csv, int? @base)
    {
        await using var book = await Book.WithReferences();
        var error = Assert.Single((await book.Check(Partner with { Scopes = Scopes.Contribute, Base = @base }, ("Zones", csv))).Errors.Kept);

        Assert.Equal((RowErrorCodes.NotYours, null), (error.Code, error.Column));
    }

    [Fact]
    public async Task Who_refers_to_anothers_record_is_not_told_to_whoever_may_not_retract_it()
    {
        await using var book = await Book.WithReferences();
        var error = Assert.Single((await book.Check(Partner, ("Sources", "Id,Action\nbrief,retract\n"))).Errors.Kept);

        Assert.Equal(RowErrorCodes.NotYours, error.Code);
    }

    [Fact]
    public async Task A_record_belongs_to_whoever_changed_it_last_and_to_nobody_once_it_is_retracted()
    {
        await using var book = await Book.WithReferences();
        var curator = Partner with { Owner = "curator", Scopes = Scopes.Curate };
        await book.Commit(curator, ("Zones", Zone));
        var before = await book.Check("Zones", Unchanged);
        await book.Commit(curator, ("Zones", "Id,Action\nbadia,retract\n"));
        var after = await book.Check(Partner, ("Zones", Unchanged));

        Assert.Equal(RowErrorCodes.NotYours, Assert.Single(before.Errors.Kept).Code);
        Assert.Empty(after.Errors.Kept);
        Assert.Equal(1, after.Counts.Added);
    }
}
