namespace ConflictData.Submissions;

/// <summary>Checks rows on the other cores while the next ones are read, and gives what came of them in their order.</summary>
internal static class RowCheckAhead
{
    private const int ChunkRows = 500;

    /// <summary>Chunks that wait or are being checked; whoever reads the rows helps once there are more.</summary>
    private static readonly int Ahead = 2 * Environment.ProcessorCount;

    public static IEnumerable<(IncomingRow Row, RowCheckResult Checked)> Check(IEnumerable<IncomingRow> rows, RowProgress progress)
    {
        var chunks = new Queue<Task<(IncomingRow, RowCheckResult)[]>>();
        foreach (var chunk in rows.Chunk(ChunkRows))
        {
            progress.Read(chunk.Length);
            chunks.Enqueue(Task.Run(() => Check(chunk, progress)));
            for (; chunks.Count > Ahead; chunks.Dequeue())
            {
                foreach (var row in Done(chunks.Peek()))
                {
                    yield return row;
                }
            }
        }

        foreach (var row in chunks.SelectMany(Done))
        {
            yield return row;
        }
    }

    private static (IncomingRow, RowCheckResult)[] Check(IncomingRow[] rows, RowProgress progress)
    {
        var done = Array.ConvertAll(rows, row => (row, RowCheck.Check(row)));
        progress.Checked(rows.Length);
        return done;
    }

    /// <summary>A task that no thread has begun with is run by the one that waits for it, so this cannot starve.</summary>
    private static T Done<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
