using ConflictFunctions.Tests.Hosting;

namespace ConflictFunctions.Tests.Infra;

/// <summary>The Bicep compiler that the build brought, and what it makes of the template.</summary>
internal static class Bicep
{
    private static readonly Lazy<Task<Arm>> Template = new(Compile);

    /// <summary>Folder of the template.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(AppProcess.Project)!, "..", "..", "infra"));

    private static string Program => AppProcess.Metadata("BicepFolder") is { Length: > 0 } folder ? Path.Combine(folder, "tools", "bicep") : "";

    /// <summary>Ends the test as skipped where the package with the compiler is not for this platform.</summary>
    public static void Needed() =>
        Assert.SkipUnless(File.Exists(Program), "The Bicep compiler comes from a package for Linux on x64 alone; on this platform the template is not checked.");

    public static Task<Tool> Run(params string[] arguments)
    {
        Needed();
        return Tool.Run(Program, arguments);
    }

    /// <summary>The template with all its modules, compiled once.</summary>
    public static Task<Arm> Compiled()
    {
        Needed();
        return Template.Value;
    }

    private static async Task<Arm> Compile()
    {
        var run = await Run("build", Path.Combine(Folder, "main.bicep"), "--stdout");
        Assert.Equal(("", 0), (run.Complaints, run.ExitCode));
        return Arm.Parse(run.Output);
    }
}
