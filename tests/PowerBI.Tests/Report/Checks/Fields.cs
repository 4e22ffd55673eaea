using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report.Checks;

/// <summary>What a visual calls a field agrees with the field: queries, sorts, selectors and filters.</summary>
internal static class Fields
{
    public static IEnumerable<string> Find(PowerBiProject project) =>
        [.. project.Report.Visuals.SelectMany(Queries), .. project.Report.Visuals.SelectMany(Selectors), .. project.Report.Visuals.SelectMany(visual => visual.Filters.SelectMany(filter => Filter(visual.Place, filter)))];

    private static IEnumerable<string> Queries(ReportVisual visual)
    {
        var projections = visual.Projections.Select(entry => entry.Projection).ToList();
        var fields = projections.Select(projection => FieldReference.Of(projection["field"]!)).ToHashSet();
        return
        [
            .. projections.Where(projection => projection["queryRef"]!.GetValue<string>() != FieldReference.Of(projection["field"]!).QueryRef).Select(projection => $"{visual.Place} calls {FieldReference.Of(projection["field"]!)} {projection["queryRef"]}"),
            .. projections.Where(projection => projection["nativeQueryRef"]!.GetValue<string>() != FieldReference.Of(projection["field"]!).Name).Select(projection => $"{visual.Place} has the native name {projection["nativeQueryRef"]} for {FieldReference.Of(projection["field"]!)}"),
            .. projections.GroupBy(projection => (projection["displayName"] ?? projection["nativeQueryRef"])!.GetValue<string>()).Where(group => group.Count() > 1 && visual.Type != "columnChart" && visual.Type != "barChart").Select(group => $"{visual.Place} has {group.Count()} columns headed {group.Key}"),
            .. (visual.Json["visual"]!["query"]?["sortDefinition"]?["sort"]?.AsArray() ?? []).Select(sort => FieldReference.Of(sort!["field"]!)).Where(field => !fields.Contains(field)).Select(field => $"{visual.Place} is sorted by {field}, which it does not show"),
        ];
    }

    /// <summary>A colour or label of one series is found by the series' name in the query.</summary>
    private static IEnumerable<string> Selectors(ReportVisual visual)
    {
        var names = visual.Projections.Select(entry => entry.Projection["queryRef"]!.GetValue<string>()).ToHashSet();
        return from entries in visual.Json["visual"]!["objects"]?.AsObject() ?? []
               from entry in entries.Value!.AsArray()
               let series = entry!["selector"]?["metadata"]?.GetValue<string>()
               where series is not null && !names.Contains(series)
               select $"{visual.Place} formats {series} in {entries.Key}, which it does not show";
    }

    private static IEnumerable<string> Filter(string place, JsonNode filter)
    {
        var name = filter["name"]!.GetValue<string>();
        var field = FieldReference.Of(filter["field"]!);
        if (filter["filter"] is not { } condition)
        {
            yield return $"{place} has the filter {name} without a condition";
            yield break;
        }
        foreach (var other in FieldReference.In(condition).Where(other => other != field))
        {
            yield return $"{place} has the filter {name} on {field} that asks for {other}";
        }
        if (field.IsMeasure && filter["type"]!.GetValue<string>() != "Advanced")
        {
            yield return $"{place} has the filter {name} on a measure that is not advanced";
        }
    }
}
