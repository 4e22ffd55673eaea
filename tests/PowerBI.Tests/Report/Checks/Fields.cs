using System.Text.Json.Nodes;
using PowerBI.Tests.Model;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Every field that the report names is one of the model, and what a visual calls it agrees with it: queries, sorts, selectors, filters.</summary>
internal static class Fields
{
    public static IEnumerable<string> Find(PowerBiProject project) =>
    [
        .. Pieces(project.Report).SelectMany(piece => FieldReference.In(piece.Json).Distinct().SelectMany(field => Missing(project.Model, piece.Place, field))),
        .. Pieces(project.Report).Where(piece => piece.Json.ToJsonString().Contains("\"Aggregation\":", StringComparison.Ordinal)).Select(piece => $"{piece.Place} adds a column up without a measure"),
        .. project.Report.Visuals.SelectMany(Queries),
        .. project.Report.Visuals.SelectMany(Selectors),
        .. project.Report.Visuals.SelectMany(visual => visual.Filters.SelectMany(filter => Filter(visual.Place, filter))),
    ];

    /// <summary>Everything that may name a field.</summary>
    private static IEnumerable<(string Place, JsonNode Json)> Pieces(ReportDefinition report) =>
    [
        ("report", report.Report),
        .. report.Pages.Select(page => (page.Folder, page.Json)),
        .. report.Visuals.Select(visual => (visual.Place, visual.Json)),
        .. report.Visuals.Where(visual => visual.Mobile is not null).Select(visual => (visual.Place, visual.Mobile!)),
        .. report.Bookmarks.Select(bookmark => (bookmark.Name, bookmark.Json)),
    ];

    /// <summary>Names are compared to the letter, as a query does not but a reader of the report would.</summary>
    private static IEnumerable<string> Missing(SemanticModel model, string place, FieldReference field)
    {
        var table = model.Tables.FirstOrDefault(table => table.Name == field.Table);
        bool? hidden = field.IsMeasure
            ? table?.Measures.FirstOrDefault(measure => measure.Name == field.Name)?.IsHidden
            : table?.Columns.FirstOrDefault(column => column.Name == field.Name)?.IsHidden;
        return hidden switch
        {
            null => [$"{place} names the {field}, which the model does not have"],
            true => [$"{place} names the {field}, which the model hides"],
            false => [],
        };
    }

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
