using ConflictData.Startup;
using ConflictData.Webhooks;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Timers;

/// <summary>Every minute tells webhooks of the releases that they do not know yet: what was committed elsewhere, and what failed before.</summary>
public sealed class SendNotices(NoticeRound notices, Readiness readiness)
{
    [Function("SendNotices")]
    public async Task Run([TimerTrigger("40 * * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await readiness.WhenReady(cancellation);
        await notices.Run(cancellation);
    }
}
