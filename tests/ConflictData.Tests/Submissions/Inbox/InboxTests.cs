using System.Text;
using Azure.Storage.Blobs.Specialized;
using ConflictData.Submissions;
using ConflictData.Tests.Faults;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Submissions;

/// <summary>Files that are dropped into the container inbox.</summary>
public sealed class InboxTests(AzuriteFixture azurite)
{
    private const string Actors = "Id,Name,Kind\nsdf,SDF,armedGroup\nis,IS,armedGroup\n";
    private const string Json = """[{"Id":"sdf","Name":"SDF","Kind":"armedGroup"},{"Id":"is","Name":"IS","Kind":"armedGroup"}]""";

    private readonly string prefix = azurite.NewPrefix();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private InboxStore Store => new(azurite.ConnectionString, prefix);

    [Fact]
    public async Task A_file_becomes_a_release_and_lies_in_the_archive_with_its_report()
    {
        await using var app = await Start();
        await Store.Drop("actors/my actors — اثنان.csv", Actors);
        await app.Inbox.Run(Cancellation);

        var report = await Store.Report("archive", "my actors");
        var head = await app.Store.Head(Cancellation);
        Assert.Equal((1, "inbox", head!.SubmissionId), (head.Release, head.Owner, report.GetProperty("id").GetString()));
        Assert.Equal(("committed", 2), (report.GetProperty("state").GetString(), report.GetProperty("counts").GetProperty("added").GetInt32()));
        Assert.Equal([(1, "sdf", "SDF", 1), (2, "is", "IS", 1)], await app.Revisions("Actors"));
        Assert.Empty(await Store.Names("inbox"));
        var file = Assert.Single(await Store.Names("archive"), name => name.EndsWith(".csv", StringComparison.Ordinal));
        Assert.Matches(@"^\d{4}/\d{2}/actors/\d{8}T\d{6}Z-my actors — اثنان\.csv$", file);
        Assert.Equal(Actors, (await Store.Container("archive").GetBlobClient(file).DownloadContentAsync(Cancellation)).Value.Content.ToString());
        Assert.Equal(Actors.Length, (await app.Log.OpenPayload(head.SubmissionId, Cancellation))!.Length);
    }

