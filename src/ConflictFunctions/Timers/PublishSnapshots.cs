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
        if (await snapshots.PublishNewest(cancellation) is { } error)
        {
            throw new InvalidOperationException($"The newest release could not be published; it is tried again in the next round. {error.Detail}");
        }
    }
}
