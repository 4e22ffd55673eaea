using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ConflictFunctions.Tests.Running.Access;

/// <summary>Keys: made, listed, limited, changed over, ended.</summary>
public sealed class KeyTests(RunningApp app)
{
    private const string Header = "Id,PlaceId,Date,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_works_at_once_and_is_listed_without_its_secret()
    {
        var key = await MadeKey.Make(app.Admin, ["contribute", "read"], "sjac", ["Arrests"], "2999-01-31T00:00:00+01:00");
        Assert.Equal(HttpStatusCode.NotFound, await key.Get(app.Anonymous, "submissions/none"));

        using var answer = await app.Admin.GetAsync($"keys/{key.Id}", Cancellation);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        var document = await Json(answer);
        Assert.False(document.TryGetProperty("key", out _));
        Assert.Equal(
            ("sjac", """["read","contribute"]""", """["Arrests"]""", "valid", "2999-01-30T23:00:00+00:00", "admin"),
            (Text(document, "owner"), document.GetProperty("scopes").GetRawText(), document.GetProperty("datasets").GetRawText(),
                Text(document, "state"), Text(document, "expiresAt"), Text(document, "createdBy")));
        Assert.DoesNotContain(key.Text.Split('_', 3)[2], await app.Admin.GetStringAsync("keys", Cancellation));
    }

