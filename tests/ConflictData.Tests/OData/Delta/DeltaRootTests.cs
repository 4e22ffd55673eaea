using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Delta;

/// <summary>Changes up to the release that the root means, whichever root it is, alone and in batches.</summary>
public sealed class DeltaRootTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData(null, new[] { "+b" }, "2")]
    [InlineData("latest", new[] { "+b" }, "2")]
    [InlineData("1", new string[0], "1")]
    [InlineData("2026-01-10T12:30:00Z", new string[0], "1")]
    [InlineData("2030-01-01T00:00:00Z", new[] { "+b" }, "2")]
    public async Task A_root_tells_the_changes_up_to_the_release_that_it_means(string? release, string[] expected, string number)
    {
        var link = await server.DeltaLink("Casualties", release);
        server.Commit(Casualty("b"));

        var reply = await server.Get(link, release);

        Assert.Equal(expected, reply.Changes());
        Assert.Equal(number, reply.Header("Conflict-Release"));
        Assert.StartsWith(link[..link.IndexOf("?$deltatoken", StringComparison.Ordinal)], reply.DeltaLink, StringComparison.Ordinal);
        Assert.Empty(await server.Changes(reply.DeltaLink!, release));
    }

    [Fact]
    public async Task Daily_tells_the_changes_when_the_day_is_over()
    {
        var link = await server.DeltaLink("Casualties", "daily");
        server.CommitAt(server.Clock.GetUtcNow(), Casualty("b"));

        Assert.Empty(await server.Changes(link, "daily"));
        server.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["+b"], await server.Changes(link, "daily"));
    }

    [Fact]
    public async Task A_tag_that_moves_tells_the_changes_on_its_way_and_none_on_its_way_back()
    {
        server.Commit(Casualty("b"));
        server.Tag("checked", 1);
        var link = await server.DeltaLink("Casualties", "checked");
        server.Tag("checked", 2);
        var moved = await server.Get(link, "checked");
        server.Tag("checked", 1);
        var back = await server.Get(moved.DeltaLink!, "checked");

        Assert.Equal(["+b"], moved.Changes());
        Assert.Equal((410, "deltaGone"), (back.Status, back.ErrorCode));
    }

    [Fact]
    public async Task A_root_that_means_an_earlier_release_than_the_link_leads_to_a_new_beginning()
    {
        var settings = new Settings { TokenSecrets = "b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" };
        await using var ahead = new Server(settings);
        await using var behind = new Server(settings);
        foreach (var instance in new[] { ahead, behind })
        {
            instance.Commit(Casualty("a"));
            instance.CommitAt(server.Clock.GetUtcNow(), Casualty("b"));
        }
        ahead.Clock.Advance(TimeSpan.FromDays(1));

        var reply = await behind.Get(await ahead.DeltaLink("Casualties", "daily"), "daily");

        Assert.Equal((410, "deltaGone", "https://data.example/api/releases/daily/odata/Casualties"), (reply.Status, reply.ErrorCode, reply.Header("Location")));
        Assert.Contains("release 2, but this address means release 1", (string?)reply.Json["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_of_another_instance_makes_this_one_load_what_it_lacks()
    {
        var settings = new Settings { TokenSecrets = "b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" };
        await using var other = new Server(settings);
        await using var here = new Server(settings);
        other.Commit(Casualty("a"));
        here.Commit(Casualty("a"));
        Assert.Equal("1", (await here.Get("Casualties")).Header("Conflict-Release"));
        other.Commit(Casualty("b"));
        here.CommitElsewhere(Casualty("b"));

        var reply = await here.Get(await other.DeltaLink("Casualties"));

        Assert.Equal("2", reply.Header("Conflict-Release"));
        Assert.Empty(reply.Changes());
    }

    [Fact]
    public async Task A_batch_tells_the_changes_up_to_its_release()
    {
        var link = await server.DeltaLink("Casualties?$select=Id");
        server.Commit(Casualty("b"), Retraction(Casualty("a")));

        var reply = await server.Batch("application/json", $$$"""
            {"requests":[{"id":"1","method":"get","url":"{{{link}}}"},{"id":"2","method":"get","url":"Casualties","headers":{"Prefer":"track-changes"}}]}
            """);

        var answers = reply.Json["responses"]!.AsArray();
        Assert.Equal("2", reply.Header("Conflict-Release"));
        Assert.Equal("b", (string?)answers[0]!["body"]!["value"]![0]!["Id"]);
        Assert.Equal("Casualties('a')", (string?)answers[0]!["body"]!["value"]![1]!["@odata.id"]);
        Assert.Empty(await server.Changes((string)answers[0]!["body"]!["@odata.deltaLink"]!));
        Assert.Equal("track-changes", (string?)answers[1]!["headers"]!["preference-applied"]);
        Assert.Empty(await server.Changes((string)answers[1]!["body"]!["@odata.deltaLink"]!));
    }

    [Fact]
    public async Task A_batch_of_an_older_release_than_the_link_says_so_and_is_sent_again()
    {
        var settings = new Settings { TokenSecrets = "b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" };
        await using var other = new Server(settings);
        await using var here = new Server(settings);
        other.Commit(Casualty("a"));
        here.Commit(Casualty("a"));
        await here.Get("Casualties");
        other.Commit(Casualty("b"));
        here.CommitElsewhere(Casualty("b"));
        var batch = $$"""{"requests":[{"id":"1","method":"get","url":"{{await other.DeltaLink("Casualties")}}"}]}""";

        var first = (await here.Batch("application/json", batch)).Json["responses"]![0]!;
        var second = (await here.Batch("application/json", batch)).Json["responses"]![0]!;

        Assert.Equal((503, "notReady", "1"), ((int)first["status"]!, (string?)first["body"]!["error"]!["code"], (string?)first["headers"]!["retry-after"]));
        Assert.Equal(200, (int)second["status"]!);
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Casualty("a"));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
