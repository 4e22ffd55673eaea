using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using ConflictData;
using ConflictData.OpenApi;
using ConflictFunctions.Http;

namespace ConflictFunctions.Tests.Running.OpenApi;

/// <summary>A linter that was not written here has nothing to say of the description, in either form.</summary>
public sealed class OpenApiLintTests
{
    [Fact]
    public async Task The_linter_finds_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("openapi-");
        var document = ApiDocument.Of(OpenApiFunctions.All, new Settings());
        string[] files = [Path.Combine(folder.FullName, "v3.json"), Path.Combine(folder.FullName, "v3.yaml")];
        await File.WriteAllTextAsync(files[0], document.Write(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(files[1], document.Write(asYaml: true), TestContext.Current.CancellationToken);

        var reports = await Task.WhenAll(files.Select(Lint));

        folder.Delete(recursive: true);
        Assert.All(reports, report =>
        {
            var totals = JsonElement.Parse(report).GetProperty("totals");
            Assert.True(totals.GetProperty("errors").GetInt32() == 0 && totals.GetProperty("warnings").GetInt32() == 0, report);
        });
    }

    private static async Task<string> Lint(string file)
    {
        var folder = typeof(OpenApiLintTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "LintFolder").Value!;
        var start = new ProcessStartInfo("node", ["node_modules/@redocly/cli/bin/cli.js", "lint", file, "--config", "redocly.yaml", "--format", "json"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // It would tell its makers of each run, and ask them for newer versions.
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode is 0 or 1, await errors);
        return await output;
    }
}
