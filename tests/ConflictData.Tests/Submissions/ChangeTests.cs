using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

public sealed class ChangeTests
{
    private const string Header = "Id,PlaceId,Date,VictimType,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade";
    private const string Row = "c-1,hasaka,2022-01-20,mixed,killed,more than 30,sdf,brief,p. 3,weak";

    [Fact]
    public async Task Rows_are_added_changed_and_left_alone_each_with_its_reason()
    {
        await using var book = await Book.WithReferences();
        var added = await book.Commit("Casualties", $"{Header}\n{Row}\n{Row.Replace("c-1", "c-2")}\n");
        var changed = await book.Commit("Casualties", $"{Header}\n{Row}\n{Row.Replace("c-1", "c-2").Replace("30", "40")}\n");
        var other = await book.Check("Casualties", $"{Header},ChangeReason\n{Row.Replace("30", "50")},new\n{Row.Replace("c-1", "c-2").Replace("30", "50")},recode\n", "lateReport");

        Assert.Equal(new SubmissionCounts(2, 2, 0, 0, 0), added.Counts);
        Assert.All(added.Revisions, revision => Assert.Equal("new", revision.Reason));
        Assert.Equal(new SubmissionCounts(2, 0, 1, 1, 0), changed.Counts);
        Assert.Equal(("c-2", "correction", 41L), Assert.Single(changed.Revisions) is var one ? (one.Id, one.Reason, one.Values[one.Dataset["Low"].Ordinal]) : default);
        Assert.Equal(["lateReport", "recode"], other.Revisions.Select(revision => revision.Reason));
    }

    [Fact]
    public async Task A_snapshot_sent_back_unedited_changes_nothing()
    {
        await using var book = await Book.WithReferences();
        await book.Commit("Casualties", $"{Header},Note,ReportedOn\n{Row},\"Two\nlines, \"\"quoted\"\"\",2022-01-23\n{Row.Replace("c-1", "c-2").Replace("more than 30", "several")},,\n");
        foreach (var dataset in new[] { "Casualties", "Places", "Zones", "Sources", "Actors" })
        {
            var changes = await book.Check(dataset, await book.Snapshot(dataset));

            Assert.Empty(changes.Errors.Kept);
            Assert.Empty(changes.Revisions);
            Assert.Equal(changes.Counts.Accepted, changes.Counts.Unchanged);
        }
    }

    [Fact]
    public async Task A_system_column_that_differs_is_refused_with_both_values()
    {
        await using var book = await Book.WithReferences();
        var changes = await book.Check("Zones", "Id,Name,Kind,SourceId,Release,ModifiedAt\nbadia,Badia,hot,brief,7,2026-01-31T12:00:00.126Z\nnew,New,hot,brief,1,\n");

        Assert.Equal(
            [("badia", "Release"), ("badia", "ModifiedAt"), ("new", "Release")],
            changes.Errors.Kept.Select(error => (error.Row == 1 ? "badia" : "new", error.Column)));
        Assert.All(changes.Errors.Kept, error => Assert.Equal(RowErrorCodes.SystemColumnDiffers, error.Code));
        Assert.Contains("Release 7, the record 1", changes.Errors.Kept[0].Message);
    }

    [Fact]
    public async Task Leaving_out_a_column_that_holds_a_value_is_refused_and_an_empty_cell_erases()
    {
        await using var book = await Book.WithReferences();
        await book.Commit("Zones", "Id,Name,Kind,SourceId,Description\nbadia,Badia,hot,brief,Desert\n");
        var left = await book.Check("Zones", "Id,Name,Kind,SourceId\nbadia,Badia,hot,brief\n");
        var json = await book.Check("Zones", """[{"Id": "badia", "Name": "Badia", "Kind": "hot", "SourceId": "brief"}]""");
        var empty = await book.Check("Zones", "Id,Name,Kind,SourceId,Description\nbadia,Badia,hot,brief,\n");

        Assert.All([left, json], changes => Assert.Equal((RowErrorCodes.ColumnWouldErase, "Description"),
            Assert.Single(changes.Errors.Kept) is var error ? (error.Code, error.Column) : default));
        Assert.Empty(empty.Errors.Kept);
        Assert.Equal(1, empty.Counts.Changed);
    }

