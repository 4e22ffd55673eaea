using System.Text.Json.Nodes;
using PowerBI.Tests.Model;
using static PowerBI.Tests.Report.JsonReading;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Every field that the report names is one of the model, and what a visual calls it agrees with it: queries, sorts, selectors, filters.</summary>
internal static class Fields
{
    public static IEnumerable<string> Find(PowerBiProject project) =>
    [
        .. Pieces(project.Report).SelectMany(piece => Named(project.Model, piece.Place, piece.Json)),
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

    private static IEnumerable<string> Named(SemanticModel model, string place, JsonNode json) =>
    [
        .. FieldReference.In(json).Distinct().SelectMany(field => Missing(model, place, field)),
        .. If(json.ToJsonString().Contains("\"Aggregation\":", StringComparison.Ordinal), $"{place} adds a column up without a measure"),
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
        var shown = visual.Projections.Select(entry => (entry.Projection, Field: FieldReference.Of(entry.Projection["field"]!))).ToList();
        return
        [
            .. from entry in shown
               where entry.Projection.Text("queryRef") != entry.Field.QueryRef
               select $"{visual.Place} calls {entry.Field} {entry.Projection["queryRef"]}",
            .. from entry in shown
               where entry.Projection.Text("nativeQueryRef") != entry.Field.Name
               select $"{visual.Place} has the native name {entry.Projection["nativeQueryRef"]} for {entry.Field}",
            .. from heading in shown.GroupBy(entry => ReportVisual.Heading(entry.Projection))
               where visual.Type == "tableEx" && heading.Count() > 1
               select $"{visual.Place} has {heading.Count()} columns headed {heading.Key}",
            .. from sort in visual.Json["visual"]!["query"]?["sortDefinition"]?.Items("sort") ?? []
               let field = FieldReference.Of(sort["field"]!)
               where shown.All(entry => entry.Field != field)
               select $"{visual.Place} is sorted by {field}, which it does not show",
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
        var name = filter.Text("name");
        var field = FieldReference.Of(filter["field"]!);
        return
        [
            .. If(filter["filter"] is null, $"{place} has the filter {name} without a condition"),
            .. If(field.IsMeasure && filter.Text("type") != "Advanced", $"{place} has the filter {name} on a measure that is not advanced"),
            .. from other in FieldReference.In(filter["filter"])
               where other != field
               select $"{place} has the filter {name} on {field} that asks for {other}",
        ];
    }
}
