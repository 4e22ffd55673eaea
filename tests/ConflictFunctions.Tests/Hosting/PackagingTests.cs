using System.Diagnostics;
using System.Text.Json;

namespace ConflictFunctions.Tests.Hosting;

/// <summary>What leaves the build.</summary>
public sealed class PackagingTests
{
    [Fact]
    public async Task The_published_app_has_the_one_host_json_and_no_local_settings()
    {
        var folder = Directory.CreateTempSubdirectory("publish-");

        await Dotnet("publish", AppProcess.Project, "--no-build", "-c", AppProcess.Configuration, "-o", folder.FullName, "-nodeReuse:false");

        var repository = Path.Combine(Path.GetDirectoryName(AppProcess.Project)!, "..", "..");
        Assert.Equal(File.ReadAllText(Path.Combine(repository, "host.json")), File.ReadAllText(Path.Combine(folder.FullName, "host.json")));
        Assert.False(File.Exists(Path.Combine(folder.FullName, "local.settings.json")));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task One_property_chooses_the_host_that_runs_the_functions()
    {
        var (local, azure) = (await Evaluate(), await Evaluate("-p:FunctionsWorker=azure"));

        Assert.Equal(("", "v4"), (local.Version, azure.Version));
        Assert.Equal(4, azure.Packages.Count(name => name.StartsWith("Microsoft.Azure.Functions.Worker", StringComparison.Ordinal)));
        Assert.DoesNotContain(local.Packages, name => name.StartsWith("Microsoft.Azure.Functions", StringComparison.Ordinal));
        Assert.Contains("LocalFunctionsHost.csproj", local.Projects);
        Assert.DoesNotContain("LocalFunctionsHost.csproj", azure.Projects);
    }

    private static async Task<(string Version, string[] Packages, string[] Projects)> Evaluate(params string[] properties)
    {
        var output = await Dotnet(["msbuild", AppProcess.Project, "-getProperty:AzureFunctionsVersion", "-getItem:PackageReference,ProjectReference", "-nodeReuse:false", .. properties]);
        using var json = JsonDocument.Parse(output);
        var items = json.RootElement.GetProperty("Items");
        return (json.RootElement.GetProperty("Properties").GetProperty("AzureFunctionsVersion").GetString()!,
            [.. items.GetProperty("PackageReference").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)],
            [.. items.GetProperty("ProjectReference").EnumerateArray().Select(item => Path.GetFileName(item.GetProperty("Identity").GetString()!))]);
    }

    private static async Task<string> Dotnet(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(AppProcess.Dotnet, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
