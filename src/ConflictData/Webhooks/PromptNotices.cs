using ConflictData.Api;
using ConflictData.Query;
using Microsoft.Extensions.Logging;

namespace ConflictData.Webhooks;

/// <summary>Tells webhooks of a release as soon as this instance has committed it.</summary>
internal sealed class PromptNotices(ReleaseFollower follower, NoticeRound round, ILogger<PromptNotices> log) : AfterCommit(follower)
{
    protected override Task Work(CancellationToken cancellation) => round.Run(cancellation);

    protected override void PutOff(Exception problem) => log.NoticesPutOff(problem);
}
