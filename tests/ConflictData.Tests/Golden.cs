using System.Runtime.CompilerServices;

namespace ConflictData.Tests;

/// <summary>Expected bytes that are kept in files.</summary>
internal static class Golden
{
    /// <summary>True while UPDATE_GOLDEN=1: the files are written anew instead of compared. For a developer's machine only.</summary>
    public static bool Overwrite => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    /// <summary>Compares a text with the file of that name in the folder Golden beside this one, or writes it.</summary>
    public static void Check(string name, string actual, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(TestProject(caller), "Golden", name);
        if (Overwrite)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }
        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static string TestProject(string caller)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(caller)!);
        while (!File.Exists(Path.Combine(folder.FullName, "ConflictData.Tests.csproj")))
        {
            folder = folder.Parent!;
        }
        return folder.FullName;
    }
}
