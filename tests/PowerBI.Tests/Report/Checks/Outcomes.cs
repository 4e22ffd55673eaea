using System.Text.Json.Nodes;
using static PowerBI.Tests.Report.JsonReading;

namespace PowerBI.Tests.Report.Checks;

/// <summary>No number adds two outcomes: whoever shows the total of the outcome that is chosen stands where exactly one is.</summary>
internal static class Outcomes
{
    private static readonly string[] OfChosen = ["total", "low", "best", "high", "about", "unnumbered", "spread", "open"];

    /// <summary>Tables whose totals are of one outcome, and the outcome that a page opens with.</summary>
    private static readonly (string Table, string First)[] Tables = [("Casualties", "killed"), ("Arrests", "arrested")];

    /// <summary>A tooltip shows what is pointed at, and so is of the outcome that the visual it belongs to is of.</summary>
    public static IEnumerable<string> Find(PowerBiProject project) =>
        from page in project.Report.Pages
        where page.Kind != "Tooltip"
        from table in Tables
        from finding in In(page, table.Table, table.First)
        select finding;

    private static IEnumerable<string> In(ReportPage page, string table, string first)
    {
        var outcome = new FieldReference(false, table, "Outcome");
        var slicer = page.Visuals.FirstOrDefault(visual => visual.Type == "slicer" && visual.Fields.Contains(outcome));
        return
        [
            .. slicer is null ? [] : Single(slicer, first),
            .. from visual in page.Visuals
               where visual.Fields.Any(field => IsOfChosen(field, table))
               where !IsOfOne(visual, outcome) && (slicer is null || Ignores(page, slicer, visual))
               select $"{visual.Place} may add outcomes of {table}",
        ];
    }

    private static IEnumerable<string> Single(ReportVisual slicer, string first) =>
    [
        .. If(ReportVisual.Literal(slicer.Object("selection", "strictSingleSelect")) != "true", $"{slicer.Place} lets two outcomes be chosen"),
        .. If(!Chosen(slicer.Object("general", "filter")?["filter"]).SequenceEqual([first]), $"{slicer.Place} does not open with {first}"),
    ];

    private static bool IsOfChosen(FieldReference field, string table) =>
        field.IsMeasure && field.Table == table && OfChosen.Any(end => field.Name == $"{table} {end}");

    /// <summary>A column of the visual itself divides by outcome, or a filter of its own leaves one.</summary>
    private static bool IsOfOne(ReportVisual visual, FieldReference outcome) =>
        visual.Fields.Contains(outcome) || visual.Filters.Any(filter => FieldReference.Of(filter["field"]!) == outcome && Chosen(filter["filter"]).Count() == 1);

    private static bool Ignores(ReportPage page, ReportVisual slicer, ReportVisual visual) =>
        page.Json.Items("visualInteractions").Any(entry => entry.Text("source") == slicer.Name && entry.Text("target") == visual.Name && entry.Text("type") == "NoFilter");

    private static IEnumerable<string> Chosen(JsonNode? filter) =>
        (filter?["Where"]?[0]?["Condition"]?["In"]?.Items("Values") ?? []).Select(value => value[0]!["Literal"]!.Text("Value").Trim('\''));
}
