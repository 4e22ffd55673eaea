using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report;

/// <summary>Draws a page as an SVG from where its visuals stand and what they show. No data is drawn: nothing here can run the model.</summary>
internal sealed class Wireframe
{
    private const int Line = 14;

    private readonly StringBuilder svg = new();

    private Wireframe(double width, double height, string title)
    {
        Write($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"Segoe UI, Arial, sans-serif\" role=\"img\">");
        Write($"<title>{Escape(title)}</title>");
        Rectangle(new(0, 0, width, height), "#F3F4F6", "#8F8C88");
    }

    /// <summary>A page as it is opened.</summary>
    public static string Page(ReportPage page) => Draw(
        page.Width, page.Height, Title(page),
        from visual in page.Visuals
        where !visual.Hidden
        select (visual, visual.Box, page.Visuals.FirstOrDefault(other => other.Hidden && other.Box.Overlaps(visual.Box))));

    /// <summary>The same page on a telephone.</summary>
    public static string Mobile(ReportPage page)
    {
        var visuals = (from visual in page.Visuals
                       where visual.Mobile is not null
                       select (Visual: visual, Box: Box.Of(visual.Mobile!["position"]!), Other: (ReportVisual?)null)).ToList();
        return Draw(324, visuals.Max(entry => entry.Box.Y + entry.Box.Height), $"{Title(page)} on a telephone", visuals);
    }

    private static string Title(ReportPage page) => page.Json.Text("displayName");

    private static string Draw(double width, double height, string title, IEnumerable<(ReportVisual Visual, Box Box, ReportVisual? Other)> visuals)
    {
        var drawing = new Wireframe(width, height, title);
        var number = 0;
        foreach (var (visual, box, other) in visuals)
        {
            drawing.Draw(visual, box, other, ++number);
        }
        drawing.Write($"</svg>");
        return drawing.svg.ToString();
    }

    private void Draw(ReportVisual visual, Box box, ReportVisual? other, int number)
    {
        Write($"<g id=\"{visual.Name}\">");
        Rectangle(box, "#FFFFFF", visual.Type == "textbox" ? "none" : "#8F8C88");
        var lines = visual.Type switch
        {
            "textbox" => [.. Paragraphs(visual)],
            "slicer" => [ReportVisual.Literal(visual.Object("header", "text"))!, "▾ " + Fields(visual, "Values")],
            "actionButton" => [Button(visual)],
            "pageNavigator" => ["◂ Overview | Casualties | Attacks | … ▸"],
            "cardVisual" => [.. visual.Projections.Select(entry => ReportVisual.Heading(entry.Projection))],
            "tableEx" => [Heading(visual), Fields(visual, "Values")],
            "azureMap" => [Heading(visual), $"place: {Fields(visual, "Category")}", $"colour: {Fields(visual, "Series")}"],
            _ => new List<string> { Heading(visual), $"by {Fields(visual, "Category")}", Fields(visual, "Y") },
        };
        if (ReportVisual.Literal(visual.Container("subTitle", "text")) is { } under)
        {
            lines.Insert(1, under);
        }
        if (other is not null)
        {
            lines.Add($"in turn with: {Heading(other)}");
        }
        Lines(visual, box, lines);
        Text(box.X + box.Width - 6, box.Y + 12, number.ToString(CultureInfo.InvariantCulture), 9, "#4A4A4A", "end");
        Write($"</g>");
    }

    /// <summary>Cards stand side by side where they are not too narrow for it, everything else line by line, as far as there is room.</summary>
    private void Lines(ReportVisual visual, Box box, List<string> lines)
    {
        var across = visual.Type == "cardVisual" && box.Width / lines.Count > 90;
        var width = across ? box.Width / lines.Count : box.Width;
        for (var index = 0; index < lines.Count; index++)
        {
            var (x, y) = across ? (box.X + (index * width), box.Y + (box.Height / 2) + 4) : (box.X, box.Y + 16 + (index * Line));
            if (across || y < box.Y + box.Height)
            {
                Text(x + 8, y, Cut(lines[index], width - 24), 11, index == 0 || across ? "#1A1A1A" : "#4A4A4A");
            }
        }
        Pictogram(visual, new(box.X + 8, box.Y + 20 + (lines.Count * Line), box.Width - 16, box.Height - 28 - (lines.Count * Line)));
    }

    /// <summary>Bars, rows or dots, where there is room below the words.</summary>
    private void Pictogram(ReportVisual visual, Box room)
    {
        var marks = room.Height < 24 ? [] : visual.Type switch
        {
            "columnChart" => Enumerable.Range(0, 6).Select(step => Column(room, step, 0.85 - (step % 3 * 0.25))),
            "barChart" => Enumerable.Range(0, 4).Select(step => new Box(room.X, room.Y + (step * room.Height / 4), room.Width * (0.9 - (step * 0.2)), room.Height / 7)),
            "tableEx" => Enumerable.Range(0, (int)(room.Height / 18)).Select(step => new Box(room.X, room.Y + (step * 18), room.Width, 10)),
            "azureMap" => Enumerable.Range(0, 9).Select(step => Dot(room, 0.1 + (step * 0.09), 0.2 + (step * 5 % 7 * 0.1))),
            _ => Enumerable.Empty<Box>(),
        };
        foreach (var mark in marks)
        {
            Rectangle(mark, "#DDE3EA", "none");
        }
    }

    private static Box Column(Box room, int step, double share) =>
        new(room.X + (step * room.Width / 6), room.Y + (room.Height * (1 - share)), room.Width / 9, room.Height * share);

    private static Box Dot(Box room, double x, double y) => new(room.X + (room.Width * x), room.Y + (room.Height * y), 14, 14);

    private static IEnumerable<string> Paragraphs(ReportVisual visual) =>
        visual.Object("general", "paragraphs")!.AsArray().Select(paragraph => string.Concat(paragraph!.Items("textRuns").Select(run => run.Text("value"))));

    private static string Button(ReportVisual visual) =>
        visual.Json["visual"]!["objects"]!.Items("text").Select(entry => ReportVisual.Literal(entry["properties"]!["text"])).OfType<string>().FirstOrDefault("←");

    /// <summary>The title, or the name of the measure that gives it.</summary>
    private static string Heading(ReportVisual visual)
    {
        var title = visual.Container("title", "text");
        return title?["expr"]?["Measure"]?.Text("Property") is { } measure ? $"[{measure}]" : ReportVisual.Literal(title)!;
    }

    private static string Fields(ReportVisual visual, string role) =>
        string.Join(" | ", visual.Projections.Where(entry => entry.Role == role).Select(entry => ReportVisual.Heading(entry.Projection)));

    private static string Cut(string text, double width) => text.Length <= width / 5.6 ? text : $"{text[..Math.Max(1, (int)(width / 5.6) - 1)]}…";

    private void Rectangle(Box box, string fill, string stroke) =>
        Write($"<rect x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" fill=\"{fill}\" stroke=\"{stroke}\"/>");

    private void Text(double x, double y, string text, int size, string colour, string anchor = "start") =>
        Write($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size}\" fill=\"{colour}\" text-anchor=\"{anchor}\">{Escape(text)}</text>");

    private void Write(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
