using System.Globalization;
using System.Reflection;
using System.Text.Json;
using ConflictData;
using ConflictData.Storage;
using ConflictFunctions.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace ConflictFunctions.Tests.Running;

/// <summary>The README's table of settings is the class Settings.</summary>
public sealed class SettingsPageTests
{
    [Fact]
    public void The_README_lists_every_setting_with_its_default()
    {
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(AppProcess.Project)!, "..", "..", "README.md"));
        var table = readme[readme.IndexOf("## Settings", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (Name: cells[1].Trim('`'), Default: cells[2].Trim('`')));
        Assert.Equal(All(new Settings(), ""), table);
    }

    /// <summary>Names as they are set, those within another after "__", with their defaults.</summary>
    internal static IEnumerable<(string Name, string Default)> All(object defaults, string before) => defaults.GetType().GetProperties()
        .SelectMany(property => property.GetValue(defaults) is StorageIdentity identity
            ? All(identity, $"{property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name}__")
            : [(before + Cased(property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name, before), Convert.ToString(property.GetValue(defaults), CultureInfo.InvariantCulture)!)]);

    /// <summary>Within another they are written as the Functions host writes them.</summary>
    private static string Cased(string name, string before) => before.Length > 0 ? JsonNamingPolicy.CamelCase.ConvertName(name) : name;
}
