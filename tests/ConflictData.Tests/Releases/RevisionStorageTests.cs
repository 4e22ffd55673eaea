using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Storage;

namespace ConflictData.Tests.Releases;

public sealed class RevisionStorageTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly StorageAccount account =
        new(new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = azurite.NewPrefix() });

    private TableReleaseStore Store => new(account, TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Store.EnsureCreated(Cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_column_type_of_every_dataset_comes_back_as_it_went()
    {
        Revision[] rows = [.. Catalog.All.SelectMany(dataset => new[]
        {
            StoreData.Row(dataset, "full"),
            StoreData.Row(dataset, "empty", _ => null) with { Action = RevisionAction.Retract, Reason = "retraction" },
        })];
        await WriteAndCompare(rows);
    }

    [Fact]
    public async Task Long_Arabic_texts_in_every_column_are_cut_into_transactions_that_the_service_takes()
    {
        var text = string.Concat(Enumerable.Repeat("الحسكة ", 600))[..4000];
        Revision[] rows = [.. Enumerable.Range(1, 12).Select(number => StoreData.Row(
            Catalog.Get("Casualties"), $"R-{number}", column => column.Type == ColumnType.String ? text : StoreData.Typical(column)))];

        await WriteAndCompare(rows);
    }

    [Fact]
    public Task A_commit_over_several_partitions_keeps_its_order() => WriteAndCompare(
        [.. StoreData.Rows("Casualties", 2400), .. StoreData.Rows("Places", 100)]);

    [Fact]
    public async Task Writing_the_same_attempt_again_changes_nothing()
    {
        var rows = StoreData.Rows("Places", 150);
        await Store.WriteRevisions("again", 1, rows, Cancellation);
        await Store.WriteRevisions("again", 1, rows, Cancellation);
        Assert.Equal(150, (await Store.Revisions(StoreData.Commit(1, "again", rows), Redactions.None, Cancellation)).Revisions.Count);
    }

    [Fact]
    public async Task A_changed_value_is_named_with_release_dataset_and_both_hashes()
    {
        var commit = await WritePlaces("changed");
        var row = RevisionEntity.Write(RevisionTable.Partition("changed", 1, 0), 7, StoreData.Row(Catalog.Get("Places"), "R-8", _ => null));
        await account.Table("Revisions").UpsertEntityAsync(row, cancellationToken: Cancellation, mode: Azure.Data.Tables.TableUpdateMode.Replace);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Store.Revisions(commit, Redactions.None, Cancellation));
        Assert.Matches($"^Release 1: the revisions of Places have the hash [0-9a-f]{{64}}, the commit says {commit.Datasets[0].Hash}", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(19)]
    public async Task A_missing_row_is_found(int ordinal)
    {
        var commit = await WritePlaces("missing");
        await account.Table("Revisions").DeleteEntityAsync(
            RevisionTable.Partition("missing", 1, 0), RevisionEntity.RowKey(ordinal), cancellationToken: Cancellation);
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.Revisions(commit, Redactions.None, Cancellation));
    }

    [Fact]
    public void The_largest_row_that_a_schema_allows_fits_into_an_entity() => Assert.All(Catalog.All, dataset =>
    {
        var largest = StoreData.Row(dataset, "x", column => column.Type == ColumnType.String ? new string('ش', column.MaxLength) : StoreData.Typical(column));
        Assert.InRange(RevisionLimits.Bytes(RevisionEntity.Write("", 0, largest)), 0, RevisionLimits.MostEntityBytes);
    });

    [Fact]
    public void The_hash_never_changes() => Assert.Equal(
        "b321883a70786a6fb36b90cd7a54b8340cc3b57ed4108f923e5f258e0f167773",
        RevisionHash.Of([StoreData.Row(Catalog.Get("Zones"), "Z-1", _ => "text"), StoreData.Row(Catalog.Get("Zones"), "Z-2", _ => null)]));

    [Fact]
    public void A_commit_is_later_than_the_one_before_even_if_clocks_differ()
    {
        var head = StoreData.Commit(1, "a", []) with { CommittedAt = DateTimeOffset.MaxValue.AddDays(-1) };
        Assert.Equal(head.CommittedAt.AddMilliseconds(1), CommitClock.After(head.CommittedAt, TimeProvider.System));
        Assert.Equal(0, CommitClock.After(null, TimeProvider.System).Ticks % TimeSpan.TicksPerMillisecond);
    }

    private async Task<Commit> WritePlaces(string submissionId)
    {
        var rows = StoreData.Rows("Places", 20);
        await Store.WriteRevisions(submissionId, 1, rows, Cancellation);
        return StoreData.Commit(1, submissionId, rows);
    }

    private async Task WriteAndCompare(Revision[] rows)
    {
        await Store.WriteRevisions("whole", 1, rows, Cancellation);
        var read = await Store.Revisions(StoreData.Commit(1, "whole", rows), Redactions.None, Cancellation);
        Assert.Equal(rows.Select(row => row.Id), read.Revisions.Select(row => row.Id));
        foreach (var (expected, actual) in rows.Zip(read.Revisions))
        {
            Assert.Equal((expected.Dataset, expected.Action, expected.Reason), (actual.Dataset, actual.Action, actual.Reason));
            Assert.Equal(expected.Values, actual.Values);
        }
    }
}
