namespace PowerBI.Tests.Report;

/// <summary>The page of help tells of the report as it is.</summary>
public class ReadmeTests
{
    private static readonly PowerBiProject Project = PowerBiProject.InCheckout;

    private static readonly string Readme = Project.Files["README.md"];

    [Fact]
    public void It_has_a_heading_for_every_page_in_their_order() =>
        Assert.Equal(
            Project.Report.PageList["pageOrder"]!.AsArray().Select(name => Project.Report.Page(name!.GetValue<string>())!)
                .Select(page => $"### {page.Json["displayName"]}{(page.Kind is { } kind ? $" ({(kind == "Tooltip" ? "tooltip" : "drill-through")})" : "")}"),
            Readme[Readme.IndexOf("## The pages", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)));

    [Fact]
    public void It_has_a_row_for_every_parameter() =>
        Assert.Equal(
            Project.Model.Expressions.Where(expression => expression.M.Contains("IsParameterQuery", StringComparison.Ordinal)).Select(expression => expression.Name),
            Readme.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).Where(name => name.All(char.IsAsciiLetter)));

    [Fact]
    public void It_shows_every_drawing() =>
        Assert.All(WireframeTests.DrawingNames, name => Assert.Contains($"(wireframes/{name.Data})", Readme, StringComparison.Ordinal));
}
