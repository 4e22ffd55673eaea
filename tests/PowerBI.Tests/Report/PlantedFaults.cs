using System.Text.Json.Nodes;
using static PowerBI.Tests.Report.PlantedFault;

namespace PowerBI.Tests.Report;

/// <summary>The faults that show that each check can fail.</summary>
internal static class PlantedFaults
{
    private const string Pages = "ConflictFunctions.Report/definition/pages/";

    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        Text("JSON that ends too early", "files", Pages + "pages.json", text => text[..^3], "cannot be parsed"),
        Text("a property twice", "files", Pages + "zones/page.json", text => text.Replace("\"height\"", "\"width\"", StringComparison.Ordinal), "cannot be parsed"),
        Json("no schema", "files", "pages/zones/page.json", page => page.AsObject().Remove("$schema"), "has the schema (none)"),
        Json("a schema that is not published", "files", "version.json", version => version["$schema"] = version["$schema"]!.GetValue<string>().Replace("1.0.0", "9.0.0", StringComparison.Ordinal), "9.0.0"),
        Text("indented by tabs", "files", Pages + "zones/page.json", text => text.Replace("  ", "\t", StringComparison.Ordinal), "not indented"),
        Text("a file that does not belong", "files", "ConflictFunctions.Report/definition/notes.json", _ => "{}\n", "is no file of a Power BI project"),

        Visual("a visual called otherwise than its folder", "names", "zones", "zonesMap", visual => visual["name"] = "map", "holds the visual map"),
        Json("a page called otherwise than its folder", "names", "pages/zones/page.json", page => page["name"] = "Zones", "zones holds the page Zones"),
        Visual("a name with a blank", "names", "zones", "zonesMap", visual => visual["name"] = "zones map", "zones map is no name"),
        Visual("two visuals of one name", "names", "zones", "zonesMap", visual => visual["name"] = "zonesCriteria", "2 times the visual zonesCriteria"),
        Json("two pages of one title", "names", "pages/zones/page.json", page => page["displayName"] = "Overview", "2 times the title of a page Overview"),
        Visual("two filters of one name", "names", "zones", "zonesMap", visual => visual["filterConfig"]!["filters"]![0]!["name"] = "zonesCriteriaValid", "2 times the filter zonesCriteriaValid"),

        Visual("a column that the model does not have", "fields", "zones", "zonesMap", visual => Field(Projection(visual, "Category"), "Village"), "zones/zonesMap names the column Place[Village], which the model does not have"),
        Visual("a measure of another table", "fields", "zones", "zonesMap", visual => Projection(visual, "Tooltips")["field"]!["Measure"]!["Expression"]!["SourceRef"]!["Entity"] = "Place", "names the measure Place[Membership records]"),
        Visual("a column for a measure", "fields", "zones", "zonesMap", visual => Rename(Projection(visual, "Tooltips")["field"]!, "Measure", "Column"), "names the column ZoneMemberships[Membership records]"),
        Visual("a key that the model hides", "fields", "zones", "zonesMap", visual => Field(Projection(visual, "Category"), "PlaceId"), "names the column Place[PlaceId], which the model hides"),
        Visual("a filter on what the model does not have", "fields", "overview", "overviewKilledByMonth", visual => Field(visual["filterConfig"]!["filters"]![0]!, "Result"), "names the column Casualties[Result]"),
        Visual("a title from a measure that is gone", "fields", "zones", "zonesMap", visual => Container(visual, "title")["text"]!["expr"]!["Measure"]!["Property"] = "Map title", "names the measure ZoneMemberships[Map title]"),
        Json("drilled through by what the model does not have", "fields", "pages/event/page.json", page => page["filterConfig"]!["filters"]![0]!["field"]!["Column"]!["Property"] = "Name", "event names the column Event[Name]"),
        Visual("a column added up without a measure", "fields", "zones", "zonesMap", visual => Projection(visual, "Y")["field"] = new JsonObject { ["Aggregation"] = new JsonObject { ["Expression"] = Projection(visual, "Y")["field"]!.DeepClone(), ["Function"] = 1 } }, "adds a column up without a measure"),
        Text("a measure renamed in the model", "fields", "ConflictFunctions.SemanticModel/definition/tables/Casualties.tmdl", text => text.Replace("measure 'Killed spread'", "measure 'Killed range'", StringComparison.Ordinal), "names the measure Casualties[Killed spread]"),
        Visual("a query that calls a field otherwise", "fields", "zones", "zonesMap", visual => Projection(visual, "Category")["queryRef"] = "Place.PlacePath", "calls column Place[Place] Place.PlacePath"),
        Visual("a native name of another field", "fields", "zones", "zonesMap", visual => Projection(visual, "Category")["nativeQueryRef"] = "PlacePath", "has the native name PlacePath"),
        Visual("two columns with one heading", "fields", "casualties", "casualtiesClaims", visual => Projection(visual, "Values")["displayName"] = "Date", "has 2 columns headed Date"),
        Visual("sorted by what is not shown", "fields", "casualties", "casualtiesClaims", visual => Field(visual["visual"]!["query"]!["sortDefinition"]!["sort"]![0]!, "Year"), "is sorted by column Date[Year]"),
        Visual("a colour for a series that is not shown", "fields", "attacks", "attacksByMonth", visual => visual["visual"]!["objects"]!["dataPoint"]![0]!["selector"]!["metadata"] = "AttackCounts.Attacks best", "formats AttackCounts.Attacks best"),
        Visual("a filter that asks for another field", "fields", "overview", "overviewKilledByMonth", visual => Field(visual["filterConfig"]!["filters"]![0]!, "VictimType"), "that asks for column Casualties[Outcome]"),
        Visual("a measure filtered by a list", "fields", "zones", "zonesMap", visual => visual["filterConfig"]!["filters"]![0]!["type"] = "Categorical", "on a measure that is not advanced"),

