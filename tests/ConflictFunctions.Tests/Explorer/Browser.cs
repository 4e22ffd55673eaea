using System.Collections;
using System.Runtime.InteropServices;
using ConflictFunctions.Tests.Explorer;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace ConflictFunctions.Tests.Explorer;

/// <summary>One headless browser for all tests, started when the first of them needs it.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> started = new(Start);

    /// <summary>A browser window that knows nothing of the others, before the page of an app.</summary>
    /// <param name="root">Address of the app.</param>
    /// <param name="width">Width of the window.</param>
    /// <param name="isDark">True where its user likes dark pages.</param>
    internal async Task<Visit> Visit(string root, int width = 1280, bool isDark = false)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "The browser's npm package is for Linux on x64.");
        var (_, browser) = await started.Value;
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = root,
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            AcceptDownloads = true,
        });
        return new Visit(context, await context.NewPageAsync(), root);
    }

    public async ValueTask DisposeAsync()
    {
        if (!started.IsValueCreated)
        {
            return;
        }

        var (driver, browser) = await started.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> Start()
    {
        var (path, libraries) = await BrowserPackage.Unpack();
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
        environment["LD_LIBRARY_PATH"] = string.Join(':', new[] { environment.GetValueOrDefault("LD_LIBRARY_PATH"), libraries }.Where(part => !string.IsNullOrEmpty(part)));
        var driver = await Playwright.CreateAsync();
        // Tests often run as root, where there is no sandbox to be had; the browser meets nothing but this app.
        return (driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"], Env = environment }));
    }
}
