using System.Text.Json.Nodes;
using ConflictData.Datasets.Counts;
using ConflictData.Tests.OData;

namespace ConflictData.Tests.Views;

/// <summary>Totals by outcome, added here from the rows of an answer.</summary>
internal static class Totals
{
    /// <summary>Of records with counts, as "killed 31+".</summary>
    public static IReadOnlyList<string> OfRows(Reply reply, string? outcome) =>
        Show(Rows(reply).GroupBy(row => outcome is null ? "attacks" : (string)row[outcome]!, row => Total.Of(new Count(Number(row, "Low"), Number(row, "Best"), Number(row, "High")))));

    /// <summary>Of rows that are totals themselves.</summary>
    public static IReadOnlyList<string> OfGroups(Reply reply) => Show(Rows(reply).GroupBy(row => (string)row["Outcome"]!, OfGroup));

    /// <summary>A total with those columns, rebuilt from claims that have it.</summary>
    public static Total OfGroup(JsonObject row)
    {
        var bounded = Number(row, "Low") is { } low ? Total.Of(Number(row, "Best") is { } best ? new Count(low, best, Number(row, "High")) : new Count(low, null, Number(row, "High"))) : Total.Nothing;
        var about = Number(row, "About") is { } n ? Total.Of(new Count(null, n, null)) : Total.Nothing;
        return bounded + about + Total.Of(Enumerable.Repeat(default(Count), (int)Number(row, "Unnumbered")!));
    }

    private static IReadOnlyList<string> Show(IEnumerable<IGrouping<string, Total>> groups) =>
        [.. groups.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Aggregate((sum, next) => sum + next).Label}")];

    private static IEnumerable<JsonObject> Rows(Reply reply) => reply.Json["value"]!.AsArray().Select(row => row!.AsObject());

    private static long? Number(JsonObject row, string name) => (long?)row[name];
}
