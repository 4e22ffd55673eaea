using ConflictData.Api;
using Microsoft.Extensions.Logging;

namespace ConflictData.Housekeeping;

/// <summary>Does all parts of housekeeping, one after the other. One that fails is logged and does not keep the others from theirs.</summary>
public sealed class HousekeepingRound(IEnumerable<IHousekeepingPart> parts, ILogger<HousekeepingRound> log)
{
    public async Task Run(CancellationToken cancellation)
    {
        foreach (var part in parts)
        {
            try
            {
                await part.Run(cancellation);
            }
            catch (Exception problem) when (!cancellation.IsCancellationRequested)
            {
                log.HousekeepingFailed(problem, part.GetType().Name);
            }
        }
    }
}
