using System.Globalization;
using System.Reflection;

namespace ConflictData.Tests.OData.Conformance;

/// <summary>Marks the test of one line of a conformance level.</summary>
/// <param name="number">The line's number in its level.</param>
/// <param name="asks">What it asks, with its MUST, SHOULD or MAY.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LineAttribute(string number, string asks) : Attribute
{
    public string Number => number;

    public string Asks => asks;

    /// <summary>Why this service does not do what the line asks; the test shows what it does instead. Null where it does.</summary>
    public string? Fails { get; init; }

    /// <summary>Why the line has no object here; the test shows that. Null where it has one.</summary>
    public string? NotHere { get; init; }
}

/// <summary>A line with its test.</summary>
internal sealed record Line(string Level, LineAttribute Text, string Test)
{
    /// <summary>Every line, level by level, in the order of the numbers.</summary>
    public static IReadOnlyList<Line> All { get; } =
    [
        .. new[] { typeof(Minimal40), typeof(Intermediate40), typeof(Advanced40), typeof(Minimal401), typeof(Intermediate401), typeof(Advanced401) }.SelectMany(Of),
    ];

    public bool IsMet => Text.Fails is null;

    public bool IsMust => Text.Asks.StartsWith("MUST", StringComparison.Ordinal);

    public static IEnumerable<Line> OfLevel(string level) => All.Where(line => line.Level == level);

    /// <summary>The name of a level, as its class is named: Minimal401 is 4.01 Minimal.</summary>
    private static string LevelOf(Type type)
    {
        var version = type.Name.IndexOf('4', StringComparison.Ordinal);
        return $"{type.Name[version..].Insert(1, ".")} {type.Name[..version]}";
    }

    private static IEnumerable<Line> Of(Type type) =>
        from method in type.GetMethods()
        let line = method.GetCustomAttribute<LineAttribute>()
        where line is not null
        let numbers = line.Number.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray()
        orderby numbers[0], numbers.Length > 1 ? numbers[1] : 0
        select new Line(LevelOf(type), line, $"{type.Name}.{method.Name}");
}
