using static PowerBI.Tests.Report.JsonReading;

namespace PowerBI.Tests.Report.Checks;

/// <summary>Nothing leaves its page or covers something else, whichever bookmark is chosen, and on a telephone neither.</summary>
internal static class Layout
{
    /// <summary>What Power BI gives a page on a telephone.</summary>
    private const double MobileWidth = 324;

    private const double MobileHeight = 5000;

    public static IEnumerable<string> Find(PowerBiProject project) =>
    [
        .. project.Report.Pages.SelectMany(Bounds),
        .. from page in project.Report.Pages
           from state in States(project.Report, page)
           from finding in Overlaps(state.Name, state.Visible, visual => visual.Box)
           select finding,
        .. project.Report.Pages.SelectMany(Mobile),
    ];

    /// <summary>What is seen on a page as it is opened, and after each bookmark that changes it.</summary>
    private static IEnumerable<(string Name, IReadOnlyList<ReportVisual> Visible)> States(ReportDefinition report, ReportPage page)
    {
        yield return ("as opened", [.. page.Visuals.Where(visual => !visual.Hidden)]);
        foreach (var bookmark in report.Bookmarks)
        {
            var told = bookmark.TellsOf(page.Name).ToDictionary(entry => entry.Visual, entry => entry.Hidden);
            yield return (bookmark.Name, [.. page.Visuals.Where(visual => !told.GetValueOrDefault(visual.Name, visual.Hidden))]);
        }
    }

    private static IEnumerable<string> Bounds(ReportPage page) =>
    [
        .. If(page.Kind is null && (page.Width, page.Height) != (1280, 720), $"{page.Folder} is {page.Width} by {page.Height}, not 1280 by 720"),
        .. page.Visuals.Where(visual => !visual.Box.IsWithin(page.Width, page.Height)).Select(visual => $"{visual.Place} leaves its page"),
    ];

    private static IEnumerable<string> Overlaps(string state, IReadOnlyList<ReportVisual> visuals, Func<ReportVisual, Box> box) =>
        from first in Enumerable.Range(0, visuals.Count)
        from second in Enumerable.Range(first + 1, visuals.Count - first - 1)
        where box(visuals[first]).Overlaps(box(visuals[second]))
        select $"{visuals[first].Place} and {visuals[second].Name} overlap ({state})";

    private static IEnumerable<string> Mobile(ReportPage page)
    {
        var visuals = page.Visuals.Where(visual => visual.Mobile is not null).ToList();
        var orders = visuals.OrderBy(visual => MobileBox(visual).Y).Select(visual => (int)visual.Mobile!["position"]!["tabOrder"]!).ToList();
        return
        [
            .. visuals.Where(visual => !MobileBox(visual).IsWithin(MobileWidth, MobileHeight)).Select(visual => $"{visual.Place} leaves a telephone"),
            .. Overlaps("on a telephone", visuals, MobileBox),
            .. If(!orders.SequenceEqual(orders.Order()), $"{page.Folder} is not tabbed from top to bottom on a telephone"),
        ];
    }

    private static Box MobileBox(ReportVisual visual) => Box.Of(visual.Mobile!["position"]!);
}
