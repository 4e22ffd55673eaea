using System.Text.Json.Nodes;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Tags;

/// <summary>Reading by tag, and reading what tells of tags, while tags move.</summary>
public sealed class TagReadTests : IAsyncLifetime
{
    private const string Totals = "TotalsByTag?$select=Id,Label";

    private Server server = null!;

    [Fact]
    public async Task A_tag_is_a_root_like_a_number()
    {
        server.Tag("Spring", 1);
        var reply = await server.Get("Casualties", "spring");

        Assert.Equal((200, "1", "no-cache"), (reply.Status, reply.Header("Conflict-Release"), reply.Header("Cache-Control")));
        Assert.Equal(["a"], reply.Ids);
        Assert.Contains("/api/releases/spring/odata/$metadata#Casualties", reply.Body);
        Assert.Equal(200, (await server.Get("", "Spring")).Status);
        Assert.Equal(200, (await server.Get("$metadata", "SPRING")).Status);
        Assert.Equal("releaseNotFound", (await server.Get("Casualties", "Autumn")).ErrorCode);
    }

    [Fact]
    public async Task A_tag_set_elsewhere_is_looked_for_when_it_is_named()
    {
        Assert.Equal(404, (await server.Get("Casualties", "Spring")).Status);
        server.TagElsewhere("Spring", 2);

        Assert.Equal("2", (await server.Get("Casualties", "Spring")).Header("Conflict-Release"));
    }

    [Fact]
    public async Task A_read_by_tag_stays_at_its_release_when_the_tag_moves_on()
    {
        server.Tag("Spring", 2);
        var read = await server.ReadAll("Casualties", "Spring", headers: [("Prefer", "maxpagesize=1")], betweenPages: () => server.Tag("Spring", 3));

        Assert.Equal(["a", "b"], read);
        Assert.Equal(["a", "b", "c"], await server.ReadAll("Casualties", "Spring"));
    }

    [Fact]
    public async Task Releases_names_the_tags_of_each()
    {
        server.Tag("Spring", 1);
        server.Tag("a-first", 1);
        server.Tag("Autumn", 3);

        Assert.Equal("a-first; Spring, -, Autumn", await ReleaseTags());
        Assert.Equal("a-first; Spring, -", await ReleaseTags("2"));
        server.Tag("Spring", null);
        server.Tag("Autumn", 2);
        Assert.Equal("a-first, Autumn, -", await ReleaseTags());
        Assert.Equal("a-first", (string?)(await server.Get("Releases('1')")).Json["Tag"]);
        Assert.Equal(["2"], (await server.Get("Releases?$filter=Tag eq 'Autumn'")).Ids);
    }

    [Theory]
    [InlineData("TotalsByTag?$orderby=Id", "identity")]
    [InlineData("TotalsByTag", "identity")]
    [InlineData("TotalsByTag", "gzip")]
    [InlineData("TotalsByTag?$filter=Outcome eq 'killed'", "identity")]
    [InlineData("TotalsByTag?$count=true", "gzip")]
    [InlineData("TotalsByTag?$apply=groupby((Id))", "identity")]
    public async Task Pages_agree_with_each_other_though_a_tag_moves_between_them(string address, string encoding)
    {
        server.Tag("Autumn", 1);
        server.Tag("Spring", 2);
        server.Tag("Winter", 3);
        var read = await server.ReadAll(address, headers: [("Prefer", "maxpagesize=1"), ("Accept-Encoding", encoding)], betweenPages: () =>
        {
            server.Tag("Autumn", null);
            server.Tag("Summer", 3);
            server.Tag("Winter", 1);
        });

        Assert.Equal(
            [
                "Autumn:Casualties:-:-:killed",
                "Spring:Casualties:-:-:killed",
                "Winter:Casualties:-:-:killed",
            ],
            read);
    }

