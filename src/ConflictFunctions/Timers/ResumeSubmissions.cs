using ConflictData.Startup;
using ConflictData.Submissions;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Timers;

/// <summary>Every minute finishes the long submissions whose instance was stopped; one that is being worked on is left alone.</summary>
public sealed class ResumeSubmissions(LongSubmissions submissions, Readiness readiness)
{
    [Function("ResumeSubmissions")]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await readiness.WhenReady(cancellation);
        await submissions.Resume(cancellation);
    }
}
