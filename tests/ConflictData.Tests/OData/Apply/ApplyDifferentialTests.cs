using System.Globalization;
using System.Text.Json.Nodes;
using ConflictData.Datasets;
using ConflictData.Releases;
using CsCheck;

namespace ConflictData.Tests.OData.Apply;

/// <summary>$apply against a naive evaluator. FUZZ_CASES sets how many pipelines are tried.</summary>
public sealed class ApplyDifferentialTests
{
    private const int Rows = 60;

    private static readonly long Cases = long.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var cases) ? cases : 1000;

    [Fact]
    public async Task Random_pipelines_give_what_the_standard_gives()
    {
        var rows = RandomPipelines.Row.Array[Rows].Generate(new PCG(1, 2026), null, out _).DistinctBy(row => row[0]).ToArray();
        await using var server = new Server();
        server.Commit(rows.Select(row => new Revision(Catalog.Get("Casualties"), (string)row[0]!, RevisionAction.Upsert, "new", row)));

        await RandomPipelines.Any.SampleAsync(
            async pipeline =>
            {
                var reply = await server.Get("Casualties?$apply=" + Uri.EscapeDataString(pipeline.Text), headers: ("Accept", "application/json;odata.metadata=none"));
                Assert.True(reply.Status == 200, reply.Body);
                Assert.Equal(pipeline.Of(rows).Select(Show), reply.Json["value"]!.AsArray().Select(row => Show(row!.AsObject())));
            },
            iter: Cases, threads: 1, print: pipeline => pipeline.Text);
    }

    private static string Show((string Name, object? Value)[] row) => string.Join(", ", row.Select(item => $"{item.Name}={Show(item.Value)}"));

    private static string Show(JsonObject row) => string.Join(", ", row.Select(member => $"{member.Key}={Show(member.Value)}"));

    private static string Show(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject total => (string)total["Label"]!,
        _ => value.ToString(),
    };

    private static string Show(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };
}
