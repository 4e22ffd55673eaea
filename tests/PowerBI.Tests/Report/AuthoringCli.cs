using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace PowerBI.Tests.Report;

/// <summary>Microsoft's reader of report folders, from npm: visual types, roles, formatting and theme as Desktop knows them.</summary>
internal static class AuthoringCli
{
    private static readonly string Script = Path.Combine(
        typeof(AuthoringCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "ChecksFolder").Value!,
        "node_modules", "@microsoft", "powerbi-report-authoring-cli", "dist", "cli.js");

    /// <summary>All that it finds, errors and warnings. The schemas themselves are not fetched: it would ask the network for them.</summary>
    public static IEnumerable<string> Find(PowerBiProject project)
    {
        var folder = Directory.CreateTempSubdirectory("powerbi-");
        try
        {
            project.WriteReport(folder.FullName);
            var groups = Validate(Path.Combine(folder.FullName, PowerBiProject.ReportFolder))["data"]!["diagnostics"]?.AsObject() ?? [];
            return [.. groups.SelectMany(group => group.Value!["items"]!.AsArray().Select(item => $"{group.Key}: {item!["message"]}"))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonNode Validate(string folder)
    {
        var start = new ProcessStartInfo("node", [Script, "validate", "--no-schema", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode is 0 or 1, $"the reader of reports ended with {process.ExitCode}: {errors.Result}");
        return JsonNode.Parse(output)!;
    }
}
