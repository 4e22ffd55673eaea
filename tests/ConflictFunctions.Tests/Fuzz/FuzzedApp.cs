using System.Net;
using ConflictFunctions.Tests.Hosting;
using ConflictFunctions.Tests.Running;
using ConflictFunctions.Tests.Running.Access;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>An app of its own that nobody reads without a key, with keys of every scope and a watch over what it becomes.</summary>
public sealed class FuzzedApp : IAsyncLifetime
{
    /// <summary>What the process may take at its worst, bodies of all sizes at once included.</summary>
    private const long MostMegabytes = 1000;

    /// <summary>What its managed objects may take, in hex as the runtime wants it: where more is needed, it fails.</summary>
    private const string HeapLimit = "0x28000000";

    private readonly RunningApp app = new()
    {
        Settings = new() { ["AnonymousRead"] = "false", ["QuerySeconds"] = "5", ["QueueSeconds"] = "1", ["DOTNET_GCHeapHardLimit"] = HeapLimit },
    };

    /// <summary>Keys of every scope; the first one reads.</summary>
    internal IReadOnlyList<string> Keys { get; private set; } = [];

    internal Uri Server => new(app.Root);

    /// <summary>The most memory that it has held at any time.</summary>
    internal long PeakMegabytes => app.PeakMemory / 1024 / 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        Keys = [.. await Task.WhenAll(Enumerable.Select<string, Task<string>>(["read", "contribute", "curate", "admin"], async scope => (await MadeKey.Make(app.Admin, [scope])).Text))];
        foreach (var key in Keys)
        {
            Secrets.Note(key);
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>It answers as it did, has taken no more memory than it may, and has logged no failure.</summary>
    internal async Task AssertWell()
    {
        foreach (var address in (string[])["health/ready", "odata/", "odata/$metadata", "odata/Casualties?$top=1&$expand=Place", "snapshots/latest/places.csv", "releases", "datasets", "keys"])
        {
            using var answer = await app.Admin.GetAsync(address, Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} gives {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancellation)}");
        }

        Assert.Empty(app.Printed.SkipWhile(line => !line.StartsWith("fail:", StringComparison.Ordinal) && !line.StartsWith("crit:", StringComparison.Ordinal)).Take(30));
        Assert.InRange(PeakMegabytes, 1, MostMegabytes);
    }
}
