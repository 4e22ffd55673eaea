using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace ConflictFunctions.Tests.Running.Clients;

/// <summary>An OData client that was not written here: a script asks the running app by it, once, and its answers are kept by question.</summary>
/// <param name="app">The app.</param>
/// <param name="script">Name of the script in the folder clients.</param>
public abstract class ForeignClient(RunningApp app, string script) : IAsyncLifetime
{
    private JsonElement answers;

    /// <summary>What the client made of an answer of the feed.</summary>
    public JsonElement this[string question] => answers.GetProperty(question);

    public async ValueTask InitializeAsync()
    {
        var folder = typeof(ForeignClient).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "ClientsFolder").Value!;
        var start = new ProcessStartInfo("node", [Path.Combine(folder, script)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FEED"] = $"{app.Root}/api/releases/1/odata/";
        start.Environment["KEY"] = app.AdminKey;
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{script} ended with {process.ExitCode}: {await errors}\n{await output}");
            answers = JsonElement.Parse(await output);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