        Visual("a visual on top of another", "layout", "casualties", "casualtiesByParty", visual => visual["position"]!["x"] = 700, "casualtiesByMonth and casualtiesByParty overlap"),
        Visual("a visual over the edge", "layout", "zones", "zonesMap", visual => visual["position"]!["height"] = 480, "zones/zonesMap leaves its page"),
        Visual("both views shown at once", "layout", "attacks", "attacksTotals", visual => visual.AsObject().Remove("isHidden"), "attacksClaims and attacksTotals overlap (as opened)"),
        Json("a bookmark that hides nothing", "layout", "bookmarks/attacksTotalsOnly.bookmark.json", bookmark => Told(bookmark, "attacks", "attacksClaims")["singleVisual"]!.AsObject().Remove("display"), "overlap (attacksTotalsOnly)"),
        Json("a page of another size", "layout", "pages/zones/page.json", page => page["height"] = 900, "zones is 1280 by 900"),
        Json("too wide for a telephone", "layout", "pages/overview/visuals/overviewByPlace/mobile.json", mobile => mobile["position"]!["width"] = 400, "overviewByPlace leaves a telephone"),
        Json("two visuals at one place of a telephone", "layout", "pages/overview/visuals/overviewByPlace/mobile.json", mobile => mobile["position"]!["y"] = 900, "overlap (on a telephone)"),

        Visual("no alternative text", "reading", "zones", "zonesMap", visual => visual["visual"]!["visualContainerObjects"]!.AsObject().Remove("general"), "zones/zonesMap has no alternative text"),
        Visual("a tab order twice", "reading", "zones", "zonesMap", visual => visual["position"]!["tabOrder"] = 1000, "visuals of the tab order 1000"),
        Visual("tabbed from the bottom to the top", "reading", "zones", "zonesTitle", visual => visual["position"]!["tabOrder"] = 90000, "where a reader expects zonesTitle"),
        Visual("a title without a unit", "reading", "zones", "zonesCriteria", visual => Container(visual, "title")["text"]!["expr"]!["Literal"]!["Value"] = "'Criteria'", "does not end with its unit"),
        Visual("a title that is not shown", "reading", "zones", "zonesCriteria", visual => Container(visual, "title")["show"]!["expr"]!["Literal"]!["Value"] = "false", "shows no title"),
        Visual("a title from a measure of numbers", "reading", "zones", "zonesMap", visual => Container(visual, "title")["text"]!["expr"]!["Measure"]!["Property"] = "Places in zones", "a measure that is none of titles"),
        Visual("a heading run together", "reading", "quality", "qualityPlaces", visual => Projection(visual, "Category").AsObject().Remove("displayName"), "has the heading PlacePrecisionText"),
        Visual("a slicer without a heading", "reading", "zones", "zonesAsOf", visual => visual["visual"]!["objects"]!.AsObject().Remove("header"), "zonesAsOf has no heading"),

