using System.Threading.Channels;
using ConflictData.Api;
using ConflictData.Query;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConflictData.Webhooks;

/// <summary>Runs a round as soon as this instance has committed, beside whoever waits for the answer. What it cannot do is for the timer.</summary>
internal sealed class PromptNotices(ReleaseFollower follower, NoticeRound round, ILogger<PromptNotices> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // However many commits come during a round, one more is enough for all of them.
        var committed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Note() => committed.Writer.TryWrite(true);
        follower.Committed += Note;
        try
        {
            await foreach (var _ in committed.Reader.ReadAllAsync(stoppingToken))
            {
                await Run(stoppingToken);
            }
        }
        finally
        {
            follower.Committed -= Note;
        }
    }

    private async Task Run(CancellationToken stopping)
    {
        try
        {
            await round.Run(stopping);
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            log.NoticesPutOff(problem);
        }
    }
}
