using System.Text.Json;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.Releases.Diffs;

public sealed class HistoryTests : IAsyncLifetime
{
    private readonly DiffServer server = new();

    [Fact]
    public async Task Every_revision_stands_with_its_release_reason_and_change()
    {
        var revisions = await Revisions("a");

        Assert.Equal(
            ["4 upsert lateReport", "3 retract retraction", "2 upsert correction", "1 upsert new"],
            revisions.Select(revision => $"{revision.GetProperty("release")} {revision.GetProperty("action")} {revision.GetProperty("reason")}"));
        Assert.Equal("""{"Low":{"before":1,"after":2}}""", revisions[2].GetProperty("columns").GetRawText());
        Assert.Equal(1, revisions[3].GetProperty("values").GetProperty("Low").GetInt64());
        Assert.Equal("{}", revisions[1].GetProperty("values").GetRawText());
        Assert.Equal(JsonValueKind.Null, revisions[0].GetProperty("columns").GetProperty("Low").GetProperty("before").ValueKind);
        Assert.Equal("s4", revisions[0].GetProperty("submission").GetString());
    }

    [Fact]
    public async Task An_id_is_read_in_any_letter_case() => Assert.Equal(4, (await Revisions("A")).Count);

    [Fact]
    public async Task As_CSV_there_is_a_line_for_each_revision()
    {
        var (_, body) = await server.History("Casualties", "a", "?format=csv");
        var lines = body.TrimEnd().Split("\r\n");

        Assert.StartsWith("Action,Message,Id,", lines[0]);
        Assert.Equal(["upsert,,a", "retract,,a", "upsert,,a", "upsert,,a"], lines[1..].Select(line => line[..line.IndexOf(",a,", StringComparison.Ordinal)] + ",a"));
    }

    [Fact]
    public async Task A_long_history_comes_in_pages_that_know_what_changed_across_them_and_whole_as_CSV()
    {
        const string Address = "https://data.example/api/datasets/Casualties/records/a/history";
        foreach (var release in Enumerable.Range(5, 216))
        {
            server.Commit(Casualty("a", ("Low", (long)release)), Casualty("b", ("Low", (long)release)));
        }

        var (pages, read, next) = (new List<int>(), new List<JsonElement>(), (string?)Address);
        while (next is not null)
        {
            Assert.StartsWith(Address, next);
            var page = JsonElement.Parse((await server.History("Casualties", "A", new Uri(next).Query)).Body);
            Assert.Equal("a", page.GetProperty("id").GetString());
            read.AddRange(page.GetProperty("revisions").EnumerateArray());
            pages.Add(page.GetProperty("revisions").GetArrayLength());
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal([100, 100, 20], pages);
        Assert.Equal(Enumerable.Range(1, 220).Reverse(), read.Select(revision => revision.GetProperty("release").GetInt32()));
        Assert.All(read.Take(215), revision => Assert.Equal(
            $$$"""{"Low":{"before":{{{revision.GetProperty("release").GetInt32() - 1}}},"after":{{{revision.GetProperty("release").GetInt32()}}}}}""",
            revision.GetProperty("columns").GetRawText()));

        var lines = (await server.History("Casualties", "a", "?format=csv")).Body.TrimEnd().Split("\r\n");
        Assert.Equal(1 + 220, lines.Distinct().Count());
        var older = (await server.History("Casualties", "a", "?format=csv&before=150")).Body.TrimEnd().Split("\r\n");
        Assert.Equal([lines[0], .. lines[72..]], older);
    }

    [Fact]
    public async Task Before_its_first_release_a_record_has_no_history()
    {
        var (status, body) = await server.History("Casualties", "a", "?before=1");
        Assert.Equal((404, "Casualties had no record a before release 1."), (status, JsonElement.Parse(body).GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("Casualties", "never", 404)]
    [InlineData("Nope", "a", 404)]
    [InlineData("CasualtiesWide", "a", 404)]
    public async Task What_never_was_has_no_history(string dataset, string id, int status) =>
        Assert.Equal(status, (await server.History(dataset, id)).Status);

    public ValueTask InitializeAsync()
    {
        server.Commit(Casualty("a", ("Low", 1L)), Casualty("b"));
        server.Commit(Casualty("a", ("Low", 2L)) with { Reason = "correction" });
        server.Commit(Retraction(Casualty("a", ("Low", 2L))));
        server.Commit(Casualty("a", ("Low", 3L)) with { Reason = "lateReport" });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<IReadOnlyList<JsonElement>> Revisions(string id) =>
        [.. JsonElement.Parse((await server.History("Casualties", id)).Body).GetProperty("revisions").EnumerateArray()];
}