        Visual("a slicer elsewhere", "slicers", "attacks", "attacksSource", visual => visual["position"]!["y"] = 96, "attacks has other shared slicers"),
        Visual("a slicer that does not move with its fellows", "slicers", "attacks", "attacksSource", visual => visual["visual"]!.AsObject().Remove("syncGroup"), "attacks has other shared slicers"),
        Visual("a page's own slicer elsewhere", "slicers", "zones", "zonesAsOf", visual => visual["position"]!["width"] = 180, "zonesAsOf stands elsewhere"),
        Visual("no release on a page", "slicers", "event", "eventRelease", visual => visual["visual"]!["query"]!["queryState"]!.AsObject().Remove("Data"), "event does not show the release"),

        Visual("two outcomes may be chosen", "outcomes", "casualties", "casualtiesOutcome", visual => visual["visual"]!["objects"]!["selection"]![0]!["properties"]!["strictSingleSelect"]!["expr"]!["Literal"]!["Value"] = "false", "lets two outcomes be chosen"),
        Visual("no outcome to begin with", "outcomes", "casualties", "casualtiesOutcome", visual => visual["visual"]!["objects"]!.AsObject().Remove("general"), "does not open with killed"),
        Visual("a total where no outcome is chosen", "outcomes", "overview", "overviewCasualties", visual => Field(Projection(visual, "Data"), "Casualties total"), "overview/overviewCasualties may add outcomes of Casualties"),
        Json("a chart that the choice of outcome passes by", "outcomes", "pages/arrests/page.json", page => page["visualInteractions"]![0]!["target"] = "arrestsByMonth", "arrests/arrestsByMonth may add outcomes of Arrests"),

        Visual("an outcome that there is not", "values", "casualties", "casualtiesOutcome", visual => Values(visual["visual"]!["objects"]!["general"]![0]!["properties"]!["filter"]!["filter"]!)[0]![0]!["Literal"]!["Value"] = "'dead'", "is set to dead, which column Casualties[Outcome] cannot be"),
        Visual("a filter on an outcome that there is not", "values", "overview", "overviewKilledByMonth", visual => Values(visual["filterConfig"]!["filters"]![0]!["filter"]!)[0]![0]!["Literal"]!["Value"] = "'Killed'", "is set to Killed"),

        Json("a page that is not listed", "links", "pages/pages.json", list => list["pageOrder"]!.AsArray().RemoveAt(3), "does not list the pages"),
        Json("a landing page that is hidden", "links", "pages/pages.json", list => list["landingPageName"] = "event", "has a landingPageName that cannot be opened"),
        Json("a drill-through page with a tab", "links", "pages/event/page.json", page => page.AsObject().Remove("visibility"), "event is hidden or shown"),
        Json("a drill-through page without its filter", "links", "pages/event/page.json", page => page["pageBinding"]!["parameters"]![0]!["boundFilter"] = "drill", "without its filter"),
        Json("drilled through by one field and filtered by another", "links", "pages/event/page.json", page => page["pageBinding"]!["parameters"]![0]!["fieldExpr"]!["Column"]!["Property"] = "EventKind", "without its filter"),
        Json("an interaction with nothing", "links", "pages/arrests/page.json", page => page["visualInteractions"]![0]!["target"] = "arrestsByPlace", "an interaction with arrestsByPlace"),
        Json("a bookmark of a visual that is gone", "links", "bookmarks/attacksTotalsOnly.bookmark.json", bookmark => Rename(bookmark, "attacks", "attacksClaims", "attacksTable"), "tells of attacks/attacksTable"),
        Json("a bookmark of a page that is gone", "links", "bookmarks/attacksTotalsOnly.bookmark.json", bookmark => bookmark["explorationState"]!["activeSection"] = "assaults", "is of the page assaults"),
        Json("a bookmark that is not listed", "links", "bookmarks/bookmarks.json", list => list["items"]![0]!["children"]!.AsArray().RemoveAt(0), "does not list the bookmarks"),
        Visual("a button to nowhere", "links", "attacks", "attacksShowTotals", visual => Container(visual, "visualLink")["bookmark"]!["expr"]!["Literal"]!["Value"] = "'attacksTotals'", "a bookmark that there is not"),
        Visual("a tooltip that is no tooltip", "links", "casualties", "casualtiesByMonth", visual => Container(visual, "visualTooltip")["section"]!["expr"]!["Literal"]!["Value"] = "'event'", "which is no tooltip page"),
        Json("a theme that is not there", "links", "report.json", report => report["themeCollection"]!["customTheme"]!["name"] = "Theme.json", "has the theme Theme.json"),
        Text("a model that is not there", "links", "ConflictFunctions.Report/definition.pbir", text => text.Replace(".SemanticModel", ".Dataset", StringComparison.Ordinal), "reads the model ../ConflictFunctions.Dataset"),

