using ConflictData.Housekeeping;
using ConflictData.Startup;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Timers;

/// <summary>Every half hour: removes what was left behind, makes checkpoints, forgets keys that have expired.</summary>
public sealed class Housekeeping(HousekeepingRound round, Readiness readiness)
{
    [Function("Housekeeping")]
    public async Task Run([TimerTrigger("0 12,42 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await readiness.WhenReady(cancellation);
        await round.Run(cancellation);
    }
}