    [Fact]
    public async Task New_words_replace_numbers_whose_columns_are_left_out()
    {
        await using var book = await Book.WithReferences();
        await book.Commit("Casualties", $"{Header}\n{Row.Replace("more than 30", "374")}\n");

        Assert.Empty((await book.Check("Casualties", $"{Header}\n{Row}\n")).Errors.Kept);
    }

    [Fact]
    public async Task References_are_found_in_the_release_or_in_the_submission_and_take_the_stored_spelling()
    {
        await using var book = await Book.WithReferences();
        var changes = await book.Commit(
            ("Casualties", $"{Header}\n{Row.Replace("hasaka", "GHUWAYRAN").Replace("sdf", "Sdf")}\n"),
            ("Places", "Id,Name,Kind,ParentId,PlacePrecision\nGhuwayran,Ghuwayran,neighbourhood,HASAKA,2\n"));

        object?[] row = changes.Revisions[0].Values, place = changes.Revisions[1].Values;
        Assert.Equal(("Ghuwayran", "sdf"), (row[Catalog.Get("Casualties")["PlaceId"].Ordinal], row[Catalog.Get("Casualties")["ClaimantId"].Ordinal]));
        Assert.Equal("hasaka", place[Catalog.Get("Places")["ParentId"].Ordinal]);
    }

    [Fact]
    public async Task A_reference_to_nothing_is_refused_but_not_one_to_a_row_that_has_errors_itself()
    {
        await using var book = await Book.WithReferences();
        var changes = await book.Check(
        [
            ("Zones", "Id,Name,Kind,SourceId\nz-1,One,hot,breif\nz-2,Two,hot,other\n"),
            ("Sources", "Id,Title,Kind\nother,Other,noSuchKind\n"),
        ]);

        Assert.Equal(
            [RowErrorCodes.NotInList, RowErrorCodes.ReferenceNotFound],
            changes.Errors.Kept.Select(error => error.Code));
        Assert.Equal(("SourceId", 2), (changes.Errors.Kept[1].Column, changes.Errors.Kept[1].Line));
    }

    [Fact]
    public async Task The_stored_spelling_of_an_id_wins_for_ever()
    {
        await using var book = await Book.WithReferences();
        var changed = await book.Commit("Zones", "Id,Name,Kind,SourceId\nBADIA,The Badia,hot,brief\n");
        await book.Commit("Zones", "Id,Action\nbadia,retract\n");
        var again = await book.Check("Zones", "Id,Name,Kind,SourceId\nBADIA,The Badia,hot,brief\n");

        Assert.Equal("badia", changed.Revisions[0].Id);
        Assert.Equal(("badia", 1), (again.Revisions[0].Id, again.Counts.Added));
    }

    [Fact]
    public async Task The_same_id_twice_names_both_lines()
    {
        await using var book = await Book.WithReferences();
        var error = Assert.Single((await book.Check("Zones", "Id,Name,Kind,SourceId\nz,A,hot,brief\nother,B,hot,brief\nZ,C,hot,brief\n")).Errors.Kept);

        Assert.Equal((RowErrorCodes.DuplicateId, 3, 4), (error.Code, error.Row, error.Line));
        Assert.Contains("line 2", error.Message);
    }

    [Fact]
    public async Task A_retraction_leaves_a_tombstone_with_the_last_values()
    {
        await using var book = await Book.WithReferences();
        var revision = Assert.Single((await book.Commit("Zones", "Id,Action\nbadia,retract\n")).Revisions);

        Assert.Equal((RevisionAction.Retract, "retraction", "Badia"), (revision.Action, revision.Reason, revision.Values[1]));
        foreach (var id in new[] { "badia", "nowhere" })
        {
            Assert.Equal(RowErrorCodes.RecordNotFound,
                Assert.Single((await book.Check("Zones", $"Id,Action\n{id},retract\n")).Errors.Kept).Code);
        }
    }