    [Theory]
    [InlineData("TotalsByTag")]
    [InlineData("Releases?$select=Id,Tag&$count=true")]
    public async Task Pages_that_are_kept_follow_the_tags(string address)
    {
        foreach (var to in new int?[] { 1, 2, 1, null, 3 })
        {
            server.Tag("Spring", to);
            var computed = await server.Get(address);
            Assert.Equal(computed.Body, (await server.Get(address, headers: ("Accept-Encoding", "gzip"))).Body);
            Assert.Equal(computed.Body, (await server.Get(address, headers: ("Accept-Encoding", "gzip"))).Body);
            Assert.Contains(to is null ? "" : "\"Spring\"", computed.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_of_tags_that_only_another_instance_knew_is_waited_for()
    {
        var secrets = new Settings { TokenSecrets = $"a:{Convert.ToBase64String(new byte[16])}" };
        await using var one = await Filled(secrets);
        await using var other = await Filled(secrets);
        Assert.Equal(200, (await other.Get("TotalsByTag")).Status);
        foreach (var (tag, release) in new[] { ("Autumn", 1), ("Spring", 2) })
        {
            one.Tag(tag, release);
            other.TagElsewhere(tag, release);
        }
        var next = (await one.Get("TotalsByTag", headers: ("Prefer", "maxpagesize=1"))).NextLink!;

        Assert.Equal(["Spring:Casualties:-:-:killed"], (await other.Get(next)).Ids);
    }

    [Theory]
    [InlineData("Releases", null)]
    [InlineData("TotalsByTag", null)]
    [InlineData("TotalsByTag?$orderby=Label", null)]
    [InlineData("TotalsByTag?$apply=groupby((Tag))", null)]
    [InlineData("TotalsByTag/$count", null)]
    [InlineData("Releases('2')", null)]
    [InlineData("TotalsByTag", "2")]
    public async Task A_tag_that_is_set_moved_or_taken_away_changes_the_answers_tag(string address, string? release)
    {
        var tags = new List<string> { await Tag(address, release) };
        foreach (var to in new int?[] { 1, 2, null })
        {
            server.Tag("Spring", to);
            var reply = await server.Get(address, release, headers: ("If-None-Match", tags[^1]));
            Assert.Equal((200, "no-cache"), (reply.Status, reply.Header("Cache-Control")));
            tags.Add(reply.Header("ETag")!);
            Assert.Equal(304, (await server.Get(address, release, headers: ("If-None-Match", tags[^1]))).Status);
        }

        Assert.Equal(tags.Count, tags.Distinct().Count());
    }

    [Theory]
    [InlineData("Casualties", null)]
    [InlineData("MonthlyTotals", null)]
    [InlineData("CasualtiesWide?$orderby=Low", null)]
    [InlineData("Releases", "1")]
    [InlineData("TotalsByTag", "1")]
    public async Task What_no_tag_up_to_its_release_concerns_keeps_its_tag(string address, string? release)
    {
        var before = await Tag(address, release);
        server.Tag("Spring", 2);
        server.Tag("Spring", 3);

        Assert.Equal(304, (await server.Get(address, release, headers: ("If-None-Match", before))).Status);
    }

    [Fact]
    public async Task A_release_that_brings_a_tag_into_sight_changes_the_answers_tag()
    {
        await using var other = new Server();
        other.Commit(Killed("a"));
        other.Tag("Spring", 2);
        var before = (await other.Get(Totals)).Header("ETag")!;
        Assert.Equal([], (await other.Get(Totals)).Ids);
        other.Commit(Record("Figures", "f"));

        var after = await other.Get(Totals, headers: ("If-None-Match", before));
        Assert.Equal((200, "2"), (after.Status, after.Header("Conflict-Release")));
        Assert.Equal(["Spring:Casualties:-:-:killed"], after.Ids);
    }

    [Fact]
    public async Task Last_modified_is_when_the_tag_moved()
    {
        Assert.Equal("Sat, 10 Jan 2026 14:00:00 GMT", (await server.Get("Releases")).Header("Last-Modified"));
        server.Tag("Spring", 1);

        Assert.Equal("Sun, 11 Jan 2026 12:00:00 GMT", (await server.Get("Releases")).Header("Last-Modified"));
        Assert.Equal("Sat, 10 Jan 2026 14:00:00 GMT", (await server.Get("Casualties")).Header("Last-Modified"));
    }

    [Fact]
    public async Task The_requests_of_a_batch_read_the_same_tags()
    {
        server.Tag("Spring", 1);
        var reply = await server.Batch("application/json", """
            {"requests":[{"id":"1","method":"GET","url":"Releases?$select=Id,Tag"},{"id":"2","method":"GET","url":"TotalsByTag"},{"id":"3","method":"GET","url":"Casualties/$count"}]}
            """);
        var responses = reply.Json["responses"]!.AsArray();

        Assert.Equal("Spring", (string?)responses[0]!["body"]!["value"]![0]!["Tag"]);
        Assert.Equal("Spring:Casualties:-:-:killed", (string?)responses[1]!["body"]!["value"]![0]!["Id"]);
        Assert.All(responses, response => Assert.Equal(200, (int)response!["status"]!));
    }

    [Fact]
    public async Task Numbered_roots_learn_of_tags_within_the_time_allowed()
    {
        Assert.Equal("-", await ReleaseTags("1"));
        server.TagElsewhere("Spring", 1);
        server.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("Spring", await ReleaseTags("1"));
    }

    public async ValueTask InitializeAsync() => server = await Filled(new());

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task<Server> Filled(Settings settings)
    {
        var server = new Server(settings);
        foreach (var id in new[] { "a", "b", "c" })
        {
            server.Commit(Killed(id));
        }
        return await Task.FromResult(server);
    }

    private static ConflictData.Releases.Revision Killed(string id) =>
        Casualty(id, ("Outcome", "killed"), ("Additive", true), ("Low", 1L), ("Best", 1L), ("High", 1L));

    private async Task<string> Tag(string address, string? release) => (await server.Get(address, release)).Header("ETag")!;

    private async Task<string> ReleaseTags(string? release = null) =>
        string.Join(", ", (await server.Get("Releases", release)).Json["value"]!.AsArray().Select(row => (string?)row!["Tag"] ?? "-"));
}
