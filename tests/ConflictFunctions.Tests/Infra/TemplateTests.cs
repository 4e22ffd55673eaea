using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConflictFunctions.Tests.Infra;

/// <summary>The template, as the compiler and as Azure would see it.</summary>
public sealed partial class TemplateTests
{
    [Theory]
    [InlineData("lint", "main.bicep")]
    [InlineData("build-params", "main.dev.bicepparam", "--stdout")]
    [InlineData("build-params", "main.prod.bicepparam", "--stdout")]
    public async Task The_compiler_has_nothing_to_say(string command, string file, params string[] options)
    {
        var run = await Bicep.Run([command, Path.Combine(Bicep.Folder, file), .. options]);

        Assert.Equal(("", 0), (run.Complaints, run.ExitCode));
    }

    [Fact]
    public async Task The_compiler_would_complain_of_a_secret_that_is_put_out_and_of_a_place_that_is_fixed()
    {
        Bicep.Needed();
        var folder = Directory.CreateTempSubdirectory("template-").FullName;
        File.Copy(Path.Combine(Bicep.Folder, "bicepconfig.json"), Path.Combine(folder, "bicepconfig.json"));
        var file = Path.Combine(folder, "main.bicep");
        await File.WriteAllTextAsync(
            file,
            """
            resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
              name: 'x${uniqueString(resourceGroup().id)}'
              location: 'westeurope'
              kind: 'StorageV2'
              sku: { name: 'Standard_LRS' }
            }
            output key string = account.listKeys().keys[0].value
            """,
            TestContext.Current.CancellationToken);

        var run = await Bicep.Run("lint", file);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Error outputs-should-not-contain-secrets", run.Complaints, StringComparison.Ordinal);
        Assert.Contains("Error no-hardcoded-location", run.Complaints, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task No_key_opens_anything_and_no_secret_leaves_it() => Assert.Empty(ArmRules.Problems(await Bicep.Compiled()));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_planted_fault_is_found(int number, string problem)
    {
        var template = (await Bicep.Compiled()).Copy();

        PlantedFaults.All[number].Plant(template);

        Assert.Contains(ArmRules.Problems(template), found => found.StartsWith(problem, StringComparison.Ordinal));
    }

    public static TheoryData<int, string> Faults() => [.. PlantedFaults.All.Select((fault, number) => (number, fault.Problem))];

    [Fact]
    public async Task Every_role_is_one_that_is_needed_at_the_narrowest_place() => Assert.Equal(
        [
            "Key Vault Secrets Officer at vaultName for the deployer",
            "Key Vault Secrets User at vaultName for the app",
            "Monitoring Metrics Publisher at insightsName for the app",
            "Storage Blob Data Contributor at dataAccountName for the app",
            "Storage Blob Data Contributor at dataAccountName/inbox for the groups of the inbox",
            "Storage Blob Data Owner at hostAccountName for the app",
            "Storage Blob Data Reader at dataAccountName/rejected for the groups of the inbox",
            "Storage Blob Data Reader at dataAccountName/snapshots for the readers",
            "Storage Table Data Contributor at dataAccountName for the app",
            "Storage Table Data Contributor at hostAccountName for the app",
        ],
        (await Bicep.Compiled()).Resources("Microsoft.Authorization/roleAssignments").Select(Describe).Order(StringComparer.Ordinal));

    [Fact]
    public async Task It_makes_what_the_page_lists_and_names_it_in_one_place()
    {
        var template = await Bicep.Compiled();
        Assert.Equal(
            ["Microsoft.Authorization", "Microsoft.Consumption", "Microsoft.Insights", "Microsoft.KeyVault", "Microsoft.ManagedIdentity", "Microsoft.Network",
                "Microsoft.OperationalInsights", "Microsoft.Storage", "Microsoft.Web"],
            template.Types.Select(type => type[..type.IndexOf('/')]).Distinct().Order(StringComparer.Ordinal));

        // Only main asks for names, and only the one function makes them.
        var modules = Directory.GetFiles(Path.Combine(Bicep.Folder, "modules"), "*.bicep").Where(file => Path.GetFileName(file) != "names.bicep");
        Assert.All(modules, file => Assert.DoesNotMatch("uniqueString|resourceName", File.ReadAllText(file)));
        Assert.All(
            template.Root["variables"]!["names"]!.AsObject(),
            name => Assert.Matches(@"^\[__bicep\.resourceName\('\w+', parameters\('workload'\), parameters\('stage'\), variables\('salt'\)\)\]$", name.Value!.GetValue<string>()));
    }

    [Fact]
    public async Task What_the_Power_BI_project_needs_is_put_out()
    {
        var outputs = (await Bicep.Compiled()).Root["outputs"]!.AsObject();

        Assert.Contains("{0}/api'", outputs["baseUrl"]!["value"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("entraAudience", outputs.Select(output => output.Key));
    }

    [Fact]
    public void Modules_are_files_of_this_folder()
    {
        var named = Directory.GetFiles(Bicep.Folder, "*.bicep", SearchOption.AllDirectories)
            .SelectMany(file => Module().Matches(File.ReadAllText(file)).Select(match => match.Groups["path"].Value))
            .ToList();

        Assert.Contains("modules/functions.bicep", named);
        Assert.All(named, path => Assert.True(File.Exists(Path.Combine(Bicep.Folder, path)), path));
    }

    private static string Describe(JsonObject assignment)
    {
        var scope = assignment["scope"]!.GetValue<string>();
        var container = Container().Match(scope) is { Success: true } found ? $"/{found.Groups["name"].Value}" : "";
        var who = assignment["properties"]!["principalId"]!.GetValue<string>() switch
        {
            "[reference('identity').principalId]" => "the app",
            "[parameters('deployerPrincipalId')]" => "the deployer",
            "[parameters('inboxGroupIds')[copyIndex()]]" => "the groups of the inbox",
            "[parameters('readerGroupIds')[copyIndex()]]" => "the readers",
            var other => other,
        };
        return $"{AzureRoles.Of(assignment)} at {Place().Match(scope).Groups["name"].Value}{container} for {who}";
    }

    [GeneratedRegex(@"^(module \w+|import .* from) '(?<path>[^']*)'", RegexOptions.Multiline)]
    private static partial Regex Module();

    [GeneratedRegex(@"parameters\('(?<name>\w+)'\)")]
    private static partial Regex Place();

    [GeneratedRegex(@"format\('\{0\}(?<name>\w+)', parameters\('prefix'\)\)\)\]$")]
    private static partial Regex Container();
}
