using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace ConflictData.Query;

/// <summary>Work that is done as soon as this instance has committed, beside whoever waits for the answer. What it cannot do is for a timer.</summary>
internal abstract class AfterCommit(ReleaseFollower follower) : BackgroundService
{
    /// <summary>False where a commit is none of its business. Nobody may keep this waiting.</summary>
    protected virtual bool IsDue() => true;

    protected abstract Task Work(CancellationToken cancellation);

    /// <summary>Says that the work could not be done.</summary>
    protected abstract void PutOff(Exception problem);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // However many commits come during a round, one more is enough for all of them.
        var committed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Note() => _ = IsDue() && committed.Writer.TryWrite(true);
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
            await Work(stopping);
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            PutOff(problem);
        }
    }
}
