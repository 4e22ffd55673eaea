using System.Globalization;
using Benchmarks.Data;
using Benchmarks.Harness;
using ConflictData.Datasets;
using ConflictData.Submissions;

namespace Benchmarks.Rows;

/// <summary>A CSV submission read and checked row by row, before anything is compared or stored.</summary>
internal sealed class CheckRows : BenchmarkRow
{
    private const double LeastRows = 150_000;

    public override string Name => "check";

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        var records = scene.Scale.CheckedRows;
        var file = new PayloadFile(Catalog.Get("Casualties"), RowFormat.Csv, GeneratedPayload.Casualties(records));
        var measured = await Compare.InTurns(scene.Scale.Runs, () => Task.FromResult(Check(file, records)));
        return
        [
            new($"a CSV submission of {records:N0} rows and 35 columns read and checked", PerSecond(measured[0]), "", null)
            {
                Targets = [new($"≥ {LeastRows:N0} rows/s", measured[0].UnitsPerSecond >= LeastRows)],
            },
        ];
    }

    private static long Check(PayloadFile file, int records)
    {
        var progress = new RowProgress();
        var staging = SubmissionStaging.Of([file], PayloadLimits.Body, progress);
        Require(staging.Errors.Count == 0 && progress.Done.Checked == records, "the rows have errors, or are not all there.");
        return records;
    }

    private static string PerSecond(Measurement measured) => string.Create(CultureInfo.InvariantCulture, $"{measured.UnitsPerSecond:N0} rows/s");
}