        Theme("pale data", "contrast", theme => theme["dataColors"]![1] = "#9CC3E6", "the colour of data: #9CC3E6 on #FFFFFF"),
        Theme("red and green", "contrast", theme => (theme["dataColors"]![2], theme["dataColors"]![4]) = ("#B02418", "#5E6B1F"), "look alike with"),
        Theme("grey text", "contrast", theme => theme["textClasses"]!["label"]!["color"] = "#8A8A8A", "the text of label"),
        Theme("the text of a button in the colour of the button", "contrast", theme => theme["visualStyles"]!["actionButton"]!["*"]!["text"]![1]!["fontColor"]!["solid"]!["color"] = "#0B3C6F", "actionButton text fontColor: #0B3C6F on #0B3C6F"),
        Visual("a mark in the colour of the paper", "contrast", "attacks", "attacksByMonth", visual => visual["visual"]!["objects"]!["dataPoint"]![1]!["properties"]!["fill"]!["solid"]!["color"]!["expr"]!["ThemeDataColor"]!["ColorId"] = 0, "attacks/attacksByMonth has a mark"),
        Visual("pale text in one visual", "contrast", "zones", "zonesAsOf", visual => visual["visual"]!["objects"]!["header"]![0]!["properties"]!["fontColor"] = JsonNode.Parse("""{"solid":{"color":{"expr":{"Literal":{"Value":"'#AAAAAA'"}}}}}"""), "zones/zonesAsOf header fontColor"),

        Text("a key in a page of help", "secrets", "README.md", _ => "Use cf_ab12_cd34ef56 as the key.\n", "README.md:1 looks like a secret"),
        Text("a second host", "secrets", "README.md", _ => "See https://conflict.example.net/api.\n", "README.md:1 names the host conflict.example.net"),
        Json("an address in a visual", "secrets", "pages/zones/page.json", page => page["displayName"] = "https://conflict.example.net/api", "names the host conflict.example.net"),
        Text("no address in the parameter", "secrets", "ConflictFunctions.SemanticModel/definition/expressions.tmdl", text => text.Replace("expression BaseUrl", "expression Root", StringComparison.Ordinal), "BaseUrl names 0 hosts"),
        Text("the address in a second place", "secrets", "ConflictFunctions.SemanticModel/definition/expressions.tmdl", text => text + text.Split('\n').Single(line => line.StartsWith("expression BaseUrl", StringComparison.Ordinal)).Replace("expression BaseUrl", "// BaseUrl", StringComparison.Ordinal), "names the host"),

        Visual("a role that the visual does not have", "cli", "casualties", "casualtiesByMonth", visual => Rename(visual["visual"]!["query"]!["queryState"]!, "Y", "Values"), "casualtiesByMonth"),
        Visual("a measure to group by", "cli", "casualties", "casualtiesByMonth", visual => Projection(visual, "Category")["field"] = Projection(visual, "Y")["field"]!.DeepClone(), "Category"),
        Visual("a property that the visual does not have", "cli", "casualties", "casualtiesByMonth", visual => visual["visual"]!["objects"]!["legend"]![0]!["properties"]!["colour"] = true, "colour"),
        Visual("a visual that Power BI does not have", "cli", "casualties", "casualtiesByMonth", visual => visual["visual"]!["visualType"] = "intervalChart", "intervalChart"),
    ];

    private static JsonNode Projection(JsonNode visual, string role) => visual["visual"]!["query"]!["queryState"]![role]!["projections"]![0]!;

    private static JsonNode Values(JsonNode filter) => filter["Where"]![0]!["Condition"]!["In"]!["Values"]!;

    private static JsonNode Container(JsonNode visual, string name) => visual["visual"]!["visualContainerObjects"]![name]![0]!["properties"]!;

    private static JsonNode Told(JsonNode bookmark, string page, string visual) => bookmark["explorationState"]!["sections"]![page]!["visualContainers"]![visual]!;

    /// <summary>Another field of the same table and kind.</summary>
    private static void Field(JsonNode owner, string name) => owner["field"]!.AsObject().Single().Value!["Property"] = name;

    private static void Rename(JsonNode bookmark, string page, string from, string to)
    {
        Rename(bookmark["explorationState"]!["sections"]![page]!["visualContainers"]!, from, to);
        var targets = bookmark["options"]!["targetVisualNames"]!.AsArray();
        targets[targets.Select(target => target!.GetValue<string>()).ToList().IndexOf(from)] = to;
    }

    private static void Rename(JsonNode owner, string from, string to)
    {
        var value = owner[from]!.DeepClone();
        owner.AsObject().Remove(from);
        owner[to] = value;
    }
}