    public static TheoryData<string, byte[]> Forms => new()
    {
        { "Actors/a.csv.gz", InboxStore.Gzipped(Encoding.UTF8.GetBytes(Actors)) },
        { "Actors/a.json", Encoding.UTF8.GetBytes(Json) },
        { "Actors/a.JSON.GZ", InboxStore.Gzipped(Encoding.UTF8.GetBytes(Json)) },
        { "ACTORS/a.ndjson", Encoding.UTF8.GetBytes(Json[1..^1].Replace("},{", "}\n{")) },
        { "_SET/a.zip", InboxStore.Zipped(("actors.csv", Actors), ("sources.csv", "Id,Title,Kind\nbrief,Brief,report\n")) },
        { "_set/all of it.zip", InboxStore.Zipped(("actors.csv", Actors), ("sources.csv", "Id,Title,Kind\nbrief,Brief,report\n")) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Files_come_in_every_form(string name, byte[] bytes)
    {
        await using var app = await Start();
        await Store.Drop(name, bytes);
        await app.Inbox.Run(Cancellation);
        Assert.Equal([(1, "sdf", "SDF", 1), (2, "is", "IS", 1)], await app.Revisions("Actors"));
        Assert.Equal(2, (await Store.Names("archive")).Count);
    }

    [Fact]
    public async Task A_file_with_errors_lies_in_rejected_with_all_of_them_and_nothing_is_stored()
    {
        await using var app = await Start();
        await Store.Drop("Actors/a.csv", Actors + "x,,armedGroup\ny,Y,nonsense\n");
        await app.Inbox.Run(Cancellation);
        var errors = (await Store.Report("rejected", "a.csv.errors")).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("line").GetInt32());
        Assert.Equal([4, 5], errors);
        Assert.Equal(0, await app.Releases());
        Assert.Empty(await Store.Names("inbox"));
    }

    public static TheoryData<string, byte[], string, string> BadFiles => new()
    {
        { "loose.csv", Encoding.UTF8.GetBytes(Actors), "badRequest", "{dataset}/{file}.csv" },
        { "Actors/deep/a.csv", Encoding.UTF8.GetBytes(Actors), "badRequest", "{dataset}/{file}.csv" },
        { "Actor/a.csv", Encoding.UTF8.GetBytes(Actors), "notFound", "did you mean Actors?" },
        { "_sets/a.zip", InboxStore.Zipped(("actors.csv", Actors)), "notFound", "There are Casualties, " },
        { "_sets/b.zip", InboxStore.Zipped(("actors.csv", Actors)), "notFound", "_set/{file}.zip" },
        { "ArrestsWide/a.csv", Encoding.UTF8.GetBytes(Actors), "notFound", "is a view" },
        { "Actors/a.ndjson", "\n"u8.ToArray(), "rejected", "The file is empty" },
        { "Actors/a.xlsx", [1, 2, 3], "badRequest", ".ndjson" },
        { "Actors/a.zip", InboxStore.Zipped(("actors.csv", Actors)), "badRequest", "_set/" },
        { "Actors/a.csv", [], "badRequest", "empty" },
        { "Actors/a.csv", Encoding.Unicode.GetBytes('\uFEFF' + Actors), "rejected", "UTF-16" },
        { "Actors/a.csv", Encoding.Latin1.GetBytes("Id,Name,Kind\na,Zürich,city\n"), "rejected", "UTF-8" },
        { "Actors/a.csv.gz", Encoding.UTF8.GetBytes(Actors), "badRequest", "not gzip" },
        { "Actors/a.csv.gz", [.. InboxStore.Gzipped(Encoding.UTF8.GetBytes(Actors)), 0x1f, 0x8c, .. InboxStore.Gzipped("x,X,armedGroup\n"u8.ToArray())[2..]], "badRequest", "damaged" },
        { "_set/a.zip", InboxStore.Zipped(("../actors.csv", Actors)), "badRequest", "no folders" },
        { "_set/a.zip", Encoding.UTF8.GetBytes(Actors), "badRequest", "not a zip" },
        { "_set/a.csv", Encoding.UTF8.GetBytes(Actors), "badRequest", "_set/" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task A_bad_file_lies_in_rejected_with_its_reason_and_stops_no_other(string name, byte[] bytes, string code, string words)
    {
        await using var app = await Start();
        await Store.Drop(name, bytes);
        await Store.Drop("sources/good.csv", "Id,Title,Kind\nbrief,Brief,report\n");
        await app.Inbox.Run(Cancellation);

        var problem = await Store.Report("rejected", Path.GetFileName(name));
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Contains(words, problem.GetProperty("detail").GetString());
        Assert.Equal(2, (await Store.Names("rejected")).Count);
        Assert.Equal(1, await app.Releases());
        Assert.Empty(await Store.Names("inbox"));
    }

    [Fact]
    public async Task More_rows_than_the_setting_allows_are_refused_by_the_setting_s_name()
    {
        await using var app = await Start(inboxRows: 2);
        await Store.Drop("Actors/a.csv", Actors);
        await Store.Drop("Actors/b.csv", Actors + "x,X,armedGroup\n");
        await app.Inbox.Run(Cancellation);
        Assert.Contains("may have 2 rows. Split it, or raise the setting InboxRows", (await Store.Report("rejected", "b.csv")).GetProperty("detail").GetString());
        Assert.Equal(1, await app.Releases());
    }

    [Theory]
    [InlineData(0, 2L << 30, 1_677_721)]
    [InlineData(0, 24L << 30, 10_000_000)]
    [InlineData(0, 1L << 62, 10_000_000)]
    [InlineData(0, 0L, 1)]
    [InlineData(7, 2L << 30, 7)]
    public void Without_a_setting_memory_says_how_many_rows_a_file_may_have_and_never_how_many_bytes(int setting, long memory, int rows)
    {
        var limits = InboxLoad.LimitsOf(setting, memory);
        Assert.Equal((rows, 1024), (limits.Rows, limits.Bytes / 1024 / 1024));
    }

    [Fact]
    public async Task A_file_that_claims_ten_gigabytes_is_refused_unread()
    {
        await using var app = await Start();
        await Store.Container("inbox").GetPageBlobClient("Actors/huge.csv").CreateAsync(10L << 30, cancellationToken: Cancellation);
        await app.Inbox.Run(Cancellation);
        Assert.Contains("larger than 1024 MB", (await Store.Report("rejected", "huge.csv")).GetProperty("detail").GetString());
        Assert.DoesNotContain(app.InboxLog.Lines, line => line.StartsWith("Loading", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_written_just_now_or_leased_is_left_alone()
    {
        await using var young = await Instance.Start(azurite.ConnectionString, prefix);
        await Store.Drop("Actors/a.csv", Actors);
        await young.Inbox.Run(Cancellation);
        Assert.Empty(young.InboxLog.Lines);

        await using var app = await Start();
        var lease = Store.File("Actors/a.csv").GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: Cancellation);
        await app.Inbox.Run(Cancellation);
        Assert.Equal(0, await app.Releases());

        await lease.ReleaseAsync(cancellationToken: Cancellation);
        await app.Inbox.Run(Cancellation);
        Assert.Equal(1, await app.Releases());
    }

    [Fact]
    public async Task A_file_that_changes_after_it_was_listed_waits_for_the_next_round()
    {
        await using var app = await Start();
        await Store.Drop("Actors/a.csv", "Id,Name,Kind\n");
        app.InboxLog.OnLine = _ => Once(app, () => Store.File("Actors/a.csv").Upload(BinaryData.FromString(Actors), overwrite: true));
        await app.Inbox.Run(Cancellation);
        Assert.Equal(["Actors/a.csv"], await Store.Names("inbox"));
        await app.Inbox.Run(Cancellation);
        Assert.Equal([(1, "sdf", "SDF", 1), (2, "is", "IS", 1)], await app.Revisions("Actors"));
    }

    [Fact]
    public async Task A_file_that_is_dropped_again_is_loaded_again_and_takes_no_other_s_place()
    {
        await using var app = await Start();
        await Store.Drop("Actors/a.csv", Actors);
        await app.Inbox.Run(Cancellation);
        var before = (await Store.Names("archive")).Single(name => name.EndsWith(".csv", StringComparison.Ordinal));
        do
        {
            await Store.Drop("Actors/a.csv", "Id,Name,Kind\nsdf,Changed,armedGroup\n");
        }
        while (before.Contains((await Store.File("Actors/a.csv").GetPropertiesAsync(cancellationToken: Cancellation)).Value.LastModified.ToString("yyyyMMdd'T'HHmmss"), StringComparison.Ordinal));

        await app.Inbox.Run(Cancellation);
        Assert.Equal(4, (await Store.Names("archive")).Count);
        Assert.Equal(2, await app.Releases());
    }

    [Fact]
    public async Task Two_instances_at_once_load_each_file_once()
    {
        await using var one = await Start();
        await using var two = Later(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 5; i++)
        {
            await Store.Drop($"Actors/{i}.csv", $"Id,Name,Kind\na{i},A,armedGroup\n");
        }

        await Task.WhenAll(one.Inbox.Run(Cancellation), two.Inbox.Run(Cancellation), one.Inbox.Run(Cancellation));
        await one.Inbox.Run(Cancellation);
        Assert.Equal(5, await one.Releases());
        Assert.Equal(10, (await Store.Names("archive")).Count);
        Assert.Empty(await Store.Names("inbox"));
        Assert.Empty(await Store.Names("rejected"));
    }

    [Fact]
    public async Task Who_dies_after_the_commit_and_before_the_move_is_followed_by_one_that_only_moves()
    {
        await using var app = await Start();
        await Store.Drop("Actors/a.csv", Actors);
        await Store.Container("archive").DeleteAsync(cancellationToken: Cancellation);
        await app.Inbox.Run(Cancellation);
        Assert.Equal(1, await app.Releases());
        Assert.Equal(["Actors/a.csv"], await Store.Names("inbox"));

        await Store.Container("archive").CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await using var next = Later(TimeSpan.FromSeconds(10));
        await next.Inbox.Run(Cancellation);
        Assert.DoesNotContain(next.InboxLog.Lines, line => line.StartsWith("Loading", StringComparison.Ordinal));
        Assert.Equal((await app.Store.Head(Cancellation))!.SubmissionId, (await Store.Report("archive", "a.csv")).GetProperty("id").GetString());
        Assert.Equal(1, await next.Releases());
        Assert.Empty(await Store.Names("inbox"));
    }

    [Fact]
    public async Task Who_dies_after_the_move_and_before_the_file_is_deleted_is_followed_by_one_that_deletes_it()
    {
        await using var app = await Start();
        await Store.Drop("Actors/a.csv", Actors);
        var lease = Store.File("Actors/a.csv").GetBlobLeaseClient();
        app.InboxLog.OnLine = _ => Once(app, () => lease.Acquire(BlobLeaseClient.InfiniteLeaseDuration));
        await app.Inbox.Run(Cancellation);
        Assert.Equal((2, 1), ((await Store.Names("archive")).Count, (await Store.Names("inbox")).Count));

        await lease.ReleaseAsync(cancellationToken: Cancellation);
        await using var next = Later(TimeSpan.FromSeconds(10));
        await next.Inbox.Run(Cancellation);
        Assert.Equal((2, 0), ((await Store.Names("archive")).Count, (await Store.Names("inbox")).Count));
        Assert.Equal(1, await next.Releases());
    }

    [Fact]
    public async Task Who_dies_while_it_writes_is_followed_after_a_minute_by_one_that_does_all_of_it()
    {
        await using var store = await Start();
        await using var cut = CutOff.After(transactions: 10, azurite.ConnectionString);
        await using var dying = new Instance(cut.ConnectionString, prefix, new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(10)));
        await Store.Drop("Actors/a.csv", "Id,Name,Kind\n" + string.Concat(Enumerable.Range(1, 3_000).Select(n => $"a{n},A{n},armedGroup\n")));
        await dying.Inbox.Run(Cancellation);
        Assert.True(cut.Done.IsCompleted);

        await using var soon = Later(TimeSpan.FromSeconds(20));
        await soon.Inbox.Run(Cancellation);
        Assert.Equal((0, 1), (await soon.Releases(), (await Store.Names("inbox")).Count));

        await using var next = Later(TimeSpan.FromSeconds(20) + soon.Log.Silence);
        await next.Inbox.Run(Cancellation);
        Assert.Empty(await Store.Names("rejected"));
        Assert.Equal(3_000, (await next.Revisions("Actors")).Count);
        Assert.Equal((1, 0), (await next.Releases(), (await Store.Names("inbox")).Count));
    }

    [Fact]
    public async Task Others_records_are_changed_only_where_the_setting_says_so()
    {
        await using var app = await Start();
        await app.Report(201, "Actors", Actors);
        await Store.Drop("Actors/a.csv", Actors.Replace("SDF", "Another"));
        await app.Inbox.Run(Cancellation);
        var report = await Store.Report("rejected", "a.csv");
        Assert.Contains("sdf", report.GetProperty("errors").ToString());
        Assert.Contains("by the setting InboxCurates", report.GetProperty("detail").GetString());
        Assert.Equal(1, await app.Releases());
    }

    private static void Once(Instance app, Action action)
    {
        app.InboxLog.OnLine = null;
        action();
    }

    private Instance Later(TimeSpan time, int inboxRows = 500_000) =>
        new(azurite.ConnectionString, prefix, new FakeTimeProvider(TimeProvider.System.GetUtcNow() + time), inboxRows: inboxRows);

    /// <summary>An instance whose clock is so far ahead that what is dropped now counts as settled.</summary>
    private async Task<Instance> Start(int inboxRows = 500_000)
    {
        var app = Later(TimeSpan.FromSeconds(10), inboxRows);
        await app.Store.EnsureCreated(Cancellation);
        return app;
    }
}
