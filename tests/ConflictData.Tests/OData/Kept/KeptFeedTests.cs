using static ConflictData.Tests.OData.Kept.KeptReading;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Kept;

/// <summary>Kept pages over HTTP. Where the engine is stopped, what is still answered is answered from a kept page.</summary>
public sealed class KeptFeedTests
{
    private const string Secrets = "b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    [Theory]
    [InlineData("Casualties")]
    [InlineData("Casualties?$count=true")]
    [InlineData("Casualties?$select=Low,Id&$count=true")]
    [InlineData("Casualties?select=*")]
    [InlineData("Casualties?$select=Id&$format=application/json;odata.metadata=none")]
    [InlineData("CasualtiesWide?$select=Id,Place")]
    [InlineData("Releases")]
    [InlineData("TotalsByTag")]
    public async Task What_was_read_once_is_read_again_without_the_engine(string address)
    {
        await using var server = Filled(new() { PageSize = 7 });
        server.Tag("first", 1);
        var computed = await Pages(server, address);
        var rendered = await Pages(server, address, Gzip);
        await server.StopEngine();
        var kept = await Pages(server, address, Gzip);

        Assert.Equal(computed.Select(page => page.Body), rendered.Select(page => page.Body));
        Assert.Equal(computed.Select(page => page.Body), kept.Select(page => page.Body));
        Assert.All(kept, page => Assert.Equal("gzip", page.Header("Content-Encoding")));
    }

    [Fact]
    public async Task One_page_serves_every_reader_root_hour_and_form()
    {
        await using var server = Filled(new() { PageSize = 7 });
        var first = await server.Get("Casualties", keyId: "k1", headers: Gzip);
        await server.StopEngine();
        server.Clock.Advance(TimeSpan.FromHours(3));
        var later = await server.Get("Casualties?x=y", keyId: "k2", headers: Gzip);
        var pinned = await server.Get("Casualties", release: "1", headers: Gzip);
        var bare = await server.Get("Casualties", headers: [Gzip, ("Accept", "application/json;odata.metadata=none")]);

        Assert.Null(server.Tokens.Authorisation(Query(first)));
        Assert.Equal(new("k2", "owner-k2"), server.Tokens.Authorisation(Query(later)));
        Assert.StartsWith("https://data.example/api/releases/1/odata/Casualties?$skiptoken=", pinned.NextLink, StringComparison.Ordinal);
        Assert.StartsWith("https://data.example/api/releases/1/odata/$metadata#", (string?)pinned.Json["@odata.context"], StringComparison.Ordinal);
        Assert.Null(bare.Json["@odata.context"]);
        Assert.All([later, pinned, bare], reply => Assert.Equal(first.Ids, reply.Ids));
    }

    [Fact]
    public async Task A_kept_page_ends_in_a_delta_link_for_who_tracks_changes_and_for_nobody_else()
    {
        await using var server = Filled(new() { PageSize = 7 });
        var computed = await Pages(server, "Casualties", ("Prefer", "track-changes"));
        await Pages(server, "Casualties", Gzip);
        await server.StopEngine();
        var tracked = await Pages(server, "Casualties", Gzip, ("Prefer", "track-changes"));
        var untracked = await Pages(server, "Casualties", Gzip);

        Assert.NotNull(tracked[^1].DeltaLink);
        Assert.Equal(computed.Select(page => page.Body), tracked.Select(page => page.Body));
        Assert.Null(untracked[^1].DeltaLink);
    }

    [Fact]
    public async Task A_link_of_one_instance_is_followed_on_another()
    {
        var settings = new Settings { PageSize = 7, TokenSecrets = Secrets };
        await using var one = Filled(settings);
        await using var other = Filled(settings);
        foreach (var server in new[] { one, other })
        {
            await Pages(server, "Casualties?$count=true", Gzip);
            await server.StopEngine();
        }

        var first = await one.Get("Casualties?$count=true", headers: Gzip);
        var second = await other.Get(first.NextLink!, headers: Gzip);

        Assert.Equal((20, 20), ((int)first.Json["@odata.count"]!, (int)second.Json["@odata.count"]!));
        Assert.Equal(Enumerable.Range(0, 14).Select(n => $"c{n:D2}"), [.. first.Ids, .. second.Ids]);
        Assert.Equal(first.NextLink, (await other.Get("Casualties?$count=true", headers: Gzip)).NextLink);
    }

    [Fact]
    public async Task A_release_that_touches_nothing_of_a_page_leaves_it_and_its_links_are_of_that_release()
    {
        await using var server = Filled(new() { PageSize = 7 });
        await Pages(server, "Casualties", Gzip);
        server.Commit(Record("Sources", "s"));
        await server.StopEngine();

        var kept = await server.Get("Casualties", headers: Gzip);
        var second = await server.Get(kept.NextLink!, headers: Gzip);

        Assert.Equal(("2", "2"), (kept.Header("Conflict-Release"), second.Header("Conflict-Release")));
    }

    [Fact]
    public async Task A_release_that_changes_a_page_makes_a_new_one_and_the_old_one_can_still_be_read()
    {
        await using var server = Filled(new());
        var before = await server.Get("Casualties?$count=true", headers: Gzip);
        server.Commit(Casualty("c05", ("Low", 1000L)), Casualty("new"));
        var after = await server.Get("Casualties?$count=true", headers: Gzip);
        await server.StopEngine();

        Assert.Equal((20, 21), ((int)before.Json["@odata.count"]!, (int)after.Json["@odata.count"]!));
        Assert.Contains("new", after.Ids);
        Assert.Equal(before.Ids, (await server.Get("Casualties?$count=true", release: "1", headers: Gzip)).Ids);
    }

