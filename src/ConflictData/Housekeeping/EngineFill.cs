using ConflictData.Api;
using ConflictData.Query;
using Microsoft.Extensions.Logging;

namespace ConflictData.Housekeeping;

/// <summary>Warns in each round where the engine is so full that large submissions will soon be refused; an alert looks for that line.</summary>
public sealed class EngineFill(Engine engine, ILogger<EngineFill> log) : IHousekeepingPart
{
    private const double Much = 0.8;

    public Task Run(CancellationToken cancellation)
    {
        var room = engine.Room;
        if (room.Share > Much)
        {
            log.EngineFilling(room.Held / 1_000_000, room.Limit / 1_000_000);
        }

        return Task.CompletedTask;
    }
}
