namespace ConflictData.Startup;

/// <summary>The parts that must stand before the app can answer everything.</summary>
public enum Part
{
    /// <summary>Tables and containers exist and answer.</summary>
    Storage,

    /// <summary>The newest release is loaded.</summary>
    Engine,

    /// <summary>Where the bundled sample is asked for: it, or other data, is there.</summary>
    Sample,

    /// <summary>Where the bundled sample is asked for: a release is published.</summary>
    Snapshot,
}

/// <summary>Which parts stand.</summary>
public sealed class Readiness(TimeProvider? clock = null)
{
    /// <summary>How long a timer waits for all of them: longer than any start that goes well, shorter than a timer may run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TaskCompletionSource allStand = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock guard = new();
    private readonly Dictionary<Part, string> states = Enum.GetValues<Part>().ToDictionary(part => part, _ => Starting);

    private const string Starting = "starting";
    private const string Ready = "ready";

    public bool IsReady
    {
        get
        {
            lock (guard)
            {
                return states.Values.All(state => state == Ready);
            }
        }
    }

    /// <summary>Each part's state: "starting", "ready", or what is in the way.</summary>
    public IReadOnlyDictionary<Part, string> States
    {
        get
        {
            lock (guard)
            {
                return new Dictionary<Part, string>(states);
            }
        }
    }

    public void Stands(Part part) => Set(part, Ready);

    public void Fails(Part part, string why) => Set(part, why);

    /// <summary>
    /// Waits until every part stands. In Azure each timer has instances of its own, started for its turn: one that let its turn go by until
    /// the instance is ready would never run.
    /// </summary>
    /// <exception cref="TimeoutException">They do not stand for minutes: the turn has failed, and the log shall say so.</exception>
    public Task WhenReady(CancellationToken cancellation) => allStand.Task.WaitAsync(Patience, clock ?? TimeProvider.System, cancellation);

    private void Set(Part part, string state)
    {
        lock (guard)
        {
            states[part] = state;
        }

        if (IsReady)
        {
            allStand.TrySetResult();
        }
    }
}
