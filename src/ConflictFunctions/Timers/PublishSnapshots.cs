using ConflictData.Snapshots;
using ConflictData.Startup;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Timers;

/// <summary>Publishes the newest release every five minutes; a release that is published is left alone.</summary>
public sealed class PublishSnapshots(SnapshotService snapshots, Readiness readiness)
{
    [Function("PublishSnapshots")]
    public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await readiness.WhenReady(cancellation);
        await snapshots.PublishNewest(cancellation);
    }
}
