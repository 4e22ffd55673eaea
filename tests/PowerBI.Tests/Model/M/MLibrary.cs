namespace PowerBI.Tests.Model.M;

/// <summary>The names of the standard library of M that the queries use, with the least and the most arguments; null for what is no function.</summary>
internal static class MLibrary
{
    public static readonly IReadOnlyDictionary<string, int[]?> Names = new Dictionary<string, int[]?>
    {
        ["Date.AddDays"] = [2, 2],
        ["Date.Day"] = [1, 1],
        ["Date.EndOfMonth"] = [1, 1],
        ["Date.EndOfYear"] = [1, 1],
        ["Date.Month"] = [1, 1],
        ["Date.QuarterOfYear"] = [1, 1],
        ["Date.StartOfMonth"] = [1, 1],
        ["Date.StartOfYear"] = [1, 1],
        ["Date.ToText"] = [1, 3],
        ["Date.Year"] = [1, 1],
        ["DateTimeZone.RemoveZone"] = [1, 1],
        ["DateTimeZone.ToUtc"] = [1, 1],
        ["Duration.Days"] = [1, 1],
        ["Int64.Type"] = null,
        ["List.Combine"] = [1, 1],
        ["List.Dates"] = [3, 3],
        ["List.Distinct"] = [1, 2],
        ["List.Max"] = [1, 4],
        ["List.Min"] = [1, 4],
        ["List.PositionOf"] = [2, 4],
        ["List.RemoveNulls"] = [1, 1],
        ["List.Select"] = [2, 2],
        ["List.Sort"] = [1, 2],
        ["List.Transform"] = [2, 2],
        ["Number.ToText"] = [1, 3],
        ["OData.Feed"] = [1, 3],
        ["Order.Ascending"] = null,
        ["Order.Descending"] = null,
        ["Table.AddColumn"] = [3, 4],
        ["Table.Buffer"] = [1, 2],
        ["Table.FirstN"] = [2, 2],
        ["Table.RemoveColumns"] = [2, 3],
        ["Table.SelectColumns"] = [2, 3],
        ["Table.SelectRows"] = [2, 2],
        ["Table.Sort"] = [2, 2],
        ["Table.TransformColumns"] = [2, 4],
        ["Text.From"] = [1, 2],
    };
}
