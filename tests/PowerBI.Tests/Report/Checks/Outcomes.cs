using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report.Checks;

/// <summary>No number adds two outcomes: whoever shows the total of the outcome that is chosen stands where exactly one is.</summary>
internal static class Outcomes
{
    private static readonly string[] OfChosen = ["total", "low", "best", "high", "about", "unnumbered", "spread", "open"];

    /// <summary>Tables whose totals are of one outcome, and the outcome that a page opens with.</summary>
    private static readonly (string Table, string Default)[] Tables = [("Casualties", "killed"), ("Arrests", "arrested")];

    public static IEnumerable<string> Find(PowerBiProject project) =>
        from page in project.Report.Pages
        where page.Kind != "Tooltip"
        from table in Tables
        from finding in In(page, table.Table, table.Default)
        select finding;

    private static IEnumerable<string> In(ReportPage page, string table, string first)
    {
        var slicer = page.Visuals.FirstOrDefault(visual => visual.Type == "slicer" && Fields(visual).Contains(new(false, table, "Outcome")));
        return
        [
            .. slicer is null ? Array.Empty<string>() : Single(slicer, first),
            .. page.Visuals.Where(visual => Fields(visual).Any(field => IsOfChosen(field, table)) && !IsOfOne(visual, table) && (slicer is null || Ignores(page, slicer, visual)))
                .Select(visual => $"{visual.Place} may add outcomes of {table}"),
        ];
    }

    private static IEnumerable<string> Single(ReportVisual slicer, string first)
    {
        if (ReportVisual.Literal(slicer.Object("selection", "strictSingleSelect")) != "true")
        {
            yield return $"{slicer.Place} lets two outcomes be chosen";
        }
        if (Chosen(slicer.Object("general", "filter")?["filter"]) is not [var one] || one != first)
        {
            yield return $"{slicer.Place} does not open with {first}";
        }
    }

    private static bool IsOfChosen(FieldReference field, string table) =>
        field.IsMeasure && field.Table == table && OfChosen.Any(end => field.Name == $"{table} {end}");

    /// <summary>A column of the visual itself divides by outcome, or a filter of its own leaves one.</summary>
    private static bool IsOfOne(ReportVisual visual, string table) =>
        visual.Projections.Any(entry => entry.Role is "Category" or "Rows" or "Columns" or "Series" or "Values" && FieldReference.Of(entry.Projection["field"]!) == new FieldReference(false, table, "Outcome"))
        || visual.Filters.Any(filter => FieldReference.Of(filter["field"]!) == new FieldReference(false, table, "Outcome") && Chosen(filter["filter"]).Count == 1);

    private static bool Ignores(ReportPage page, ReportVisual slicer, ReportVisual visual) =>
        (page.Json["visualInteractions"]?.AsArray() ?? []).Any(entry =>
            entry!["source"]!.GetValue<string>() == slicer.Name && entry["target"]!.GetValue<string>() == visual.Name && entry["type"]!.GetValue<string>() == "NoFilter");

    private static List<string?> Chosen(JsonNode? filter) =>
        [.. (filter?["Where"]?[0]?["Condition"]?["In"]?["Values"]?.AsArray() ?? []).Select(value => value![0]!["Literal"]!["Value"]!.GetValue<string>().Trim('\''))];

    private static IEnumerable<FieldReference> Fields(ReportVisual visual) => visual.Projections.Select(entry => FieldReference.Of(entry.Projection["field"]!));
}
