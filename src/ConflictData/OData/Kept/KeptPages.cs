using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>Renders a page; the token says that nobody waits for it any more.</summary>
internal delegate Task<Result<KeptPage>> PageRenderer(CancellationToken cancellation);

/// <summary>
/// Keeps pages, compressed, up to so many bytes. Whoever asks for one that is being rendered waits for that one. It is
/// rendered on behalf of all who wait, so one who leaves takes it from nobody; when the last one leaves it is given up.
/// </summary>
internal sealed class KeptPages(long bytes)
{
    /// <summary>What a page takes up beside its rows: key, list entry and objects.</summary>
    private const int Overhead = 400;

    private readonly Lock gate = new();
    private readonly Dictionary<KeptPageKey, Rendering> rendering = [];
    private readonly RecentlyUsed<KeptPageKey, KeptPage> kept = new(bytes, (key, page) => page.Rows.Bytes.Length + (sizeof(char) * key.Columns.Length) + Overhead);

    /// <summary>Bytes that all kept pages take up.</summary>
    public long Held => kept.Held;

    public async Task<Result<KeptPage>> Get(KeptPageKey key, PageRenderer render, CancellationToken cancellation)
    {
        if (kept.TryFind(key, out var page))
        {
            return page;
        }
        var awaited = Join(key, render);
        try
        {
            return await awaited.Page.WaitAsync(cancellation);
        }
        finally
        {
            Leave(key, awaited);
        }
    }

    private Rendering Join(KeptPageKey key, PageRenderer render)
    {
        lock (gate)
        {
            if (!rendering.TryGetValue(key, out var found))
            {
                var started = found = rendering[key] = new();
                found.Page = Task.Run(() => Render(key, started, render));
            }
            found.Waiting++;
            return found;
        }
    }

    private void Leave(KeptPageKey key, Rendering left)
    {
        lock (gate)
        {
            if (--left.Waiting > 0)
            {
                return;
            }
            End(key, left);
        }
        left.Abandoned.Cancel();
    }

    private async Task<Result<KeptPage>> Render(KeptPageKey key, Rendering mine, PageRenderer render)
    {
        try
        {
            var result = await render(mine.Abandoned.Token);
            if (result.Succeeded(out var page, out _))
            {
                kept.Keep(key, page);
            }
            return result;
        }
        finally
        {
            lock (gate)
            {
                End(key, mine);
            }
        }
    }

    /// <summary>From here on nobody joins it; another one may have begun in its place.</summary>
    private void End(KeptPageKey key, Rendering ended)
    {
        if (rendering.GetValueOrDefault(key) == ended)
        {
            rendering.Remove(key);
        }
    }

    private sealed class Rendering
    {
        public CancellationTokenSource Abandoned { get; } = new();

        public Task<Result<KeptPage>> Page { get; set; } = null!;

        public int Waiting { get; set; }
    }
}
