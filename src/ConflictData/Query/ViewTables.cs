using ConflictData.Api;

namespace ConflictData.Query;

/// <summary>
/// Makes the tables that views are read from when a query first needs them, once for all queries that do, and drops those that
/// were not asked for lately. None is dropped while a query that names it is under way.
/// </summary>
internal sealed class ViewTables(EngineDatabase database, EngineReads reads, Func<ReleaseHistory> history) : IAsyncDisposable
{
    /// <summary>For how many releases tables of a kind are kept.</summary>
    private const int MostKept = 4;

    /// <summary>How many rows those may have together; but one is always kept. 100 MB.</summary>
    private const long MostRows = 300_000;

    private readonly Lock gate = new();

    /// <summary>Those that were asked for last stand last.</summary>
    private readonly List<ViewTableSet> kept = [];

    private readonly CancellationTokenSource closing = new();
    private int lastNumber;

    /// <summary>Reads with an SQL text in which every mark of <see cref="ViewTableKind"/> has become the name of a table that is there.</summary>
    /// <returns>What the reading gives; else why a table could not be made.</returns>
    public async Task<Result<T>> Reading<T>(string sql, Func<string, Task<Result<T>>> read, CancellationToken cancellation)
    {
        var used = new List<ViewTableSet>();
        try
        {
            var text = ViewTableKind.Replace(sql, (kind, release) => Use(used, kind, release).Number);
            foreach (var tables in used)
            {
                // Whoever gives up leaves the work to those that wait on.
                if (await tables.Made.WaitAsync(cancellation) is { } error)
                {
                    return error;
                }
            }

            return await read(text);
        }
        finally
        {
            Release(used);
        }
    }

    /// <summary>Ends what is being made, so that nothing uses the database any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        Task[] unfinished;
        lock (gate)
        {
            unfinished = [.. kept.Select(tables => tables.Made)];
        }

        await Task.WhenAll(unfinished).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        closing.Dispose();
    }

    private ViewTableSet Use(List<ViewTableSet> used, ViewTableKind kind, int release)
    {
        var effective = history().Effective(new(release), kind.Reads);
        if (used.Find(tables => tables.Is(kind, effective)) is { } known)
        {
            return known;
        }

        lock (gate)
        {
            var tables = kept.Find(tables => tables.Is(kind, effective)) ?? Start(kind, effective);
            tables.Users++;
            kept.Remove(tables);
            kept.Add(tables);
            used.Add(tables);
            return tables;
        }
    }

    private void Release(List<ViewTableSet> used)
    {
        if (used.Count == 0)
        {
            return;
        }

        lock (gate)
        {
            used.ForEach(tables => tables.Users--);
        }

        DropSurplus();
    }

    private ViewTableSet Start(ViewTableKind kind, AsOf effective)
    {
        var last = kept.FindLast(tables => tables.Kind == kind);
        var tables = new ViewTableSet(kind, effective, ++lastNumber) { Rows = last?.Rows ?? 0 };
        tables.Made = Task.Run(() => Make(tables));
        return tables;
    }

    private async Task<ApiError?> Make(ViewTableSet tables)
    {
        ApiError? failure = null;
        var isMade = false;
        try
        {
            // What there is no room for next to these goes first.
            DropSurplus();
            var rows = 0L;
            foreach (var statement in tables.Create())
            {
                var made = await Reading(statement, text => reads.Execute(new(text, [], QueryClass.Heavy), closing.Token), closing.Token);
                if (!made.Succeeded(out var count, out failure))
                {
                    return failure;
                }

                using (count)
                {
                    rows += (long)count.Value(0, 0)!;
                }
            }

            tables.Rows = rows;
            isMade = true;
            return null;
        }
        finally
        {
            if (!isMade)
            {
                Forget(tables);
            }
        }
    }

    /// <summary>What could not be made is tried again by the next query.</summary>
    private void Forget(ViewTableSet tables)
    {
        lock (gate)
        {
            kept.Remove(tables);
        }

        Drop([tables]);
    }

    /// <summary>Drops those that are too many, the ones not asked for the longest first.</summary>
    private void DropSurplus()
    {
        ViewTableSet[] surplus;
        lock (gate)
        {
            surplus = [.. kept.GroupBy(tables => tables.Kind).SelectMany(OutOfBounds).Where(tables => tables.IsIdle)];
            kept.RemoveAll(surplus.Contains);
        }

        Drop(surplus);
    }

    private static IEnumerable<ViewTableSet> OutOfBounds(IEnumerable<ViewTableSet> ofKind)
    {
        var (count, rows) = (0, 0L);
        foreach (var tables in ofKind.Reverse())
        {
            rows += tables.Rows;
            if (++count > MostKept || (count > 1 && rows > MostRows))
            {
                yield return tables;
            }
        }
    }

    private void Drop(IReadOnlyCollection<ViewTableSet> surplus)
    {
        if (surplus.Count == 0)
        {
            return;
        }

        using var connection = database.Open();
        foreach (var statement in surplus.SelectMany(tables => tables.Drop()))
        {
            EngineDatabase.Run(connection, statement);
        }
    }
}
