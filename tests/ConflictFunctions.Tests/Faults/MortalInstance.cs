using ConflictData.Tests.Faults;

namespace ConflictFunctions.Tests.Faults;

/// <summary>An instance whose way to storage is full of faults and which dies from time to time, and is started again.</summary>
internal sealed class MortalInstance : IAsyncDisposable
{
    private readonly Chaos chaos;
    private readonly StorageProxy proxy;
    private Task<AppInstance> running;

    private MortalInstance(string storage, string prefix, int seed, Dictionary<string, string> settings)
    {
        chaos = new Chaos(seed, () => Running.IsCompletedSuccessfully, Kill);
        proxy = new StorageProxy(storage, chaos.Judge);
        running = AppInstance.Start(proxy.ConnectionString, prefix, settings);
    }

    /// <summary>How often it has died.</summary>
    public int Deaths { get; private set; }

    /// <summary>Requests of storage that were harmed.</summary>
    public int Harmed => proxy.Harmed;

    /// <summary>The instance, once it serves.</summary>
    public Task<AppInstance> Running => Volatile.Read(ref running);

    public static async Task<MortalInstance> Start(string storage, string prefix, int seed, Dictionary<string, string> settings)
    {
        var instance = new MortalInstance(storage, prefix, seed, settings);
        await instance.Running;
        return instance;
    }

    /// <summary>From now on it lives, and nothing is harmed.</summary>
    public async Task<AppInstance> Rescue()
    {
        chaos.End();
        return await Running;
    }

    public async ValueTask DisposeAsync()
    {
        await (await Rescue()).DisposeAsync();
        await proxy.DisposeAsync();
    }

    private void Kill()
    {
        var dead = Running.Result;
        dead.Process.Kill();
        Deaths++;
        Volatile.Write(ref running, Revive(dead));
    }

    private static async Task<AppInstance> Revive(AppInstance dead)
    {
        await Task.Yield();
        await dead.Restart();
        return dead;
    }
}