    [Fact]
    public async Task Rows_that_retract_stand_beside_rows_that_change_each_with_its_reason()
    {
        await using var book = await Book.WithReferences();
        await book.Commit("Zones", "Id,Name,Kind,SourceId\na,A,hot,brief\nb,B,hot,brief\n");
        var csv = await book.Commit("lateReport", ("Zones", "Id,Name,Kind,SourceId,action,changereason\na,,,,RETRACT,Merge\nb,B,stronghold,brief,upsert,\nbadia,,,,retract,\n"));
        var json = await book.Check("Zones", """[{"Id": "b", "Action": "retract", "ChangeReason": "recode"}]""");

        Assert.Equal(
            [("a", RevisionAction.Retract, "merge"), ("b", RevisionAction.Upsert, "lateReport"), ("badia", RevisionAction.Retract, "lateReport")],
            csv.Revisions.Select(revision => (revision.Id, revision.Action, revision.Reason)));
        Assert.Equal(new SubmissionCounts(3, 0, 1, 0, 2), csv.Counts);
        Assert.Equal(("b", "recode"), Assert.Single(json.Revisions) is var one ? (one.Id, one.Reason) : default);
    }

    [Fact]
    public async Task What_others_refer_to_is_retracted_only_together_with_their_pointing_elsewhere()
    {
        await using var book = await Book.WithReferences();
        await book.Commit("Casualties", $"{Header}\n{Row}\n");
        var alone = await book.Check("Places", "Id,Action\nhasaka,retract\n");
        var still = await book.Check([("Casualties", $"{Header},Note\n{Row},x\n"), ("Places", "Id,Action\nhasaka,retract\n")]);
        var moved = await book.Check([("Casualties", $"{Header}\n{Row.Replace("hasaka", "sy")}\n"), ("Places", "Id,Action\nhasaka,retract\n")]);
        var both = await book.Check([("Casualties", "Id,Action\nc-1,retract\n"), ("Places", "Id,Action\nhasaka,retract\n")]);

        Assert.StartsWith("1 live record refers to hasaka: Casualties c-1. Let them refer to another", Assert.Single(alone.Errors.Kept).Message);
        Assert.Equal(RowErrorCodes.ReferenceNotFound, Assert.Single(still.Errors.Kept).Code);
        Assert.Empty(moved.Errors.Kept.Concat(both.Errors.Kept));
    }

    [Fact]
    public async Task A_record_that_changed_since_the_base_is_refused()
    {
        await using var book = await Book.WithReferences();
        await book.Commit("Zones", "Id,Name,Kind,SourceId\nbadia,The Badia,hot,brief\n");
        const string Change = "Id,Name,Kind,SourceId\nbadia,Al-Badia,hot,brief\n";

        Assert.Equal(RowErrorCodes.ChangedSinceBase, Assert.Single((await book.Check("Zones", Change, @base: 1)).Errors.Kept).Code);
        Assert.Empty((await book.Check("Zones", Change, @base: 2)).Errors.Kept);
        Assert.Equal(RowErrorCodes.ChangedSinceBase, Assert.Single((await book.Check("Zones", "Id,Action\nbadia,retract\n", @base: 1)).Errors.Kept).Code);

        await book.Commit("Zones", "Id,Action\nbadia,retract\n");
        Assert.Contains("retracted by release 3", Assert.Single((await book.Check("Zones", Change, @base: 2)).Errors.Kept).Message);
        Assert.Empty((await book.Check("Zones", Change.Replace("badia", "other"), @base: 1)).Errors.Kept);
    }

    [Fact]
    public async Task Claims_are_checked_with_what_is_stored_and_Additive_is_settled()
    {
        await using var book = await Book.WithReferences();
        await book.Commit("Casualties", $"{Header}\n{Row}\n");
        var additive = Catalog.Get("Casualties")["Additive"].Ordinal;
        var part = await book.Check("Casualties", $"{Header},PartOf\n{Row.Replace("c-1", "c-2").Replace("more than 30", "20")},c-1\n");
        var both = await book.Check("Casualties", $"{Header},PartOf,Additive\n{Row.Replace("c-1", "c-2").Replace("more than 30", "20")},c-1,true\n");
        var near = await book.Check("Casualties", $"{Header}\n{Row.Replace("c-1", "c-2").Replace("hasaka", "sy")}\n");

        Assert.Equal(false, Assert.Single(part.Revisions).Values[additive]);
        Assert.Equal((RowErrorCodes.WholeAndPartAdditive, 1), Assert.Single(both.Errors.Kept) is var error ? (error.Code, error.Row) : default);
        Assert.Equal(RowErrorCodes.PossibleDoubleCount, Assert.Single(near.Warnings.Kept).Code);
        Assert.Equal(true, Assert.Single(near.Revisions).Values[additive]);
    }

