namespace Benchmarks.Data;

/// <summary>The ids that generated rows refer to. All are invented; their lengths are those of curated data.</summary>
internal static class Names
{
    private static readonly string[] Landscapes =
    [
        "salt-flats", "old-bridge", "north-valley", "mill", "upper-fields", "cedar-hill", "east-canal", "quarry", "long-ridge", "two-wells",
        "red-slope", "river-bend", "palm-grove", "south-gate", "high-plateau", "dry-lake", "stone-market", "lower-ford", "west-road", "the-pass",
    ];

    private static readonly string[] ActorKinds =
        ["armedGroup", "state", "administration", "population", "agency", "media", "interviewees", "coalition", "person", "other"];

    /// <summary>1,000 places: two countries, 18 governorates in them, 180 districts in those, 800 towns in those.</summary>
    public static string[] Places { get; } = [.. Enumerable.Range(0, 1_000).Select(n => $"{Landscapes[n % Landscapes.Length]}-{n:D3}")];

    /// <summary>50 actors, five of each kind.</summary>
    public static string[] Actors { get; } = [.. Enumerable.Range(0, 50).Select(n => $"{ActorKind(n).ToLowerInvariant()}-{n:D2}")];

    public static string[] Events { get; } = [.. Enumerable.Range(0, 60).Select(n => $"operation-{Landscapes[n % Landscapes.Length]}-{2014 + (n % 8)}-{n:D2}")];

    /// <summary>28 zones, four of each kind.</summary>
    public static string[] Zones { get; } = [.. Enumerable.Range(0, 28).Select(n => $"{Landscapes[n % Landscapes.Length]}-zone-{n:D2}")];

    public static string[] Sources { get; } = [.. Enumerable.Range(0, 40).Select(n => $"report-{2014 + (n % 8)}-{n:D2}")];

    /// <summary>Whose combatants die, and who is said to have done it.</summary>
    public static string[] Fighters { get; } = ActorsOf("armedGroup", "state", "administration", "coalition");

    public static string[] Peoples { get; } = ActorsOf("population");

    /// <summary>Who says so.</summary>
    public static string[] Claimants { get; } = ActorsOf("agency", "media", "interviewees", "administration", "state");

    public static string ActorKind(int actor) => ActorKinds[actor % ActorKinds.Length];

    /// <summary>The place that a place lies in; null for a country.</summary>
    public static int? ParentOf(int place) => place switch
    {
        < 2 => null,
        < 20 => place % 2,
        < 200 => 2 + (place % 18),
        _ => 20 + (place % 180),
    };

    private static string[] ActorsOf(params string[] kinds) =>
        [.. Actors.Where((_, actor) => kinds.Contains(ActorKind(actor)))];
}
