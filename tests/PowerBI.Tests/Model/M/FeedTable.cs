using System.Text.RegularExpressions;

namespace PowerBI.Tests.Model.M;

/// <summary>What a query asks the feed for: a set and some of its columns. The engine folds both into the address.</summary>
/// <param name="Set">The entity set.</param>
/// <param name="Columns">The columns by their names in the feed.</param>
internal sealed partial record FeedTable(string Set, IReadOnlyList<string> Columns)
{
    /// <summary>What the engine asks for, below the root of the release.</summary>
    public string Address => $"{Set}?$select={string.Join("%2C", Columns)}";

    /// <summary>What a query asks for; null where it does not open the feed.</summary>
    public static FeedTable? Of(string m)
    {
        if (!m.Contains("OData.Feed", StringComparison.Ordinal))
        {
            return null;
        }

        var (set, columns) = (Rows().Match(m), Select().Match(m));
        return set.Success && columns.Success
            ? new(set.Groups["set"].Value, List(columns.Groups["columns"].Value))
            : throw new FormatException("The query does not select columns of a set by their names.");
    }

    /// <summary>The columns that later steps make, each with the type that they give it.</summary>
    public static IReadOnlyDictionary<string, string> Added(string m) =>
        Adds().Matches(m).ToDictionary(step => step.Groups["column"].Value, step => step.Groups["type"].Value.Trim());

    /// <summary>The columns that later steps give another type, each with that type.</summary>
    public static IReadOnlyDictionary<string, string> Retyped(string m)
    {
        var listed = ListType().Match(m) is { Success: true } transform
            ? List(Criteria().Match(m).Groups["columns"].Value).ToDictionary(column => column, _ => transform.Groups["type"].Value.Trim())
            : [];
        if (Transforms().Match(m) is { Success: true } single)
        {
            listed[single.Groups["column"].Value] = single.Groups["type"].Value.Trim();
        }

        return listed;
    }

    public static IReadOnlyList<string> Removed(string m) => Removes().Match(m) is { Success: true } step ? List(step.Groups["columns"].Value) : [];

    private static List<string> List(string text) => [.. text.Split(',').Select(item => item.Trim().Trim('"'))];

    [GeneratedRegex("""Source\{\[Name = "(?<set>\w+)", Signature = "table"\]\}\[Data\]""")]
    private static partial Regex Rows();

    [GeneratedRegex("""Table\.SelectColumns\(Rows, \{(?<columns>[^}]+)\}\)""")]
    private static partial Regex Select();

    [GeneratedRegex("""Table\.AddColumn\(\w+, "(?<column>\w+)", each .+, (?<type>[^,()]+)\)""")]
    private static partial Regex Adds();

    [GeneratedRegex("""Criteria = \{(?<columns>[^}]+)\}""")]
    private static partial Regex Criteria();

    [GeneratedRegex("""List\.Transform\(Criteria, each \{_, \w+, (?<type>[^}]+)\}\)""")]
    private static partial Regex ListType();

    [GeneratedRegex("""Table\.TransformColumns\(\w+, \{\{"(?<column>\w+)", each .+, (?<type>[^,}]+)\}\}\)""")]
    private static partial Regex Transforms();

    [GeneratedRegex("""Table\.RemoveColumns\(\w+, \{(?<columns>[^}]+)\}\)""")]
    private static partial Regex Removes();
}
