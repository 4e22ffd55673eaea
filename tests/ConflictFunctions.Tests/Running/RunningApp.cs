using ConflictFunctions.Tests.Hosting;
using ConflictFunctions.Tests.Running;
using LocalFunctionsHost.Storage;

[assembly: AssemblyFixture(typeof(RunningApp))]

namespace ConflictFunctions.Tests.Running;

/// <summary>
/// The whole app as its user runs it, with the sample loaded, on storage and ports of its own; one for all tests of the run.
/// A test that would disturb the others starts one for itself.
/// </summary>
public sealed class RunningApp : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("running-app-").FullName;
    private AzuriteProcess? azurite;
    private AppProcess? process;

    /// <summary>Settings that differ from their defaults.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>Address of the app, without /api.</summary>
    public string Root { get; private set; } = "";

    /// <summary>File that holds the local admin key.</summary>
    public string KeyFile => Path.Combine(process!.Folder, "admin-key");

    public string AdminKey => File.ReadAllText(KeyFile);

    /// <summary>Connection string of its store, for a second instance.</summary>
    public string Storage => azurite!.ConnectionString;

    /// <summary>The next line with some words that the app prints.</summary>
    public Task<string> Line(string words) => process!.Line(words);

    public IReadOnlyCollection<string> Printed => process!.Printed;

    /// <inheritdoc cref="AppProcess.PeakMemory"/>
    public long PeakMemory => process!.PeakMemory;

    /// <summary>Calls under /api/, without a key.</summary>
    public HttpClient Anonymous { get; } = new(new SecretWatch());

    /// <summary>Calls under /api/, with the admin key.</summary>
    public HttpClient Admin { get; } = new(new SecretWatch());

    /// <summary>Another instance on the same storage, with calls under its /api/ by its own admin key.</summary>
    internal async Task<(AppProcess Process, HttpClient Admin)> StartAnother(Dictionary<string, string>? settings = null)
    {
        var another = AppProcess.Start(new(settings ?? []) { ["AzureWebJobsStorage"] = azurite!.ConnectionString, ["Host__LocalHttpPort"] = "0" });
        var admin = new HttpClient(new SecretWatch()) { BaseAddress = new((await another.Address()).GetLeftPart(UriPartial.Authority) + "/api/") };
        await another.Line("Ready at release ");
        admin.DefaultRequestHeaders.Add("x-api-key", File.ReadAllText(Path.Combine(another.Folder, "admin-key")));
        return (another, admin);
    }

    public async ValueTask InitializeAsync()
    {
        azurite = await AzuriteProcess.Start(new(folder), TestContext.Current.CancellationToken);
        process = AppProcess.Start(new(Settings)
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["Host__LocalHttpPort"] = "0",
            ["LoadSample"] = "true",
            ["Logging__LogLevel__ConflictData"] = "Debug",
        });
        var live = await process.Address();
        Root = live.GetLeftPart(UriPartial.Authority);
        await process.Line("Ready at release ");
        Anonymous.BaseAddress = Admin.BaseAddress = new Uri($"{Root}/api/");
        Admin.DefaultRequestHeaders.Add("x-api-key", AdminKey);
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        Admin.Dispose();
        try
        {
            await (process?.DisposeAsync() ?? default);
        }
        finally
        {
            await (azurite?.DisposeAsync() ?? default);
            Directory.Delete(folder, recursive: true);
        }
    }
}
