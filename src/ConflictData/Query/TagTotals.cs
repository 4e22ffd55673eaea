using System.Collections.Concurrent;
using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.Query;

/// <summary>
/// Computes the totals of releases that have a tag, each once: when the view of them is first read, since they never change
/// and few instances are asked for them. What was computed for a tag that moved on serves whoever still reads it where it was.
/// </summary>
internal sealed class TagTotals(EngineReads reads)
{
    /// <summary>The view that they are for.</summary>
    public static readonly Dataset View = Catalog.FindSet("TotalsByTag")!;

    private readonly ConcurrentDictionary<int, bool> computed = [];
    private readonly SemaphoreSlim one = new(1);

    /// <summary>Null when the totals of all of them are there; else why they are not.</summary>
    public async Task<ApiError?> Ensure(IEnumerable<int> releases, CancellationToken cancellation)
    {
        foreach (var release in releases.Order().Where(release => !computed.ContainsKey(release)))
        {
            if (await Compute(release, cancellation) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>Has nothing computed until what is given is disposed of; to be held while what is there is computed anew.</summary>
    public IDisposable Hold()
    {
        one.Wait();
        return new Held(one);
    }

    private async Task<ApiError?> Compute(int release, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            var added = await reads.Execute(TagTables.AddTotals(release), cancellation);
            if (added.Succeeded(out var rows, out var error))
            {
                rows.Dispose();
                computed[release] = true;
            }

            return error;
        }
        finally
        {
            one.Release();
        }
    }

    private sealed class Held(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
