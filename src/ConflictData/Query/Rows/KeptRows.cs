using System.Collections.Concurrent;
using ConflictData.Datasets;
using ConflictData.RowFiles;

namespace ConflictData.Query;

/// <summary>
/// The revisions as rows on the local disk, beside the tables of the engine, which has them column by column: to gather all columns of a
/// few rows from there takes milliseconds, from here a tenth of one. Who asks first has them taken over, in the background; what is not
/// here, or not yet, the engine gives.
/// </summary>
internal sealed class KeptRows(EngineDatabase database, Func<ReleaseHistory> history, long mostBytes) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Dataset, KeptTable> tables = new(Catalog.All.Select(dataset => KeyValuePair.Create(dataset, new KeptTable(dataset))));
    private readonly Lock gate = new();
    private Task takingOver = Task.CompletedTask;

    /// <summary>True once nothing more is taken over: there is no room, the disk fails, or all ends.</summary>
    private volatile bool isClosed = mostBytes == 0;

    /// <summary>Rows of a dataset with their sequence numbers, in the order of those.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="columns">Columns of its own; they follow the sequence number.</param>
    /// <param name="sequences">The last revisions of their records at the release, or tombstones; at most as many as a chunk has rows.</param>
    /// <param name="release">The release.</param>
    /// <returns>The rows; null where one of them is not here, is not live at the release, or cannot be read.</returns>
    public QueryRows? Find(Dataset dataset, IReadOnlyList<Column> columns, ReadOnlySpan<long> sequences, int release)
    {
        try
        {
            if (tables[dataset].Find(sequences) is not { } rows)
            {
                TakeOver();
                return null;
            }

            var ordinal = dataset["Release"].Ordinal;
            return rows.All(row => row.IsEverLive && row.Values[ordinal] is long since && since <= release) ? RowVectors.Of(columns, sequences, rows) : null;
        }
        catch (Exception failure) when (failure is LocalDiskException or ObjectDisposedException)
        {
            isClosed = true;
            return null;
        }
    }

    /// <summary>True where the revisions up to a sequence number are here.</summary>
    public bool Has(Dataset dataset, long last)
    {
        if (tables[dataset].Last >= last)
        {
            return true;
        }

        TakeOver();
        return false;
    }

    /// <summary>
    /// Has the rows of some datasets taken over anew, since some of them have changed. Whoever is taking them over or reading them goes on with what
    /// nobody finds any more; it is gone when the last of them is done.
    /// </summary>
    public void Forget(IEnumerable<Dataset> changed)
    {
        foreach (var dataset in changed)
        {
            tables[dataset] = new KeptTable(dataset);
        }
    }

    /// <summary>Ends when all is here that was asked for. For tests.</summary>
    public Task TakenOver
    {
        get
        {
            lock (gate)
            {
                return takingOver;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        isClosed = true;
        await TakenOver.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var table in tables.Values)
        {
            table.Dispose();
        }
    }

    private void TakeOver()
    {
        lock (gate)
        {
            if (!isClosed && takingOver.IsCompleted)
            {
                takingOver = Task.Factory.StartNew(TakeAllOver, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
    }

    private void TakeAllOver()
    {
        try
        {
            using var connection = database.Open();
            foreach (var (dataset, table) in tables)
            {
                // What lies beyond the head may be taken away again.
                for (var last = history().LastSequence(dataset); !isClosed && table.Last < last;)
                {
                    table.TakeOver(connection, last);
                    isClosed |= tables.Values.Sum(one => one.Bytes) > mostBytes;
                }
            }
        }
        catch (Exception failure) when (failure is LocalDiskException or InvalidDataException)
        {
            isClosed = true;
        }
        catch (EngineException)
        {
            // It lacked memory just now; the next one who misses a row has this go on.
        }
    }
}