    [Fact]
    public async Task A_claim_that_is_contested_no_more_counts_where_Additive_is_left_to_the_rules()
    {
        await using var book = await Book.WithReferences();
        var contested = Row.Replace("weak", "contested").Replace("fair", "contested");
        Assert.Contains("contested", contested);
        await book.Commit("Casualties", $"{Header}\n{contested}\n");
        var additive = Catalog.Get("Casualties")["Additive"].Ordinal;
        var without = await book.Check("Casualties", $"{Header}\n{Row}\n");
        var empty = await book.Check("Casualties", $"{Header},Additive\n{Row},\n");

        Assert.Equal(false, Assert.Single(without.Revisions).Values[additive]);
        Assert.Equal(true, Assert.Single(empty.Revisions).Values[additive]);
    }

    [Theory]
    [InlineData("a,A,city,a,SY,1\n", "a lies in a; name the place that holds it")]
    [InlineData("a,A,city,b,SY,1\nb,B,city,HASAKA,SY,1\nhasaka,al-Hasaka,city,a,SY,1\n", "a lies in b, which lies in hasaka, which lies in a; name the place that holds it")]
    [InlineData("sy,Syria,country,hasaka,SY,6\n", "sy lies in hasaka, which lies in sy; name the place that holds it")]
    public async Task A_place_does_not_lie_in_itself(string rows, string message)
    {
        await using var book = await Book.WithReferences();
        var errors = (await book.Check("Places", "Id,Name,Kind,ParentId,CountryCode,PlacePrecision\n" + rows)).Errors.Kept;

        Assert.All(errors, error => Assert.Equal((RowErrorCodes.PlaceCircle, "ParentId"), (error.Code, error.Column)));
        Assert.Contains(errors, error => error.Message.StartsWith(message, StringComparison.Ordinal));
        Assert.Equal(rows.Count(c => c == '\n'), errors.Count);
    }

    [Theory]
    [InlineData("sdf,SDF,armedGroup,SDF\n", "sdf belongs to sdf; name the actor")]
    [InlineData("sdf,SDF,armedGroup,is\nis,IS,armedGroup,sdf\n", "is belongs to sdf, which belongs to is; name the actor")]
    public async Task An_actor_does_not_belong_to_itself(string rows, string message)
    {
        await using var book = await Book.WithReferences();
        var errors = (await book.Check("Actors", "Id,Name,Kind,ParentId\n" + rows)).Errors.Kept;

        Assert.All(errors, error => Assert.Equal((RowErrorCodes.ActorCircle, "ParentId"), (error.Code, error.Column)));
        Assert.Contains(errors, error => error.Message.StartsWith(message, StringComparison.Ordinal));
        Assert.Equal(rows.Count(c => c == '\n'), errors.Count);
    }

    [Fact]
    public async Task A_place_that_takes_others_too_deep_with_it_is_refused_itself()
    {
        const string Header = "Id,Name,Kind,ParentId,CountryCode,PlacePrecision\n";
        await using var book = await Book.WithReferences();
        await book.Commit("Places", Header + Chain("a", 40) + Chain("b", 40));

        var error = Assert.Single((await book.Check("Places", Header + "b1,P,city,a40,SY,1\n")).Errors.Kept);
        Assert.Equal((RowErrorCodes.PlaceCircle, "a40"), (error.Code, error.Value));
        Assert.Contains("lies in more than 64 others", error.Message, StringComparison.Ordinal);

        static string Chain(string name, int length) => string.Concat(
            Enumerable.Range(1, length).Select(number => $"{name}{number},P,city,{(number == 1 ? "sy" : $"{name}{number - 1}")},SY,1\n"));
    }

    [Theory]
    [InlineData(63, 0)]
    [InlineData(64, 1)]
    public async Task Places_lie_at_most_64_deep(int more, int errors)
    {
        await using var book = await Book.WithReferences();
        var rows = Enumerable.Range(1, more).Select(number => $"p{number},P,city,{(number == 1 ? "hasaka" : $"p{number - 1}")},SY,1\n");

        Assert.Equal(errors, (await book.Check("Places", "Id,Name,Kind,ParentId,CountryCode,PlacePrecision\n" + string.Concat(rows))).Errors.Count);
    }
}
