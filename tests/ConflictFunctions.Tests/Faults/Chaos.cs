using ConflictData.Tests.Faults;

namespace ConflictFunctions.Tests.Faults;

/// <summary>Harms the requests of an instance by chance, and lets it die from time to time in the middle of one.</summary>
/// <param name="seed">The same seed makes the same choices in the same order of requests.</param>
/// <param name="serves">True while the instance serves: one that is starting is harmed, but lives.</param>
/// <param name="kill">Ends the instance with no chance to clean up.</param>
internal sealed class Chaos(int seed, Func<bool> serves, Action kill)
{
    private const int Resets = 10, Drops = 20, Cuts = 5, Delays = 30, OutOf = 1000;
    private const int LongestDelay = 60;
    private const int ShortestLife = 150, LongestLife = 500;

    private readonly Lock gate = new();
    private readonly Random chance = new(seed);
    private int life = LongestLife;
    private bool calm;

    /// <summary>From now on nothing is harmed.</summary>
    public void End()
    {
        lock (gate)
        {
            calm = true;
        }
    }

    public async ValueTask<Fault> Judge(StorageRequest request, Moment moment)
    {
        var (fault, delay, dies) = Draw(moment);
        if (dies)
        {
            kill();
        }

        if (delay > 0)
        {
            // Slowness is a fault, too.
            await Task.Delay(delay);
        }

        return fault;
    }

    private (Fault Fault, int Delay, bool Dies) Draw(Moment moment)
    {
        lock (gate)
        {
            if (calm)
            {
                return default;
            }

            var (dice, delay) = (chance.Next(OutOf), chance.Next(OutOf) < Delays ? chance.Next(LongestDelay) : 0);
            var fault = moment == Moment.Arrived
                ? dice < Resets ? Fault.Reset : Fault.None
                : dice < Drops ? Fault.DropAnswer : dice < Drops + Cuts ? Fault.CutAnswer : Fault.None;
            if (!serves() || --life > 0)
            {
                return (fault, delay, false);
            }

            life = chance.Next(ShortestLife, LongestLife);
            return (moment == Moment.Arrived ? Fault.Reset : Fault.DropAnswer, 0, true);
        }
    }
}
