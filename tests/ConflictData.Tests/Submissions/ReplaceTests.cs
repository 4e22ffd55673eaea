using ConflictData.Access;
using ConflictData.Releases;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

public sealed class ReplaceTests
{
    private const string Header = "Id,Name,Kind,SourceId\n";
    private const string Badia = "badia,Badia,hot,brief\n";

    [Fact]
    public async Task What_the_payload_does_not_have_is_retracted()
    {
        await using var book = await WithZones(20);
        var changes = await book.Commit(book.Replace, ("Zones", Header + Zones(2..20, "New name of ") + "more,More,hot,brief\n"));

        Assert.Equal(new SubmissionCounts(22, 1, 19, 0, 2), changes.Counts);
        Assert.Equal(
            [("badia", RevisionAction.Retract, "retraction"), ("z-1", RevisionAction.Retract, "retraction")],
            changes.Revisions.TakeLast(2).Select(revision => (revision.Id, revision.Action, revision.Reason)));
        Assert.Equal("Zone 1", changes.Revisions[^1].Values[1]);
        Assert.DoesNotContain("z-1,", await book.Snapshot("Zones"));
    }

    [Fact]
    public async Task Datasets_that_the_payload_does_not_have_are_left_alone()
    {
        await using var book = await WithZones(20);
        var actors = await book.Snapshot("Actors");
        await book.Commit(book.Replace with { MaxRetractions = 21 }, ("Zones", Header));

        Assert.Equal(actors, await book.Snapshot("Actors"));
        Assert.DoesNotContain("z-", await book.Snapshot("Zones"));
    }

    [Fact]
    public async Task A_snapshot_sent_back_unedited_changes_nothing()
    {
        await using var book = await WithZones(5);
        foreach (var dataset in new[] { "Zones", "Places", "Actors", "Sources", "Casualties" })
        {
            var changes = await book.Check(book.Replace, (dataset, await book.Snapshot(dataset)));

            Assert.Empty(changes.Errors.Kept);
            Assert.Empty(changes.Revisions);
            Assert.Equal(0, changes.Counts.Retracted);
        }
    }

    [Fact]
    public async Task A_dataset_that_was_changed_since_the_base_is_refused_with_the_ids_of_what_changed()
    {
        await using var book = await WithZones(3);
        var request = book.Replace;
        await book.Commit("Zones", Header + Zones(1..1, "Changed ") + "brought,Brought,hot,brief\n");
        await book.Commit("Zones", "Id,Action\nz-2,retract\n");
        await book.Commit("Actors", "Id,Name,Kind\nnew,New,person\n");
        var moved = await book.Check(request, ("Zones", Header + Badia + Zones(1..3, "Mine ")));
        var other = await book.Check(request, ("Sources", await book.Snapshot("Sources")));

        Assert.Equal(
            [("z-1", 3, 2), ("brought", 3, 0), ("z-2", 4, 3)],
            moved.Errors.Kept.Select(error => (error.Value, error.Message.Contains("release 3,") ? 3 : 4, error.Row)));
        Assert.All(moved.Errors.Kept, error => Assert.Equal(RowErrorCodes.BaseMoved, error.Code));
        Assert.Empty(other.Errors.Kept);
    }

    [Theory]
    [InlineData(18, null, true)]
    [InlineData(17, null, false)]
    [InlineData(17, 3, true)]
    [InlineData(17, 2, false)]
    [InlineData(18, 1, false)]
    [InlineData(0, 20, true)]
    public async Task More_than_a_tenth_is_retracted_only_up_to_the_number_that_was_said(int kept, int? most, bool goes)
    {
        await using var book = await WithZones(19);
        var changes = await book.Check(book.Replace with { MaxRetractions = most }, ("Zones", Header + (kept == 0 ? "" : Badia + Zones(1..(kept - 1), "Zone "))));

        Assert.Equal(goes ? [] : [RowErrorCodes.TooManyRetractions], changes.Errors.Kept.Select(error => error.Code));
        Assert.All(changes.Errors.Kept, error => Assert.StartsWith($"Zones: {20 - kept} of 20 records", error.Message));
        Assert.Equal(goes ? 20 - kept : 0, changes.Revisions.Count);
    }

    [Fact]
    public async Task Of_very_many_that_changed_or_would_go_the_first_are_named_and_all_are_counted()
    {
        await using var book = await WithZones(1);
        await book.Commit("Zones", Header + Zones(1..1200, "Changed "));
        var moved = await book.Check(book.Replace with { Base = 2 }, ("Zones", Header));
        var cut = Assert.Single((await book.Check(book.Replace, ("Zones", Header + Badia))).Errors.Kept);

        Assert.Equal((1200, 1000, "z-1"), (moved.Errors.Count, moved.Errors.Kept.Count, moved.Errors.Kept[0].Value));
        Assert.StartsWith("Zones: 1200 of 1201", cut.Message);
        Assert.EndsWith("z-19, z-20, ….", cut.Message);
    }

    [Fact]
    public async Task Rows_that_retract_count_among_the_retractions()
    {
        await using var book = await WithZones(9);
        var changes = await book.Check(book.Replace, ("Zones", Header.Replace("\n", ",Action\n") + (Badia + Zones(2..8, "Zone ")).Replace("\n", ",\n") + "z-1,,,,retract\n"));

        Assert.Contains("2 of 10", Assert.Single(changes.Errors.Kept).Message);
    }

