using System.Globalization;
using Azure.Data.Tables;
using Benchmarks.Data;
using Benchmarks.Harness;
using Benchmarks.Service;
using ConflictData.Releases;
using LocalFunctionsHost.Storage;

namespace Benchmarks.Rows;

/// <summary>A whole submission against bare transactions of the same entities, 100 rows each, on the same storage emulator.</summary>
internal sealed class Submit : BenchmarkRow
{
    private const double LeastRatio = 0.8;

    public override string Name => "submit";

    public override async Task<IReadOnlyList<RowResult>> Run(Scene scene)
    {
        // One on disk stops now and then to save all of its tables, in the midst of whichever is being measured.
        await using var azurite = await AzuriteProcess.Start(new("") { IsInMemory = true }, CancellationToken.None);
        return Result(scene.Scale.SubmittedRows, await Measure(azurite, scene.Scale.Runs, scene.Scale.SubmittedRows));
    }

    /// <summary>Each run on a store of its own, which is made before any is measured.</summary>
    private static async Task<IReadOnlyList<Measurement>> Measure(AzuriteProcess azurite, int runs, int count)
    {
        var payload = GeneratedPayload.Casualties(count);
        var apps = new List<SubmittingApp>();
        for (var run = 0; run <= Compare.Rounds(runs); run++)
        {
            apps.Add(await SubmittingApp.Start(azurite, run));
        }

        await apps[0].Submit(payload);
        var rows = await apps[0].Newest();
        Require(rows.Count == count, "not all rows were stored.");
        var (ours, others) = (new Queue<SubmittingApp>(apps.Skip(1)), new Queue<SubmittingApp>(apps.Skip(1)));
        var measured = await Compare.InTurns(runs, () => Submitted(ours.Dequeue(), payload, count), () => Write(others.Dequeue().Bare, rows));
        foreach (var app in apps)
        {
            await app.DisposeAsync();
        }

        return measured;
    }

    private static async Task<long> Submitted(SubmittingApp app, byte[] payload, int count)
    {
        await app.Submit(payload);
        return count;
    }

    private static IReadOnlyList<RowResult> Result(int count, IReadOnlyList<Measurement> measured)
    {
        var ratio = measured[0].FasterThan(measured[1]);
        return
        [
            new($"a CSV submission of {count:N0} rows until its report; the other is bare transactions of the same entities",
                PerSecond(measured[0]), PerSecond(measured[1]), ratio)
            {
                Targets = [new($"≥ {LeastRatio} × the transactions", ratio >= LeastRatio)],
            },
        ];
    }

    /// <summary>The same keys and properties, one transaction after the other, as a loop over the client library does it.</summary>
    private static async Task<long> Write(TableClient table, IReadOnlyList<Revision> rows)
    {
        const int OfPartition = RevisionTable.RowsPerPartition / RevisionLimits.MostTransactionRows;
        var submission = Guid.NewGuid().ToString("N");
        foreach (var (chunk, hundred) in rows.Chunk(RevisionLimits.MostTransactionRows).Index())
        {
            var partition = RevisionTable.Partition(submission, 1, chunk / OfPartition);
            var entities = hundred.Select((row, index) => RevisionEntity.Write(partition, (chunk * RevisionLimits.MostTransactionRows) + index, row));
            await table.SubmitTransactionAsync(entities.Select(entity => new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity)));
        }

        return rows.Count;
    }

    private static string PerSecond(Measurement measured) => string.Create(CultureInfo.InvariantCulture, $"{measured.UnitsPerSecond:N0} rows/s");
}
