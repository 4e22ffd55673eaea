using ConflictData.Startup;
using ConflictData.Submissions;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Timers;

/// <summary>Every minute loads what lies in container inbox.</summary>
public sealed class IngestInbox(InboxRound inbox, Readiness readiness)
{
    [Function("IngestInbox")]
    public async Task Run([TimerTrigger("20 * * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await readiness.WhenReady(cancellation);
        await inbox.Run(cancellation);
    }
}
