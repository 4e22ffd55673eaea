using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Snapshots;
using ConflictData.Submissions;
using ConflictData.Tests.Query;

namespace ConflictData.Tests.Releases;

/// <summary>Texts are taken out of the past: of what is shown, and of every copy in storage.</summary>
public sealed class RedactionTests(AzuriteFixture azurite)
{
    private const string Secret = "Ṭāriq al-Ḥasan of 12 Mill Lane", Header = "Id,Name,OtherNames,Kind";
    private const string Asked = """{"columns":["OtherNames"],"message":"Court order 12/2026"}""";

    private readonly string prefix = azurite.NewPrefix();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_in_storage_has_the_text_and_all_else_is_as_it_was()
    {
        await using var app = await RedactionScene.Start(azurite, prefix);
        var sent = (await app.Send(201, Csv($"a,Witness A,{Secret},person", "b,B,,state"))).GetProperty("id").GetString()!;
        await app.Publish();
        await app.Send(201, Json($$"""[{"Id":"a","Name":"Witness A","OtherNames":"Old {{Secret}}","Kind":"person"}]"""), "application/json");
        var corrected = (await app.Send(201, Csv("a,Witness A,,person", "c,C,,state"))).GetProperty("id").GetString()!;
        await app.Publish();
        await app.Housekeep();
        var before = await app.Engine.Csv("Actors", 1);
        Assert.Contains("Checkpoints", string.Join(' ', (await Places()).Select(place => place.StartsWith("checkpoints/", StringComparison.Ordinal) ? "Checkpoints" : place)), StringComparison.Ordinal);

        var (status, body) = await app.Redact("actors", "A", Asked);
        Assert.Equal(201, status);
        var made = JsonElement.Parse(body);
        Assert.Equal(("Actors", "a", "[1,2]", "removing"), (Text(made, "dataset"), Text(made, "id"), made.GetProperty("releases").GetRawText(), Text(made, "state")));
        Assert.Equal(before.Replace(Secret, Redaction.Mark, StringComparison.Ordinal), await app.Engine.Csv("Actors", 1));
        Assert.DoesNotContain(Secret, (await app.History("Actors", "a")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, (await app.File("1", "actors.csv")).Body, StringComparison.Ordinal);
        Assert.NotEmpty(await Places());

        await app.Housekeep();
        Assert.Empty(await Places());
        Assert.Equal("removing", await State(app));

        // An instance that knew nothing of it was slow, and put some back.
        await app.Account.Container("snapshots").UploadBlobAsync($"files/0000000001-{SetShape.Of(Catalog.Get("Actors"))}/actors.csv", BinaryData.FromBytes(Csv($"a,,{Secret},")), Cancellation);
        await app.HousekeepLater();
        Assert.Empty(await Places());
        Assert.Equal("removed", await State(app));
        var release = JsonElement.Parse((await app.Release("4")).Body);
        Assert.Equal(("redaction", "Court order 12/2026", "{}"), (Text(release, "mode"), Text(release, "message"), release.GetProperty("revisions").GetRawText()));
        Assert.Equal("""{"dataset":"Actors","id":"a","columns":["OtherNames"],"releases":[1,2]}""", release.GetProperty("redaction").GetRawText());
        Assert.Contains("Court order 12/2026\nRedacted: OtherNames of Actors a<", (await app.Atom()).Body, StringComparison.Ordinal);
        var gone = await app.Payload(sent);
        Assert.Equal(410, gone.Status);
        Assert.Contains("release 4", gone.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await app.Payload(corrected)).Status);

        // Whoever starts now, from the checkpoint or from the tables, has what this instance has; and the release is published as it is now.
        await using var cold = new RedactionScene(azurite.ConnectionString, prefix);
        Assert.Contains(Redaction.Mark, (await cold.File("1", "actors.csv")).Body, StringComparison.Ordinal);
        Assert.Equal(await Tables(app), await Tables(cold));
        foreach (var blob in await app.Account.Container("checkpoints").GetBlobsAsync(cancellationToken: Cancellation).ToListAsync(Cancellation))
        {
            await app.Account.Container("checkpoints").DeleteBlobAsync(blob.Name, cancellationToken: Cancellation);
        }

        await using var fromTables = new RedactionScene(azurite.ConnectionString, prefix);
        Assert.Equal((await app.File("1", "actors.csv")).Body, (await fromTables.File("1", "actors.csv")).Body);
        Assert.Equal(await Tables(app), await Tables(fromTables));
        Assert.Empty(await Places());
    }