    [Fact]
    public async Task A_set_is_replaced_as_one_and_its_limit_is_for_all_of_it()
    {
        await using var book = await WithZones(20);
        (string, string)[] files = [("Zones", Header + Badia + Zones(1..18, "Zone ")), ("Actors", "Id,Name,Kind\nsdf,SDF,armedGroup\n")];
        var unsaid = Assert.Single((await book.Check(book.Replace, files)).Errors.Kept);
        var tooFew = (await book.Check(book.Replace with { MaxRetractions = 2 }, files)).Errors.Kept;
        var enough = await book.Check(book.Replace with { MaxRetractions = 3 }, files);

        Assert.Equal(("Actors", true), (unsaid.Dataset, unsaid.Message.Contains("1 of 2") && unsaid.Message.Contains("maxRetractions=3")));
        Assert.Equal(
            ["Actors: 1 of 2 records would be retracted. That makes 3, more than maxRetractions=2 allows. If the payload is complete, send it with maxRetractions=3. The payload lacks is.",
                "Zones: 2 of 21 records would be retracted. That makes 3, more than maxRetractions=2 allows. If the payload is complete, send it with maxRetractions=3. The payload lacks z-19, z-20."],
            tooFew.Select(error => error.Message));
        Assert.Equal(["is", "z-19", "z-20"], enough.Revisions.Select(revision => revision.Id));
    }

    [Fact]
    public async Task What_others_refer_to_is_not_retracted_for_being_absent()
    {
        await using var book = await WithZones(1);
        var outside = await book.Check(book.Replace with { MaxRetractions = 1 }, ("Sources", "Id,Title,Kind\n"));
        var inside = await book.Check(book.Replace with { MaxRetractions = 2 }, ("Zones", Header + Zones(1..1, "Other ")), ("Sources", "Id,Title,Kind\n"));

        Assert.Equal((RowErrorCodes.StillReferenced, "brief"), Assert.Single(outside.Errors.Kept) is var error ? (error.Code, error.Value) : default);
        Assert.Contains(inside.Errors.Kept, found => found.Code == RowErrorCodes.ReferenceNotFound && found.Message.Contains("retracted by this same submission"));
    }

    [Fact]
    public async Task A_record_whose_row_has_an_error_is_not_taken_for_absent()
    {
        await using var book = await WithZones(2);
        var changes = await book.Check(book.Replace, ("Zones", Header + Badia + "z-1,,,brief\nbad id,Zone,hot,brief\n"));

        Assert.Equal([RowErrorCodes.Required, RowErrorCodes.Required, RowErrorCodes.BadId], changes.Errors.Kept.Select(error => error.Code));
    }

    [Fact]
    public async Task Whoever_may_not_curate_retracts_their_own_records_only()
    {
        await using var book = await WithZones(4);
        var partner = Book.Request with { Owner = "partner" };
        await book.Commit(partner, ("Zones", Header + Zones(11..13, "Zone ")));
        var request = book.Replace with { Owner = "partner", MaxRetractions = 3 };
        var own = await book.Check(request, ("Zones", Header));
        var share = Assert.Single((await book.Check(request with { MaxRetractions = null }, ("Zones", Header + Zones(11..12, "Zone ")))).Errors.Kept);
        var all = await book.Check(request with { Scopes = Scopes.Curate, MaxRetractions = 8 }, ("Zones", Header));

        Assert.Equal(["z-11", "z-12", "z-13"], own.Revisions.Select(revision => revision.Id));
        Assert.Contains("1 of 3", share.Message);
        Assert.Equal(8, all.Counts.Retracted);
        Assert.Equal(5, all.Warnings.Count);
    }

    [Fact]
    public async Task The_parts_that_are_left_must_still_make_their_whole()
    {
        const string Facts = "Id,PlaceId,Date,VictimType,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade,PartOf,PartsComplete\n";
        const string Whole = "whole,hasaka,2022-01-20,mixed,killed,100,sdf,brief,p. 3,weak,,true\n";
        await using var book = await Book.WithReferences();
        await book.Commit("Casualties", $"{Facts}{Whole}a,hasaka,2022-01-20,mixed,killed,60,sdf,brief,p. 3,weak,whole,\nb,hasaka,2022-01-20,mixed,killed,40,sdf,brief,p. 3,weak,whole,\n");
        var changes = await book.Check(book.Replace with { MaxRetractions = 1 },
            ("Casualties", $"{Facts}{Whole}a,hasaka,2022-01-20,mixed,killed,60,sdf,brief,p. 3,weak,whole,\n"));

        Assert.Equal(RowErrorCodes.PartsFallShort, Assert.Single(changes.Errors.Kept).Code);
    }

    private static async Task<Book> WithZones(int count)
    {
        var book = await Book.WithReferences();
        await book.Commit("Zones", Header + Zones(1..count, "Zone "));
        return book;
    }

    /// <summary>Rows of the zones z-1, z-2, …</summary>
    private static string Zones(Range numbers, string name) => string.Concat(
        Enumerable.Range(numbers.Start.Value, numbers.End.Value - numbers.Start.Value + 1).Select(n => $"z-{n},{name}{n},hot,brief\n"));
}
