using System.Text.Json;
using ConflictFunctions.Tests.Hosting;
using Microsoft.Playwright;

namespace ConflictFunctions.Tests.Explorer;

/// <summary>
/// One visit of the explorer. It notes whatever the page asks for and complains of, and at its end fails where the page asked another host,
/// sent a secret in an address, or met an error that the test did not expect.
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    private const float PatienceMilliseconds = 20_000;

    private readonly IBrowserContext context;
    private readonly string root;
    private readonly List<string> asked = [];
    private readonly List<string> complaints = [];

    public Visit(IBrowserContext context, IPage page, string root)
    {
        (this.context, Page, this.root) = (context, page, root);
        context.SetDefaultTimeout(PatienceMilliseconds);
        context.Request += (_, request) => asked.Add(request.Url);
        page.Console += (_, message) => Complain(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, problem) => Complain(true, problem);
    }

    public IPage Page { get; }

    /// <summary>True where answers that say no are what the test is about; the browser itself prints each of them.</summary>
    public bool ExpectsRefusals { get; set; }

    /// <summary>Addresses that the page asked for.</summary>
    public IReadOnlyList<string> Asked => asked;

    /// <summary>Opens a view, such as <c>table?release=1</c>, and waits until it is drawn.</summary>
    public async Task Open(string view)
    {
        await Page.GotoAsync($"/api/explorer#{view}");
        await Drawn();
    }

    public Task Drawn() => Page.WaitForSelectorAsync("main[aria-busy=false]");

    /// <summary>Does something after which the view is drawn anew.</summary>
    public async Task Then(Func<Task> step)
    {
        await Page.EvaluateAsync("document.querySelector('main').setAttribute('aria-busy', 'true')");
        await step();
        await Drawn();
    }

    /// <summary>The texts of all elements of a selector.</summary>
    public async Task<IReadOnlyList<string>> Texts(string selector) => [.. (await Page.Locator(selector).AllTextContentsAsync()).Select(text => text.Trim())];

    /// <summary>What axe finds in the page as it stands, each with the first element that it is of.</summary>
    public async Task<IReadOnlyList<string>> Barriers()
    {
        if (!await Page.EvaluateAsync<bool>("'axe' in globalThis"))
        {
            await Page.EvaluateAsync(await File.ReadAllTextAsync(BrowserPackage.Axe));
        }

        var found = await Page.EvaluateAsync<JsonElement>("axe.run()");
        return [.. found.GetProperty("violations").EnumerateArray().Select(rule => $"{rule.GetProperty("id")}: {rule.GetProperty("nodes")[0].GetProperty("html")} {rule.GetProperty("nodes")[0].GetProperty("failureSummary")}")];
    }

    /// <summary>Keeps a picture of the whole page among the results of the test run.</summary>
    public Task Picture(string name) => Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Path.GetDirectoryName(AppProcess.Project)!, "..", "..", "TestResults", "explorer", $"{name}.png"),
        FullPage = true,
    });

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.All(asked, address =>
        {
            Assert.True(address.StartsWith(root, StringComparison.Ordinal) || address.StartsWith("blob:", StringComparison.Ordinal), $"The page asked {address}");
            Assert.Null(Secrets.In(address, tokensToo: false));
        });
        Assert.Empty(complaints);
    }

    private void Complain(bool isOne, string text)
    {
        if (isOne && !(ExpectsRefusals && text.StartsWith("Failed to load resource", StringComparison.Ordinal)))
        {
            complaints.Add(text);
        }
    }
}
