namespace PowerBI.Tests.Report;

/// <summary>The drawings in powerbi/wireframes are those of the report as it is. UPDATE_GOLDEN=1 draws them anew.</summary>
public class WireframeTests
{
    private static readonly PowerBiProject Project = PowerBiProject.InCheckout;

    private static string Folder => Path.Combine(PowerBiProject.Root, "wireframes");

    private static Dictionary<string, string> Drawings { get; } = new(
        Project.Report.Pages.Select(page => KeyValuePair.Create($"{page.Name}.svg", Wireframe.Page(page)))
            .Append(KeyValuePair.Create("overview-mobile.svg", Wireframe.Mobile(Project.Report.Page("overview")!))));

    public static TheoryData<string> DrawingNames => [.. Drawings.Keys];

    [Theory]
    [MemberData(nameof(DrawingNames))]
    public void Is_drawn_from_the_report(string name)
    {
        var file = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, Drawings[name]);
        }
        Assert.Equal(File.ReadAllText(file), Drawings[name]);
    }

    [Fact]
    public void There_is_no_drawing_of_a_page_that_is_gone() =>
        Assert.Equal(Drawings.Keys.Order(StringComparer.Ordinal), Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Fact]
    public void A_visual_that_moves_is_drawn_elsewhere()
    {
        var page = Project.Report.Page("zones")!;
        var moved = page.Visuals.Select(visual =>
        {
            var json = visual.Json.DeepClone();
            json["position"]!["x"] = visual.Box.X + 1;
            return visual with { Json = json };
        });
        Assert.NotEqual(Wireframe.Page(page), Wireframe.Page(page with { Visuals = [.. moved] }));
    }
}
