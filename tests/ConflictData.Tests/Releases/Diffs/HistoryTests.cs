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
            ["1 upsert new", "2 upsert correction", "3 retract retraction", "4 upsert lateReport"],
            revisions.Select(revision => $"{revision.GetProperty("release")} {revision.GetProperty("action")} {revision.GetProperty("reason")}"));
        Assert.Equal("""{"Low":{"before":1,"after":2}}""", revisions[1].GetProperty("columns").GetRawText());
        Assert.Equal(1, revisions[0].GetProperty("values").GetProperty("Low").GetInt64());
        Assert.Equal("{}", revisions[2].GetProperty("values").GetRawText());
        Assert.Equal(JsonValueKind.Null, revisions[3].GetProperty("columns").GetProperty("Low").GetProperty("before").ValueKind);
        Assert.Equal("s4", revisions[3].GetProperty("submission").GetString());
    }

    [Fact]
    public async Task An_id_is_read_in_any_letter_case() => Assert.Equal(4, (await Revisions("A")).Count);

    [Fact]
    public async Task As_CSV_there_is_a_line_for_each_revision()
    {
        var (_, body) = await server.History("Casualties", "a", "?format=csv");
        var lines = body.TrimEnd().Split("\r\n");

        Assert.StartsWith("Action,Message,Id,", lines[0]);
        Assert.Equal(["upsert,,a", "upsert,,a", "retract,,a", "upsert,,a"], lines[1..].Select(line => line[..line.IndexOf(",a,", StringComparison.Ordinal)] + ",a"));
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
