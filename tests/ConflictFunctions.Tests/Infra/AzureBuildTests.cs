using System.Text.Json;
using ConflictFunctions.Tests.Hosting;

namespace ConflictFunctions.Tests.Infra;

/// <summary>What the build for Azure is told, as MSBuild sees it.</summary>
public sealed class AzureBuildTests
{
    private static readonly string[] Properties = ["RuntimeIdentifier", "SelfContained", "PublishReadyToRun", "PublishTrimmed"];

    [Fact]
    public async Task The_package_has_native_files_of_Linux_alone_is_compiled_ahead_and_not_trimmed()
    {
        Assert.Equal(["linux-x64", "false", "true", "false"], await Evaluate("-p:FunctionsWorker=azure", "-p:Configuration=Release"));

        // func start on a developer's machine, whatever that is, and the local host take none of it.
        Assert.Equal("", (await Evaluate("-p:FunctionsWorker=azure", "-p:Configuration=Debug"))[0]);
        Assert.Equal("", (await Evaluate("-p:Configuration=Release"))[0]);
    }

    private static async Task<string[]> Evaluate(params string[] arguments)
    {
        var run = await Tool.Run(AppProcess.Dotnet, ["msbuild", AppProcess.Project, $"-getProperty:{string.Join(',', Properties)}", "-nodeReuse:false", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Output);
        using var json = JsonDocument.Parse(run.Output);
        return [.. Properties.Select(name => json.RootElement.GetProperty("Properties").GetProperty(name).GetString()!)];
    }
}