    [Fact]
    public async Task A_tag_that_moves_makes_new_pages_of_what_names_it_and_of_nothing_else()
    {
        await using var server = Filled(new());
        var before = await server.Get("Releases", headers: Gzip);
        await server.Get("Casualties", headers: Gzip);
        server.Tag("first", 1);
        var after = await server.Get("Releases", headers: Gzip);
        await server.StopEngine();

        Assert.Equal((null, "first"), ((string?)before.Json["value"]![0]!["Tag"], (string?)after.Json["value"]![0]!["Tag"]));
        Assert.Equal(20, (await server.Get("Casualties", headers: Gzip)).Ids.Count);
    }

    [Fact]
    public async Task Length_tag_and_headers_are_those_of_the_answer()
    {
        await using var server = Filled(new() { PageSize = 7 });
        var plain = await server.Get("Casualties");
        var get = await server.Get("Casualties", headers: Gzip);
        await server.StopEngine();
        var head = await server.Get("Casualties", method: "HEAD", headers: Gzip);
        var known = await server.Get("Casualties", headers: [Gzip, ("If-None-Match", plain.Header("ETag")!)]);

        Assert.Equal((get.Sent.Length, get.Sent.Length), (get.Response.ContentLength, head.Response.ContentLength));
        Assert.Empty(head.Sent);
        Assert.Equal((304, null, null), (known.Status, known.Header("Content-Encoding"), known.Response.ContentLength));
        foreach (var name in new[] { "ETag", "Vary", "Content-Type", "OData-Version", "Last-Modified", "Cache-Control" })
        {
            Assert.Equal(plain.Header(name), get.Header(name));
            Assert.Equal(plain.Header(name), head.Header(name));
        }
    }

    [Fact]
    public async Task The_pages_used_longest_ago_go_when_the_memory_is_full()
    {
        await using var server = new Server(new() { PageSize = 100, KeptPagesMegabytes = 1 });
        server.Commit(Enumerable.Range(0, 4000).Select(n => Casualty($"c{n:D4}", ("Note", Noise(n, 500)))));
        var pages = await Pages(server, "Casualties", Gzip);
        Assert.InRange(pages.Sum(page => page.Sent.Length), 1_500_000, 10_000_000);
        await server.StopEngine();

        var last = pages.Count - 1;
        Assert.Equal(pages[last].Ids, (await server.Get(pages[last - 1].NextLink!, headers: Gzip)).Ids);
        await Assert.ThrowsAnyAsync<Exception>(() => server.Get("Casualties", headers: Gzip));
    }

    [Fact]
    public async Task Where_no_page_is_kept_the_answer_is_the_same()
    {
        await using var server = Filled(new() { PageSize = 7, KeptPagesMegabytes = 0 });
        var computed = await Pages(server, "Casualties?$count=true");

        Assert.Equal(computed.Select(page => page.Body), (await Pages(server, "Casualties?$count=true", Gzip)).Select(page => page.Body));
        await server.StopEngine();
        await Assert.ThrowsAnyAsync<Exception>(() => server.Get("Casualties", headers: Gzip));
    }

    [Fact]
    public async Task A_client_that_leaves_spoils_the_page_for_nobody()
    {
        await using var server = Filled(new() { PageSize = 7 });
        await server.Leave("Casualties?$count=true", Gzip);
        var after = await server.Get("Casualties?$count=true", headers: Gzip);

        Assert.Equal((200, 20, 7), (after.Status, (int)after.Json["@odata.count"]!, after.Ids.Count));
    }

    [Fact]
    public async Task Many_readers_of_many_pages_at_once_get_each_their_own()
    {
        await using var server = Filled(new() { PageSize = 7, KeptPagesMegabytes = 0 });
        string[] columns = ["Low", "PlaceId", "CountText", "Outcome"];
        var asked = Enumerable.Range(0, 60).Select(async n =>
        {
            var reply = await server.Get($"Casualties?$select=Id,{columns[n % 4]}", headers: [Gzip, ("Prefer", $"maxpagesize={1 + (n % 15)}")]);
            Assert.Equal((200, Math.Min(7, 1 + (n % 15))), (reply.Status, reply.Ids.Count));
            Assert.All(reply.Json["value"]!.AsArray(), row => Assert.Equal(["Id", columns[n % 4]], row!.AsObject().Select(member => member.Key)));
        });

        await Task.WhenAll(asked);
    }

    [Fact]
    public async Task A_page_holds_one_release_whatever_is_committed_meanwhile()
    {
        const int Releases = 30;
        await using var server = new Server(new() { PageSize = 50 });
        Commit(1);
        // From here on this server knows that it is up to date, and looks at no log that is being written.
        await server.Get("Casualties/$count");
        var committing = Task.Run(() => Enumerable.Range(2, Releases - 1).ToList().ForEach(Commit), TestContext.Current.CancellationToken);
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (var release = 0; release < Releases;)
            {
                var pages = await Pages(server, "Casualties?$select=Id,Low&$count=true", Gzip);
                release = int.Parse(pages[0].Header("Conflict-Release")!, null);
                Assert.Equal(200, pages.Sum(page => page.Ids.Count));
                Assert.All(pages, page => Assert.All(page.Json["value"]!.AsArray(), row => Assert.Equal(release, (int)row!["Low"]!)));
            }
        }, TestContext.Current.CancellationToken));

        await Task.WhenAll(readers.Append(committing));

        void Commit(int release) => server.Commit(Enumerable.Range(0, 200).Select(n => Casualty($"c{n:D3}", ("Low", (long)release))));
    }

    /// <summary>Text that hardly gets smaller.</summary>
    private static string Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }

    private static string Query(Reply reply) => new Uri(reply.NextLink!).Query;
}
