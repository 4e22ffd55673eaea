using System.Globalization;
using ConflictData;
using ConflictFunctions.Tests.Hosting;

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
        var defaults = new Settings();
        var expected = typeof(Settings).GetProperties()
            .Select(property => (property.Name, Default: Convert.ToString(property.GetValue(defaults), CultureInfo.InvariantCulture)!));
        Assert.Equal(expected, table);
    }
}