    [Fact]
    public async Task Another_instance_follows_also_while_the_texts_are_still_in_the_tables()
    {
        await using var one = await RedactionScene.Start(azurite, prefix);
        await using var two = new RedactionScene(azurite.ConnectionString, prefix);
        await one.Send(201, Csv($"a,Witness A,{Secret},person"));
        await one.Send(201, Csv("a,Witness A,,person"));
        Assert.Contains(Secret, (await two.History("Actors", "a")).Body, StringComparison.Ordinal);
        Assert.Equal(201, (await one.Redact("Actors", "a", Asked)).Status);
        Assert.DoesNotContain(Secret, (await two.History("Actors", "a")).Body, StringComparison.Ordinal);
        await using var cold = new RedactionScene(azurite.ConnectionString, prefix);
        Assert.DoesNotContain(Secret, (await cold.History("Actors", "a")).Body, StringComparison.Ordinal);
        Assert.Equal(await Tables(two), await Tables(cold));
        Assert.Equal(await Tables(one), await Tables(cold));

        // One after the other takes out of the same release; what the log says of it goes on from there.
        await one.Send(201, Json("""[{"Id":"a","Action":"retract"}]"""), "application/json");
        Assert.Equal(201, (await two.Redact("Actors", "a", """{"columns":["Name","OtherNames"],"message":"Erased"}""")).Status);
        await one.Housekeep();
        await using var last = new RedactionScene(azurite.ConnectionString, prefix);
        Assert.DoesNotContain("Witness", (await last.History("Actors", "a")).Body, StringComparison.Ordinal);
        Assert.Equal(await Tables(two), await Tables(last));
    }

    [Fact]
    public async Task A_record_that_still_says_so_is_corrected_or_retracted_first()
    {
        await using var app = await RedactionScene.Start(azurite, prefix);
        await app.Send(201, Csv($"a,Witness A,{Secret},person", "b,B,,state"));
        await app.Send(201, Csv($"a,Witness,{Secret},person"));
        var still = await app.Redact("Actors", "a", Asked);
        Assert.Equal(409, still.Status);
        Assert.Contains("a says the same in OtherNames as it stands now", still.Body, StringComparison.Ordinal);
        Assert.Equal(409, (await app.Redact("Actors", "a", """{"columns":["OtherNames"],"releases":[2],"message":"m"}""")).Status);
        Assert.Contains("No such revision of b has a text in OtherNames", (await app.Redact("Actors", "b", Asked)).Body, StringComparison.Ordinal);
        Assert.Equal(2, app.Engine.History.Commits.Count);

        await app.Send(201, Json("""[{"Id":"a","Action":"retract"}]"""), "application/json");
        var (status, body) = await app.Redact("Actors", "a", Asked);
        Assert.Equal((201, "[1,2,3]"), (status, JsonElement.Parse(body).GetProperty("releases").GetRawText()));
        Assert.Equal(404, (await app.Redact("Actors", "nobody", Asked)).Status);

        // Whoever asks for what only the record as it stands now has, is told so, whatever was taken away before.
        await app.Send(201, Csv("c,C,first,person"));
        await app.Send(201, Csv("c,C,second,person"));
        Assert.Equal(201, (await app.Redact("Actors", "c", Asked)).Status);
        Assert.Equal(200, (await app.Redact("Actors", "c", Asked)).Status);
        await app.Send(201, Csv("c,C,,person"));
        Assert.Equal(201, (await app.Redact("Actors", "c", Asked)).Status);
        await app.Send(201, Csv("c,C,third,person"));
        var third = await app.Redact("Actors", "c", Asked);
        Assert.Equal(409, third.Status);
        Assert.Contains("Only c as it stands now has a text in OtherNames", third.Body, StringComparison.Ordinal);
        var releases = app.Engine.History.Commits.Count;

        // The same call again finds that it is done.
        var again = await app.Redact("Actors", "a", Asked);
        Assert.Equal((200, Text(JsonElement.Parse(body), "committedAt")), (again.Status, Text(JsonElement.Parse(again.Body), "committedAt")));
        Assert.Equal(releases, app.Engine.History.Commits.Count);
    }

