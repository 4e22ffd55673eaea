using ConflictData.Access;
using ConflictFunctions.Tests.Hosting;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Faults;

/// <summary>An instance of the app that may be killed and started again. All instances of a run have the same admin key.</summary>
internal sealed class AppInstance : IAsyncDisposable
{
    private static readonly string AdminKey = KeyText.Make().Reveal();

    private readonly Dictionary<string, string> settings;

    private AppInstance(Dictionary<string, string> settings) => this.settings = settings;

    public AppProcess Process { get; private set; } = null!;

    /// <summary>Calls under its /api/, with the admin key.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Starts one, and returns when it is ready.</summary>
    /// <param name="storage">Connection string.</param>
    /// <param name="prefix">Prefix of the store.</param>
    /// <param name="others">Settings that differ from their defaults.</param>
    public static async Task<AppInstance> Start(string storage, string prefix, Dictionary<string, string>? others = null)
    {
        var instance = new AppInstance(new(others ?? [])
        {
            ["AzureWebJobsStorage"] = storage,
            ["StoragePrefix"] = prefix,
            ["Host__LocalHttpPort"] = "0",
            ["AdminKey"] = AdminKey,
        });
        await instance.Run();
        return instance;
    }

    /// <summary>Starts it again, if need be after an end to what runs.</summary>
    public async Task Restart()
    {
        await DisposeAsync();
        await Run();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }

    private async Task Run()
    {
        Process = AppProcess.Start(settings);
        var address = (await Process.Address()).GetLeftPart(UriPartial.Authority);
        await Process.Line("Ready at release ");
        Client = new HttpClient(new SecretWatch()) { BaseAddress = new($"{address}/api/") };
        Client.DefaultRequestHeaders.Add("x-api-key", AdminKey);
    }
}
