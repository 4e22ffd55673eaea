using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConflictData;
using ConflictFunctions.Tests.Running;
using Microsoft.Extensions.Configuration;

namespace ConflictFunctions.Tests.Infra;

/// <summary>The app settings that the template makes, against those that the code reads.</summary>
public sealed partial class AzureSettingsTests
{
    private const string Page = "README.md";

    [Fact]
    public async Task Every_setting_that_is_read_is_made_or_stays_at_its_default_for_a_reason()
    {
        var (made, left) = (await Made(), InfraPage.Table(Page, "### Settings that stay at their defaults"));

        Assert.Equal(Read, made.Where(name => Read.Contains(name)).Concat(left.Select(cells => cells[0].Trim('`'))).Order(StringComparer.Ordinal));
        Assert.All(left, cells => Assert.NotEqual("", cells[1]));
    }

    [Fact]
    public async Task Every_setting_that_is_made_is_read_by_the_app() => Assert.DoesNotContain(await Made(), name => !Read.Contains(name));

    [Fact]
    public async Task A_setting_that_nobody_reads_and_one_that_nobody_makes_are_found()
    {
        var template = (await Bicep.Compiled()).Copy();
        var settings = template.Given("functions", "settings").AsObject();
        settings.Remove("TrustedProxies");
        settings["TrustedProxy"] = "1";

        Assert.Contains("TrustedProxy", Made(template).Except(Read));
        Assert.Contains("TrustedProxies", Read.Except(Made(template)));
    }

    [Fact]
    public async Task What_is_made_is_what_a_public_app_needs()
    {
        var settings = (await Bicep.Compiled()).Given("functions", "settings");

        Assert.Equal(("false", "false", "1"), (Text(settings, "LoadSample"), Text(settings, "AnonymousRead"), Text(settings, "TrustedProxies")));
        Assert.All(["AdminKey", "TokenSecrets"], name => Assert.Equal(
            $"[format('@Microsoft.KeyVault(SecretUri={{0}}secrets/{name}/)', reference('vault').outputs.uri.value)]",
            Text(settings, name)));
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(4096)]
    public async Task The_app_takes_what_is_made_for_an_instance_of_each_size(int megabytes)
    {
        var settings = (await Bicep.Compiled()).Given("functions", "settings").AsObject()
            .Select(setting => KeyValuePair.Create(setting.Key, (string?)At(megabytes, setting.Value!.GetValue<string>())));

        var read = Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        // What the engine and kept pages may take at most, beside the host and the runtime.
        var engine = int.Parse(read.EngineMemory.Replace("MB", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(engine + read.KeptPagesMegabytes, 1, megabytes * 2 / 3);
    }

    private static List<string> Read { get; } = [.. SettingsPageTests.All(new Settings(), "").Select(setting => setting.Name).Order(StringComparer.Ordinal)];

    private static async Task<List<string>> Made() => Made(await Bicep.Compiled());

    /// <summary>Names of the settings: those that the module makes of what it is given, and those that it is given.</summary>
    private static List<string> Made(Arm template)
    {
        var union = template.Resources("Microsoft.Web/sites/config").Single()["properties"]!.GetValue<string>();
        Assert.EndsWith(", parameters('settings'), parameters('extraSettings'))]", union, StringComparison.Ordinal);
        return [.. Objects().Matches(union).SelectMany(match => Keys(match.Groups["arguments"].Value)), .. template.Given("functions", "settings").AsObject().Select(setting => setting.Key)];
    }

    /// <summary>Every other argument of createObject is a name.</summary>
    private static IEnumerable<string> Keys(string arguments) =>
        Argument().Matches(arguments).Where((_, index) => index % 2 == 0).Select(match => match.Value.Trim().Trim('\''));

    /// <summary>What a setting is where an instance has that much memory; a reference stands for what it leads to.</summary>
    private static string At(int megabytes, string value) =>
        BySize().Match(value) is { Success: true } choice ? choice.Groups[megabytes == 4096 ? "large" : "small"].Value
        : value.StartsWith('[') ? ""
        : value;

    private static string Text(JsonNode settings, string name) => settings[name]!.GetValue<string>();

    [GeneratedRegex(@"createObject\((?<arguments>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)")]
    private static partial Regex Objects();

    [GeneratedRegex(@"(?:'[^']*'|[^,'()]|\((?:[^()]|\([^()]*\))*\))+(?=, |$)")]
    private static partial Regex Argument();

    [GeneratedRegex(@"^\[if\(equals\(parameters\('instanceMemory'\), 4096\), '(?<large>[^']*)', '(?<small>[^']*)'\)\]$")]
    private static partial Regex BySize();
}
