using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Tests.OData.Filter;
using CsCheck;

namespace ConflictData.Tests.OData.Apply;

/// <summary>$apply against a naive evaluator. FUZZ_CASES sets how many pipelines are tried.</summary>
public sealed class ApplyDifferentialTests
{
    private const int Rows = 60;

    private static readonly long Cases = long.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var cases) ? cases : 600;

    [Fact]
    public async Task Random_pipelines_give_what_the_standard_gives()
    {
        var rows = RandomPipelines.Row.Array[Rows].Generate(new PCG(1, 2026), null, out _).DistinctBy(row => row[0]).ToArray();
        await using var server = new Server(new());
        server.Commit(rows.Select(row => new Revision(Catalog.Get("Casualties"), (string)row[0]!, RevisionAction.Upsert, "new", row)).Concat(RandomWays.Places));
        NaiveRow[] records = [.. rows.Select(row => new NaiveRow(row, NaiveRow.Nothing))];

        await RandomPipelines.Any.SampleAsync(
            async pipeline =>
            {
                var reply = await server.Apply(pipeline.Text, headers: ("Accept", "application/json;odata.metadata=none"));
                if (reply.Status == 400 && reply.Body.Contains("may have at most 100 parts", StringComparison.Ordinal))
                {
                    return;
                }
                Assert.True(reply.Status == 200, reply.Body);
                Assert.Equal(pipeline.Of(records).Select(row => row.Show()), reply.Json["value"]!.AsArray().Select(row => NaiveRow.Show(row!.AsObject())));
            },
            iter: Cases, threads: 1, print: pipeline => pipeline.Text);
    }
}
