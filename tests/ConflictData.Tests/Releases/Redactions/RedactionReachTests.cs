using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ConflictData.Access;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Submissions;

namespace ConflictData.Tests.Releases;

/// <summary>How far a redaction reaches: to every copy of its text, however well hidden, and to nothing else.</summary>
public sealed class RedactionReachTests(AzuriteFixture azurite)
{
    private const string Secret = "Ṭāriq of 12 Mill Lane", Asked = """{"columns":["OtherNames"],"message":"m"}""";

    private readonly string prefix = azurite.NewPrefix();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_short_text_takes_no_evidence_of_other_datasets_with_it()
    {
        await using var app = await RedactionScene.Start(azurite, prefix);
        var sources = Catalog.Get("Sources");
        var own = Id(await app.Send(201, Bytes("Id,Title,Publisher,Kind\ns,Some title,UN,report\n"), dataset: sources));
        var other = Id(await app.Send(201, Actors("x,UNITA,,armedGroup")));
        await app.Account.Container("inbox").UploadBlobAsync("actors/u.csv", BinaryData.FromBytes(Actors("y,UNIFIL,,armedGroup")), Cancellation);
        await app.Get<InboxRound>().Run(Cancellation);
        var archived = await Files(app, "archive");
        await app.Send(201, Bytes("Id,Title,Publisher,Kind\ns,Some title,,report\n"), dataset: sources);
        Assert.Equal(201, (await app.Redact("Sources", "s", """{"columns":["Publisher"],"message":"m"}""")).Status);
        await app.Housekeep();
        Assert.Equal((410, 200), ((await app.Payload(own)).Status, (await app.Payload(other)).Status));
        Assert.Equal(archived, await Files(app, "archive"));
    }

    [Fact]
    public async Task The_newest_published_files_are_of_the_release_that_they_were_of()
    {
        await using var app = await RedactionScene.Start(azurite, prefix);
        await app.Send(201, Actors("old,Old,,person"));
        await app.Publish();
        await app.Send(201, Actors($"a,A,{Secret},person"));
        await app.Send(201, Actors("a,A,,person"));
        await app.Publish();
        Assert.Equal(201, (await app.Redact("Actors", "a", Asked)).Status);
        Assert.Contains("\r\na,A,", (await app.File("latest", "actors.csv")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_of_what_one_release_brought_are_all_made()
    {
        await using var app = await RedactionScene.Start(azurite, prefix);
        await app.Send(201, Actors([.. Enumerable.Range(0, 2_000).Select(number => $"p{number},Name {number},Secret {number},person")]));
        await app.Send(201, Actors([.. Enumerable.Range(0, 6).Select(number => $"p{number},Name {number},,person")]));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => app.Redact("Actors", $"p{number}", Asked))));
        Assert.All(answers, answer => Assert.True(answer.Status == 201, answer.Body));
        await app.Housekeep();
        await using var cold = new RedactionScene(azurite.ConnectionString, prefix);
        Assert.DoesNotContain("Secret 5,", (await cold.File("1", "actors.csv")).Body, StringComparison.Ordinal);
        Assert.Contains("Secret 6,", (await cold.File("1", "actors.csv")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_what_cannot_be_read_nothing_stays()
    {
        await using var app = await RedactionScene.Start(azurite, prefix);
        var (csv, inbox) = (Actors($"a,Witness A,{Secret},person"), app.Account.Container("inbox"));
        await app.Send(201, csv);
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(csv);
        }

        (string Name, byte[] Bytes)[] files =
        [
            ("actors/utf16.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(csv))]),
            ("actors/sub/deep.csv.gz", packed.ToArray()),
            ("actors/cut.csv.gz", packed.ToArray()[..^9]),
            ("nowhere/x.json", JsonSerializer.SerializeToUtf8Bytes(new[] { new { Id = "a", OtherNames = Secret } })),
            ("actors/broken.json", [.. JsonSerializer.SerializeToUtf8Bytes(new[] { new { Id = "a", Kind = "person" } })[..^3], .. "!"u8, .. JsonSerializer.SerializeToUtf8Bytes(Secret)]),
        ];
        foreach (var (name, bytes) in files)
        {
            await inbox.UploadBlobAsync(name, BinaryData.FromBytes(bytes), Cancellation);
        }

        await app.Get<InboxRound>().Run(Cancellation);
        Assert.Equal(files.Length, (await Files(app, "rejected")).Count(name => !name.EndsWith(".errors.json", StringComparison.Ordinal)));
        await app.Send(201, Actors("a,Witness A,,person"));
        Assert.Equal(201, (await app.Redact("Actors", "a", Asked)).Status);
        await app.Housekeep();
        Assert.DoesNotContain(await Files(app, "rejected"), name => !name.EndsWith(".errors.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_has_not_left_the_inbox_yet_is_waited_for()
    {
        await using var app = await RedactionScene.Start(azurite, prefix);
        var csv = Actors($"a,Witness A,{Secret},person");
        await app.Account.Container("inbox").UploadBlobAsync("actors/a.csv", BinaryData.FromBytes(csv), Cancellation);

        // The instance ends after its submission has an answer and before the file is moved.
        var file = await app.Get<InboxFiles>().Waiting(Cancellation).FirstAsync(Cancellation);
        var loaded = await app.Get<SubmissionService>().Submit(
            new SubmissionRequest
            {
                Owner = InboxFile.Owner, Scopes = Scopes.Contribute, Dataset = Catalog.Get("Actors"), ContentType = "text/csv",
                IdempotencyKey = file.IdempotencyKey, Body = new MemoryStream(csv), Limits = PayloadLimits.File(1000),
            },
            Cancellation);
        Assert.Equal(201, loaded.Value?.Status);
        await app.Send(201, Actors("a,Witness A,,person"));
        Assert.Equal(201, (await app.Redact("Actors", "a", Asked)).Status);
        await app.Housekeep();
        await app.Get<InboxRound>().Run(Cancellation);
        Assert.Single(await Files(app, "archive"), name => name.EndsWith(".csv", StringComparison.Ordinal));
        await app.Housekeep();
        Assert.Empty(await Traces.Of(azurite.ConnectionString, prefix, Secret));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Actors(params string[] rows) => Bytes($"Id,Name,OtherNames,Kind\n{string.Join('\n', rows)}\n");

    private static string Id(JsonElement report) => report.GetProperty("id").GetString()!;

    private static async Task<List<string>> Files(RedactionScene app, string container) =>
        await app.Account.Container(container).GetBlobsAsync(cancellationToken: Cancellation).Select(blob => blob.Name).ToListAsync(Cancellation);
}