    [Fact]
    public async Task The_list_comes_in_pieces_that_have_every_key_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 101).Select(_ => MadeKey.Make(app.Admin, ["read"])));
        var (ids, pieces, next) = (new List<string>(), 0, (string?)"keys");
        while (next is not null)
        {
            var piece = await Json(await app.Admin.GetAsync(next, Cancellation));
            ids.AddRange(piece.GetProperty("keys").EnumerateArray().Select(key => Text(key, "id")!));
            (pieces, next) = (pieces + 1, Text(piece, "next"));
        }

        Assert.True(pieces > 1);
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.True(ids.Count >= 101);
    }

    [Fact]
    public async Task A_key_that_is_revoked_ends_at_once_and_for_good()
    {
        var key = await MadeKey.Make(app.Admin, ["admin"]);
        Assert.Equal(HttpStatusCode.OK, await key.Get(app.Anonymous, "keys"));

        var revoked = await Json(await app.Admin.DeleteAsync($"keys/{key.Id}", Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, await key.Get(app.Anonymous, "keys"));
        Assert.Equal(("revoked", "admin"), (Text(revoked, "state"), Text(revoked, "revokedBy")));
        var again = await Json(await app.Admin.DeleteAsync($"keys/{key.Id}", Cancellation));
        Assert.Equal(Text(revoked, "revokedAt"), Text(again, "revokedAt"));
        using var rotated = await app.Admin.PostAsync($"keys/{key.Id}/rotate", null, Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, rotated.StatusCode);
    }

    [Fact]
    public async Task A_key_is_changed_for_another_of_the_same_owner_while_the_old_one_goes_on_for_the_overlap()
    {
        var old = await MadeKey.Make(app.Admin, ["contribute"], "sjac", ["Arrests"], "2999-01-31T00:00:00Z");
        using var answer = await app.Admin.PostAsync($"keys/{old.Id}/rotate?overlapHours=2", null, Cancellation);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var key = await MadeKey.Read(answer);

        Assert.NotEqual(old.Text, key.Text);
        foreach (var same in (string[])["owner", "scopes", "datasets", "name"])
        {
            Assert.Equal(old.Document.GetProperty(same).GetRawText(), key.Document.GetProperty(same).GetRawText());
        }

        Assert.Equal(old.Id, Text(key.Document, "replaces"));
        using var again = await app.Admin.PostAsync($"keys/{old.Id}/rotate", null, Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await old.Get(app.Anonymous, "submissions/none"));
        Assert.Equal(HttpStatusCode.NotFound, await key.Get(app.Anonymous, "submissions/none"));
        var ends = (await Json(await app.Admin.GetAsync($"keys/{old.Id}", Cancellation))).GetProperty("expiresAt").GetDateTimeOffset();
        Assert.Equal(TimeSpan.FromHours(2), ends - key.Document.GetProperty("createdAt").GetDateTimeOffset());

        using var atOnce = await app.Admin.PostAsync($"keys/{key.Id}/rotate?overlapHours=0", null, Cancellation);
        Assert.Equal(HttpStatusCode.Created, atOnce.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await key.Get(app.Anonymous, "submissions/none"));
    }

    [Fact]
    public async Task A_key_whose_answer_was_lost_is_asked_for_again_and_has_a_secret_that_works()
    {
        var name = Guid.NewGuid().ToString("N");
        using var lost = await Again("keys", name, Body);
        using var tooSoon = await Again("keys", name, Body);
        Assert.Equal((HttpStatusCode.Conflict, "inProgress"), (tooSoon.StatusCode, Text(await Json(tooSoon), "code")));
        await Task.Delay(tooSoon.Headers.RetryAfter!.Delta!.Value, Cancellation);
        using var answer = await Again("keys", name, Body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var (before, key) = (await MadeKey.Read(lost), await MadeKey.Read(answer));
        Assert.Equal(before.Id, key.Id);
        Assert.Equal(HttpStatusCode.NotFound, await key.Get(app.Anonymous, "submissions/none"));
        Assert.Equal(HttpStatusCode.Unauthorized, await before.Get(app.Anonymous, "submissions/none"));

        using var other = await Again("keys", name, Body.Replace("sjac", "another", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.Conflict, "idempotencyMismatch"), (other.StatusCode, Text(await Json(other), "code")));
        using var unusable = await Again("keys", new string('x', 201), Body);
        Assert.Equal((HttpStatusCode.BadRequest, "Idempotency-Key"), (unusable.StatusCode, Text(await Json(unusable), "target")));
    }

    [Fact]
    public async Task A_rotation_whose_answer_was_lost_is_asked_for_again_and_makes_no_third_key()
    {
        var old = await MadeKey.Make(app.Admin, ["contribute"], "sjac", expires: "2999-01-31T00:00:00Z");
        using var lost = await Again($"keys/{old.Id}/rotate?overlapHours=0", "rotation");
        Assert.Equal(HttpStatusCode.Created, lost.StatusCode);
        using var other = await Again($"keys/{old.Id}/rotate?overlapHours=0", "another rotation");
        Assert.Equal((HttpStatusCode.Conflict, "conflict"), (other.StatusCode, Text(await Json(other), "code")));
        await Task.Delay(TimeSpan.FromSeconds(5), Cancellation);
        using var answer = await Again($"keys/{old.Id}/rotate?overlapHours=0", "rotation");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var (before, key) = (await MadeKey.Read(lost), await MadeKey.Read(answer));
        Assert.Equal((before.Id, Text(before.Document, "expiresAt")), (key.Id, Text(key.Document, "expiresAt")));
        Assert.Equal(key.Id, Text(await MadeKey.Find(app.Admin, old.Id), "replacedBy"));
        Assert.Equal(HttpStatusCode.NotFound, await key.Get(app.Anonymous, "submissions/none"));
    }

    [Fact]
    public async Task Of_several_that_rotate_a_key_at_once_one_gets_a_key()
    {
        var old = await MadeKey.Make(app.Admin, ["contribute"], "at-once");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Admin.PostAsync($"keys/{old.Id}/rotate?overlapHours=1", null, Cancellation)));

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        var key = await MadeKey.Read(answers.Single(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(key.Id, Text(await Json(await app.Admin.GetAsync($"keys/{old.Id}", Cancellation)), "replacedBy"));
    }

    [Theory]
    [InlineData("""{"owner":"a","scopes":["read"]}""", "name")]
    [InlineData("""{"name":" ","owner":"a","scopes":["read"]}""", "name")]
    [InlineData("""{"name":"a","scopes":["read"]}""", "owner")]
    [InlineData("""{"name":"a","owner":"a b","scopes":["read"]}""", "owner")]
    [InlineData("""{"name":"a","owner":"","scopes":["read"]}""", "owner")]
    [InlineData("""{"name":"a","owner":"a"}""", "scopes")]
    [InlineData("""{"name":"a","owner":"a","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"a","owner":"a","scopes":[null]}""", "scopes")]
    [InlineData("""{"name":"a","owner":"a","scopes":["raed"]}""", "scopes")]
    [InlineData("""{"name":"a","owner":"a","scopes":["read"],"datasets":[]}""", "datasets")]
    [InlineData("""{"name":"a","owner":"a","scopes":["read"],"datasets":["CasualtiesWide"]}""", "datasets")]
    [InlineData("""{"name":"a","owner":"a","scopes":["read"],"expires":"2027-01-31"}""", "expires")]
    [InlineData("""{"name":"a","owner":"a","scopes":["read"],"expires":"2020-01-31T00:00:00Z"}""", "expires")]
    [InlineData("""{"name":"a","owner":"a","scopes":["read"],"expire":"2027-01-31T00:00:00Z"}""", "expire")]
    public async Task A_body_that_asks_for_no_key_is_refused_by_the_member_that_is_wrong(string body, string target)
    {
        using var answer = await app.Admin.PostAsync("keys", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(target, Text(await Json(answer), "target"));
    }

    [Theory]
    [InlineData("GET", "keys/nobody", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "keys/nobody", HttpStatusCode.NotFound)]
    [InlineData("POST", "keys/nobody/rotate", HttpStatusCode.NotFound)]
    [InlineData("GET", "keys/no'body", HttpStatusCode.NotFound)]
    [InlineData("GET", "keys?after=no'body", HttpStatusCode.BadRequest)]
    [InlineData("GET", "keys?before=a", HttpStatusCode.BadRequest)]
    [InlineData("POST", "keys/nobody/rotate?overlapHours=-1", HttpStatusCode.BadRequest)]
    [InlineData("POST", "keys/nobody/rotate?overlapHours=721", HttpStatusCode.BadRequest)]
    public async Task What_is_asked_of_no_key_is_refused(string method, string address, HttpStatusCode expected)
    {
        using var answer = await app.Admin.SendAsync(new(new(method), address), Cancellation);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_key_for_some_datasets_changes_no_other_but_reads_them_all()
    {
        var key = await MadeKey.Make(app.Admin, ["contribute", "read"], datasets: ["arrests"]);
        var arrests = $"{Header}limited-{Guid.NewGuid():N},raqqa,2022-02,arrested,12,sdf,brief,p. 1,weak\n";

        using var own = await key.Send(app.Anonymous, HttpMethod.Post, "submissions/Arrests?dryRun=true", Csv(arrests));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var other = await key.Send(app.Anonymous, HttpMethod.Post, "submissions/Actors?dryRun=true", Csv("Id,Name,Kind\na,A,armedGroup\n"));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        using var set = await key.Send(app.Anonymous, HttpMethod.Post, "submissions?dryRun=true", Zip(("Arrests", arrests), ("Actors", "Id,Name,Kind\na,A,armedGroup\n")));
        Assert.Equal(HttpStatusCode.Forbidden, set.StatusCode);
        Assert.Equal("This key may change Arrests only, not Actors.", Text(await Json(set), "detail"));
        using var retraction = await key.Send(app.Anonymous, HttpMethod.Delete, "datasets/Actors/records/sdf");
        Assert.Equal(HttpStatusCode.Forbidden, retraction.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await key.Get(app.Anonymous, "odata/Actors?$top=1"));
    }

    [Fact]
    public async Task A_submission_is_seen_by_all_keys_of_its_owner_and_by_no_other_contributor()
    {
        var (one, two, other) = (await MadeKey.Make(app.Admin, ["contribute"], "sjac"), await MadeKey.Make(app.Admin, ["contribute"], "sjac"), await MadeKey.Make(app.Admin, ["contribute"], "another"));
        using var answer = await one.Send(
            app.Anonymous, HttpMethod.Post, "submissions/Arrests", Csv($"{Header}owned-{Guid.NewGuid():N},raqqa,2022-02,arrested,12,sdf,brief,p. 1,weak\n"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        var address = answer.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.OK, await two.Get(app.Anonymous, address));
        Assert.Equal(HttpStatusCode.NotFound, await other.Get(app.Anonymous, address));
    }

    private const string Body = """{"name":"Made again","owner":"sjac","scopes":["contribute"]}""";

    private Task<HttpResponseMessage> Again(string address, string idempotencyKey, string body = "") => app.Admin.SendAsync(
        new(HttpMethod.Post, address)
        {
            Headers = { { "Idempotency-Key", idempotencyKey } },
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        },
        Cancellation);

    private static StringContent Csv(string rows) => new(rows, Encoding.UTF8, "text/csv");

    private static ByteArrayContent Zip(params (string Dataset, string Rows)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (dataset, rows) in files)
            {
                using var file = new StreamWriter(zip.CreateEntry($"{dataset}.csv").Open());
                file.Write(rows);
            }
        }

        return new(bytes.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
    }

    private static string? Text(JsonElement document, string member) => document.GetProperty(member).GetString();

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return document.RootElement.Clone();
    }
}
