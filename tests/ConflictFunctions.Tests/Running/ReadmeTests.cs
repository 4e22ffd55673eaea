using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConflictData.Datasets;
using ConflictFunctions.Tests.Hosting;

namespace ConflictFunctions.Tests.Running;

/// <summary>The README's commands do what it says: each is run by a shell against the running app.</summary>
public sealed partial class ReadmeTests(RunningApp app)
{
    private const string LocalRoot = "http://localhost:7071";
    private const string LocalKeyFile = "src/ConflictFunctions/.local/admin-key";

    private static readonly string Readme = File.ReadAllText(
        Path.Combine(Path.GetDirectoryName(AppProcess.Project)!, "..", "..", "README.md"));

    [Fact]
    public async Task Every_example_answers_as_the_README_shows()
    {
        var examples = Example().Matches(Readme[Readme.IndexOf("## Try it", StringComparison.Ordinal)..]);
        Assert.True(examples.Count >= 8, "The README has lost its examples.");
        foreach (var example in examples.AsEnumerable())
        {
            var (command, shown) = (example.Groups["command"].Value, example.Groups["shown"]);
            var output = await Shell(command);
            if (shown.Success)
            {
                AssertShows(command, shown.Value, output);
            }
        }
    }

    [Fact]
    public void The_two_commands_are_there()
    {
        Assert.Contains("dotnet run --project src/ConflictFunctions\n", Readme);
        Assert.Contains("dotnet test\n", Readme);
    }

    [Fact]
    public async Task Every_set_has_files_but_for_those_that_the_README_names()
    {
        var without = new List<string>();
        foreach (var set in Catalog.Sets)
        {
            using var answer = await app.Anonymous.GetAsync($"snapshots/1/{set.FileName}.csv", TestContext.Current.CancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                without.Add($"`{set.Name}`");
            }
        }

        Assert.Contains($"but for {string.Join(" and ", without)}:", Readme, StringComparison.Ordinal);
    }

    private void AssertShows(string command, string shown, string output)
    {
        var (expected, actual) = (Local(shown).Trim(), output.ReplaceLineEndings("\n").Trim());
        if (expected.StartsWith('{'))
        {
            (expected, actual) = (JsonNode.Parse(expected)!.ToJsonString(), JsonNode.Parse(actual)!.ToJsonString());
        }

        Assert.True(expected == actual, $"{command}\nshows\n{expected}\nbut gives\n{actual}");
    }

    private async Task<string> Shell(string command)
    {
        var folder = Directory.CreateTempSubdirectory("readme-");
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", Local(command)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{command}\nends with {process.ExitCode}: {await errors}{output}");
        folder.Delete(recursive: true);
        return output;
    }

    /// <summary>The README's address and key file, as they are for the app that runs now.</summary>
    private string Local(string text) => text.Replace(LocalRoot, app.Root).Replace(LocalKeyFile, app.KeyFile);

    [GeneratedRegex("```sh\n(?<command>.*?)```\n(\n```(json|text)\n(?<shown>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex Example();
}
