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
public sealed class Readiness
{
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

    private void Set(Part part, string state)
    {
        lock (guard)
        {
            states[part] = state;
        }
    }
}
