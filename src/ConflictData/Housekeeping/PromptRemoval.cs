using System.Threading.Channels;
using ConflictData.Api;
using ConflictData.Query;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConflictData.Housekeeping;

/// <summary>Removes what was redacted as soon as this instance has committed it, beside whoever waits for the answer. What it cannot do is for the timer.</summary>
internal sealed class PromptRemoval(ReleaseFollower follower, Engine engine, RedactedTexts texts, ILogger<PromptRemoval> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var committed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var known = 0;
        void Note()
        {
            var redactions = engine.History.Redactions.All.Count;
            if (Interlocked.Exchange(ref known, redactions) < redactions)
            {
                committed.Writer.TryWrite(true);
            }
        }

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
            await texts.Run(stopping);
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            log.RedactionPutOff(problem);
        }
    }
}
