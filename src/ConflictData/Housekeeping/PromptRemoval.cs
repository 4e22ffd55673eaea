using ConflictData.Api;
using ConflictData.Query;
using Microsoft.Extensions.Logging;

namespace ConflictData.Housekeeping;

/// <summary>Removes what was redacted as soon as this instance has committed it.</summary>
internal sealed class PromptRemoval(ReleaseFollower follower, Engine engine, RedactedTexts texts, ILogger<PromptRemoval> log) : AfterCommit(follower)
{
    private int known;

    protected override bool IsDue()
    {
        var redactions = engine.History.Redactions.All.Count;
        return Interlocked.Exchange(ref known, redactions) < redactions;
    }

    protected override Task Work(CancellationToken cancellation) => texts.Run(cancellation);

    protected override void PutOff(Exception problem) => log.RedactionPutOff(problem);
}
