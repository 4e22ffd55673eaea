using System.Net;
using System.Text;
using System.Text.Json;

namespace ConflictFunctions.Tests.Running;

/// <summary>Tags over HTTP.</summary>
public sealed class TagTests(RunningApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tag_is_new_once_and_the_same_again_changes_nothing()
    {
        using var first = await Put("1", """{"tag":"First-Edition","message":"As sent to the partners"}""");
        using var again = await Put("1", "\uFEFF{\"tag\":\"first-edition\"}");
        var document = await Json(first);

        Assert.Equal((HttpStatusCode.Created, $"{app.Root}/api/releases/First-Edition"), (first.StatusCode, first.Headers.Location?.AbsoluteUri));
        Assert.Contains("First-Edition", document.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var move = Assert.Single(Moves(await Json(again), "First-Edition"));
        Assert.Equal(
            ("null", "1", "admin", "As sent to the partners"),
            (move.GetProperty("from").GetRawText(), move.GetProperty("to").GetRawText(), move.GetProperty("owner").GetString(), move.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_tag_moves_and_leaves_a_trail_at_both_releases()
    {
        var second = await Submit("tag-moves");
        using var first = await Put("1", """{"tag":"Current"}""");
        using var moved = await Put("latest", """{"tag":"current"}""");
        var head = (await Json(moved)).GetProperty("number").GetInt32();

        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.True(head >= second);
        Assert.Equal(head, (await Get("releases/CURRENT")).GetProperty("number").GetInt32());
        var left = await Get("releases/1");
        Assert.DoesNotContain("Current", left.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal([(null, 1), (1, head)], Moves(left, "Current").Select(move => (Number(move, "from"), Number(move, "to"))));
        var listed = (await Get($"releases?before={head + 1}")).GetProperty("releases")[0];
        Assert.Contains("Current", listed.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
    }

    [Fact]
    public async Task A_release_is_read_by_its_tag_wherever_it_is_named()
    {
        using var tagged = await Put("1", """{"tag":"Brief"}""");
        using var feed = await app.Anonymous.GetAsync("releases/brief/odata/Places?$top=1", Cancellation);
        using var file = await app.Anonymous.GetAsync("snapshots/BRIEF/places.csv", Cancellation);

        Assert.Equal(("1", "1"), (Assert.Single(feed.Headers.GetValues("Conflict-Release")), Assert.Single(file.Headers.GetValues("Conflict-Release"))));
        Assert.True(file.Headers.CacheControl!.NoCache);
        Assert.Equal(await app.Anonymous.GetByteArrayAsync("snapshots/1/places.csv", Cancellation), await file.Content.ReadAsByteArrayAsync(Cancellation));
        var totals = await Get("releases/brief/odata/TotalsByTag?$filter=Tag eq 'Brief' and Outcome eq 'killed' and Month eq 2022-01-01 and CountryCode eq 'SY'");
        Assert.Equal("522+", Assert.Single(totals.GetProperty("value").EnumerateArray()).GetProperty("Label").GetString());
        Assert.Equal(1, (await Get("releases/BRIEF/diff/brief")).GetProperty("to").GetInt32());
        Assert.Contains("Brief", (await Get("releases/1/odata/Releases('1')")).GetProperty("Tag").GetString());
    }

    [Fact]
    public async Task A_tag_that_is_taken_away_is_gone_but_for_its_trail()
    {
        using var tagged = await Put("1", """{"tag":"Mistake"}""");
        using var elsewhere = await app.Admin.DeleteAsync($"releases/{await Submit("tag-taken")}/tag/Mistake", Cancellation);
        using var taken = await app.Admin.DeleteAsync("releases/mistake/tag/MISTAKE?message=Too%20early", Cancellation);
        using var again = await app.Admin.DeleteAsync("releases/1/tag/Mistake", Cancellation);

        Assert.Equal((HttpStatusCode.Conflict, "conflict"), (elsewhere.StatusCode, await Code(elsewhere)));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal([null, "Too early"], Moves(await Json(taken), "Mistake").Select(move => move.GetProperty("message").GetString()));
        Assert.Equal((HttpStatusCode.NotFound, "notFound"), (again.StatusCode, await Code(again)));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync("releases/mistake", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("""{"tag":"1"}""", 400, "badRequest", "tag")]
    [InlineData("""{"tag":"2022-01"}""", 400, "badRequest", "tag")]
    [InlineData("""{"tag":"Latest"}""", 400, "badRequest", "tag")]
    [InlineData("""{"tag":"a b"}""", 400, "badRequest", "tag")]
    [InlineData("""{"tag":""}""", 400, "badRequest", "tag")]
    [InlineData("""{"tag":null}""", 400, "badRequest", "tag")]
    [InlineData("""{"tag":7}""", 400, "badRequest", "tag")]
    [InlineData("""{"message":"x"}""", 400, "badRequest", "tag")]
    [InlineData("""{"tag":"x","message":["y"]}""", 400, "badRequest", "message")]
    [InlineData("""{"tag":"x","message":"\u0007"}""", 400, "badRequest", "message")]
    [InlineData("""{"tag":"x","message":"\ud800"}""", 400, "badRequest", "message")]
    [InlineData("""{"tag":"x","\ud800":""}""", 400, "badRequest", null)]
    [InlineData("""{"tag":"x","why":"y"}""", 400, "badRequest", "why")]
    [InlineData("""{"tag":"x","message":"=1+1"}""", 400, "badRequest", "message")]
    [InlineData("""{"tag":"x","Tag":"y"}""", 400, "badRequest", "Tag")]
    [InlineData("""{"tag":"x","tag":"y"}""", 400, "badRequest", "tag")]
    [InlineData("""{"tag":{"a":{"b":{"c":{}}}}}""", 400, "badRequest", "tag")]
    [InlineData("null", 400, "badRequest", null)]
    [InlineData("""["x"]""", 400, "badRequest", null)]
    [InlineData("""{"tag":"x""", 400, "badRequest", "tag")]
    [InlineData("", 400, "badRequest", null)]
    public async Task A_body_that_is_no_tag_is_refused_by_name(string body, int status, string code, string? target)
    {
        using var answer = await Put("1", body);
        var problem = await Json(answer);

        Assert.Equal((status, code), ((int)answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(target, problem.TryGetProperty("target", out var named) ? named.GetString() : null);
    }

    [Theory]
    [InlineData("releases/99999999/tag", "application/json", 404, "releaseNotFound")]
    [InlineData("releases/never/tag", "application/json", 404, "releaseNotFound")]
    [InlineData("releases/1/tag", "text/csv", 415, "unsupportedMediaType")]
    [InlineData("releases/1/tag?mesage=x", "application/json", 400, "badRequest")]
    public async Task What_cannot_be_tagged_is_refused(string address, string type, int status, string code)
    {
        using var answer = await app.Admin.PutAsync(address, new StringContent("""{"tag":"x"}""", Encoding.UTF8, type), Cancellation);
        Assert.Equal((status, code), ((int)answer.StatusCode, await Code(answer)));
    }

    [Fact]
    public async Task A_message_has_its_limit_and_so_has_the_body()
    {
        using var message = await Put("1", $$"""{"tag":"x","message":"{{new string('m', 2001)}}"}""");
        using var body = await Put("1", $$"""{"tag":"x","message":"{{new string('m', 40_000)}}"}""");

        Assert.Equal(("badRequest", "tooLarge"), (await Code(message), await Code(body)));
    }

    [Fact]
    public async Task Who_may_only_read_may_not_tag()
    {
        using var put = await app.Anonymous.PutAsync("releases/1/tag", Body("""{"tag":"x"}"""), Cancellation);
        using var delete = await app.Anonymous.DeleteAsync("releases/1/tag/x", Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (put.StatusCode, delete.StatusCode));
    }

    [Fact]
    public async Task Calls_that_race_for_one_tag_all_succeed_and_the_last_one_counts()
    {
        var other = await Submit("tag-race");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Put(n % 2 == 0 ? "1" : $"{other}", """{"tag":"Race"}""")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        var trail = Moves(await Get("releases/1"), "Race").Concat(Moves(await Get($"releases/{other}"), "Race"))
            .DistinctBy(move => move.GetProperty("movedAt").GetString()).OrderBy(move => move.GetProperty("movedAt").GetDateTimeOffset()).ToList();
        Assert.Equal(trail.Select(move => Number(move, "to")).Prepend(null).SkipLast(1), trail.Select(move => Number(move, "from")));
        Assert.Equal(Number(trail[^1], "to"), (await Get("releases/race")).GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task A_tag_that_one_instance_sets_and_moves_is_known_to_another()
    {
        var second = await Submit("tag-shared");
        var (process, there) = await app.StartAnother();
        await using var other = process;
        using var client = there;
        using var set = await there.PutAsync("releases/1/tag", Body("""{"tag":"Shared"}"""), Cancellation);
        Assert.Equal(HttpStatusCode.Created, set.StatusCode);
        Assert.Equal(1, (await Get("releases/shared")).GetProperty("number").GetInt32());

        using var moved = await there.PutAsync($"releases/{second}/tag", Body("""{"tag":"Shared"}"""), Cancellation);
        while ((await Get("releases/shared")).GetProperty("number").GetInt32() != second)
        {
            Cancellation.ThrowIfCancellationRequested();
        }

        Assert.Equal([(null, 1), (1, second)], Moves(await Get("releases/1"), "Shared").Select(move => (Number(move, "from"), Number(move, "to"))));
    }

    private Task<HttpResponseMessage> Put(string release, string body) => app.Admin.PutAsync($"releases/{release}/tag", Body(body), Cancellation);

    private static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>Commits a release of one actor; its number.</summary>
    private async Task<int> Submit(string id)
    {
        var csv = new StringContent($"Id,Name,Kind\n{id},Tagged,armedGroup\n", Encoding.UTF8, "text/csv");
        using var answer = await app.Admin.PostAsync("submissions/Actors", csv, Cancellation);
        return (await Json(answer)).GetProperty("release").GetInt32();
    }

    private async Task<JsonElement> Get(string address) => JsonElement.Parse(await app.Anonymous.GetStringAsync(address, Cancellation));

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));

    private static async Task<string?> Code(HttpResponseMessage answer) => (await Json(answer)).GetProperty("code").GetString();

    private static IEnumerable<JsonElement> Moves(JsonElement release, string tag) =>
        release.GetProperty("tagMoves").EnumerateArray().Where(move => move.GetProperty("tag").GetString() == tag);

    private static int? Number(JsonElement move, string name) => move.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;
}