    [Theory]
    [InlineData("{}", 400, "columns must name some of Name, OtherNames, Abbreviation")]
    [InlineData("""{"columns":["Kind"],"message":"m"}""", 400, "columns must name some of")]
    [InlineData("""{"columns":["Nmae"],"message":"m"}""", 400, "columns must name some of")]
    [InlineData("""{"columns":[null],"message":"m"}""", 400, "columns must name some of")]
    [InlineData("""{"columns":["OtherNames"]}""", 400, "message must say why")]
    [InlineData("""{"columns":["OtherNames"],"message":"=1+1"}""", 400, "formula")]
    [InlineData("""{"columns":["OtherNames"],"message":"m","releases":[]}""", 400, "at least one release")]
    [InlineData("""{"columns":["OtherNames"],"message":"m","releases":[7]}""", 400, "Release 7 brought no revision of a")]
    [InlineData("""{"columns":["OtherNames"],"message":"m","records":[7]}""", 400, "cannot be read")]
    public async Task What_is_asked_for_in_a_wrong_way_is_refused(string body, int status, string says)
    {
        await using var app = await RedactionScene.Start(azurite, prefix);
        await app.Send(201, Csv($"a,Witness A,{Secret},person"));
        await app.Send(201, Csv("a,Witness A,,person"));
        var answer = await app.Redact("Actors", "a", body);
        Assert.Equal(status, answer.Status);
        Assert.Contains(says, JsonElement.Parse(answer.Body).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(403, (await app.Redact("Actors", "a", Asked, ["Places"])).Status);
        Assert.Equal(404, (await app.Redact("Actorz", "a", Asked)).Status);
        Assert.Equal(2, app.Engine.History.Commits.Count);
    }

    [Fact]
    public async Task Only_the_releases_that_are_named_lose_their_text()
    {
        await using var app = await RedactionScene.Start(azurite, prefix);
        foreach (var name in new[] { "one", "two", "three" })
        {
            await app.Send(201, Csv($"a,Witness A,{name},person"));
        }

        Assert.Equal(201, (await app.Redact("Actors", "a", """{"columns":["OtherNames"],"releases":[2],"message":"m"}""")).Status);
        await app.Housekeep();
        Assert.Equal(["one", Redaction.Mark, "three"], (await app.Engine.Rows("""SELECT "OtherNames" FROM "Actors" ORDER BY _seq""")).Select(row => row[0]));
        Assert.Empty(await Traces.Of(azurite.ConnectionString, prefix, ",two,"));
        Assert.NotEmpty(await Traces.Of(azurite.ConnectionString, prefix, ",one,"));
    }

    [Fact]
    public async Task However_it_was_sent_and_whatever_became_of_it_no_copy_stays()
    {
        await using var app = await RedactionScene.Start(azurite, prefix);
        var first = (await app.Send(201, Csv($"a,Witness A,{Secret},person"))).GetProperty("id").GetString()!;
        await app.Send(200, Json(JsonSerializer.Serialize(new[] { new { Id = "A", Name = "Witness A", OtherNames = Secret, Kind = "person" } })), "application/json");
        await app.Send(200, Encoding.UTF8.GetBytes($$"""{"Id":"a","Name":"Witness A","OtherNames":" {{Secret}} ","Kind":"person"}"""), "application/x-ndjson");
        await app.Send(200, Gzip(Csv($"a,Witness A,\"{Secret}\",person")), "text/csv", "gzip");
        await app.Send(200, Zip("actors.csv", Csv($"a,Witness A, {Secret},person")), "application/zip", isSet: true);
        await app.Send(422, Csv($"a,Witness A,{Secret},person", "x,,,state"));
        await app.Send(422, Csv($"a,Witness A,{Secret},person", "y,too,many,cells,here"));
        var report = (await app.Send(422, Csv($"a,Witness A,={Secret},person"))).GetProperty("id").GetString()!;
        var other = (await app.Send(201, Csv("o,Other,O,state"))).GetProperty("id").GetString()!;
        foreach (var name in new[] { "actors/good.csv", "actors/bad.csv", "nowhere/lost.csv" })
        {
            var text = Csv($"a,Witness A,{Secret},person", name.Contains("bad", StringComparison.Ordinal) ? "z,,,state" : "g,Good,,state");
            await app.Account.Container("inbox").UploadBlobAsync(name, BinaryData.FromBytes(text), Cancellation);
        }

        await app.Get<InboxRound>().Run(Cancellation);
        await app.Send(201, Csv("a,Witness A,,person"));
        var places = await Places();
        Assert.Equal(1, places.Count(place => place.StartsWith("archive/", StringComparison.Ordinal)));
        Assert.Equal(2, places.Count(place => place.StartsWith("rejected/", StringComparison.Ordinal)));
        Assert.True(places.Count(place => place.EndsWith("/payload", StringComparison.Ordinal)) >= 5, string.Join('\n', places));
        Assert.Contains(places, place => place == $"submissions/{report}/report.json");

        Assert.Equal(201, (await app.Redact("Actors", "a", Asked)).Status);
        await app.Housekeep();
        var left = (await Places()).Select(place => place[..Math.Min(place.Length, 12)]);
        Assert.Empty(left);
        Assert.Equal(410, (await app.Payload(first)).Status);
        Assert.Equal(200, (await app.Payload(other)).Status);
        Assert.Contains(Redaction.Mark, (await app.Get<SubmissionLog>().Find(report, Cancellation))!.Answer is { } answer ? Encoding.UTF8.GetString(answer.Body.Span) : "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_stopped_amid_many_copies_is_followed_by_one_who_goes_on()
    {
        await using var app = await RedactionScene.Start(azurite, prefix);
        foreach (var number in Enumerable.Range(0, 6))
        {
            await app.Send(number == 0 ? 201 : 200, Csv($"a,Witness A,{Secret}{new string(' ', number)},person"));
        }

        await app.Send(201, Csv("a,Witness A,,person"));
        Assert.Equal(201, (await app.Redact("Actors", "a", Asked)).Status);
        var (commit, store, texts) = (app.Engine.History.Commits[^1], app.Get<RedactionStore>(), new HashSet<string> { Secret });
        var copies = new RedactedCopies(app.Account, app.Get<SubmissionLog>()) { Stretch = 1 };
        var before = (await Payloads()).Count;
        var left = 6;
        await Assert.ThrowsAsync<OperationCanceledException>(() => copies.Remove([new(commit, texts)], null, Pass, Cancellation));
        var passed = await store.Passed(commit.Release, Cancellation);
        var half = await Payloads();
        Assert.InRange(half.Count, 1, before - 1);
        Assert.All(half, payload => Assert.True(string.CompareOrdinal(payload, $"submissions{passed![1..]}") > 0));
        Assert.Equal("removing", await State(app));

        await app.Housekeep();
        Assert.Empty(await Places());

        async Task Pass(string copy)
        {
            await store.Pass(commit.Release, copy, Cancellation);
            if (--left == 0)
            {
                throw new OperationCanceledException();
            }
        }

        async Task<List<string>> Payloads() => [.. (await Places()).Where(place => place.EndsWith("/payload", StringComparison.Ordinal))];
    }

    private Task<List<string>> Places() => Traces.Of(azurite.ConnectionString, prefix, Secret);

    private static byte[] Csv(params string[] rows) => Encoding.UTF8.GetBytes($"{Header}\n{string.Join('\n', rows)}\n");

    private static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Zip(string name, byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(bytes);
        }

        return packed.ToArray();
    }

    private static async Task<string?> State(RedactionScene app) => Text(JsonElement.Parse((await app.Redactions("Actors", "a")).Body).GetProperty("redactions")[0], "state");

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    /// <summary>Every revision of the actors as an instance has it, in the order in which it lies.</summary>
    private static async Task<string> Tables(RedactionScene app)
    {
        Assert.True((await app.Get<ReleaseFollower>().Newest(Cancellation)).Succeeded(out _, out var error), error?.Detail);
        return string.Join('\n', (await app.Engine.Rows("""SELECT * FROM "Actors" """)).Select(row => string.Join('|', row)));
    }
}
