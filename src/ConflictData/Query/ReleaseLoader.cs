using ConflictData.Releases;

namespace ConflictData.Query;

/// <summary>
/// Brings commits from the store into the engine, in order, one loader at a time: into an empty engine those of the newest
/// checkpoint at once, then the ones after it.
/// </summary>
internal sealed class ReleaseLoader(IReleaseReader store, Engine engine, CheckpointReader? checkpoints) : IDisposable
{
    /// <summary>Revisions that are put aside before they are applied; small commits all go as one batch.</summary>
    private const int BatchRows = 200_000;

    private const int ReadAhead = 4;

    private readonly SemaphoreSlim one = new(1);
    private long revisionsRead;

    /// <summary>Revisions that were read from the store so far; those of a checkpoint are not counted.</summary>
    public long RevisionsRead => Volatile.Read(ref revisionsRead);

    /// <summary>Applies a commit if it is the next one, or known already; false when others come before it.</summary>
    public async Task<bool> TryApply(CommittedRevisions committed)
    {
        await one.WaitAsync();
        try
        {
            var behind = committed.Commit.Release - engine.History.Commits.Count;
            if (behind == 1)
            {
                engine.Apply([committed], CancellationToken.None);
            }

            return behind <= 1;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Loads all commits after the head. What came before a failure stays.</summary>
    public async Task Load()
    {
        await one.WaitAsync();
        try
        {
            if (engine.History.Head is null && checkpoints is not null)
            {
                await checkpoints.Load(engine, store, CancellationToken.None);
            }

            await LoadRest();
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task LoadRest()
    {
        var (batch, rows) = (new List<CommittedRevisions>(), 0);
        try
        {
            await foreach (var committed in Read())
            {
                batch.Add(committed);
                rows += committed.Revisions.Count;
                Interlocked.Add(ref revisionsRead, committed.Revisions.Count);
                if (rows >= BatchRows)
                {
                    Apply(batch);
                    rows = 0;
                }
            }
        }
        finally
        {
            Apply(batch);
        }
    }

    private void Apply(List<CommittedRevisions> batch)
    {
        var commits = batch.ToList();
        batch.Clear();
        try
        {
            if (commits.Count > 0)
            {
                engine.Apply(commits, CancellationToken.None);
            }
        }
        finally
        {
            commits.ForEach(committed => committed.Dispose());
        }
    }

    /// <summary>The commits with their revisions, in order, a few of them being read ahead.</summary>
    private async IAsyncEnumerable<CommittedRevisions> Read()
    {
        var reading = new Queue<Task<CommittedRevisions>>();
        try
        {
            var commits = await store.CommitsAfter(engine.History.Commits.Count, CancellationToken.None).ToListAsync();
            var redactions = Redactions.Of(engine.History.Commits.Concat(commits));
            foreach (var commit in commits)
            {
                reading.Enqueue(store.Revisions(commit, redactions, CancellationToken.None));
                if (reading.Count >= ReadAhead)
                {
                    yield return await reading.Dequeue();
                }
            }

            while (reading.TryDequeue(out var next))
            {
                yield return await next;
            }
        }
        finally
        {
            foreach (var unread in reading)
            {
                _ = unread.ContinueWith(read => read.Result.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
            }
        }
    }
}
