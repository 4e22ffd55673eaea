using LocalFunctionsHost.Storage;

[assembly: AssemblyFixture(typeof(ConflictData.Tests.AzuriteFixture))]

namespace ConflictData.Tests;

/// <summary>One real Azurite for all tests of this run, on free ports, its data in a folder of its own that goes with it.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("azurite-").FullName;
    private AzuriteProcess? azurite;

    /// <summary>Connection string of the emulator.</summary>
    public string ConnectionString => azurite!.ConnectionString;

    /// <summary>A prefix for table and container names that no other test has.</summary>
    public string NewPrefix() => $"t{Guid.NewGuid():N}"[..13];

    public async ValueTask InitializeAsync() =>
        azurite = await AzuriteProcess.Start(new(folder), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}
