using DuckDB.NET.Native;

namespace ConflictData.Query;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name or alias in the SELECT list.</param>
/// <param name="Type">The engine's type of its values.</param>
public sealed record QueryColumn(string Name, DuckDBType Type);

/// <summary>
/// A finished result, column by column in the engine's own memory, in chunks of up to 2,048 rows. It needs no connection,
/// but it must be disposed, and before its engine is.
/// </summary>
public sealed class QueryRows : IDisposable
{
    private readonly QueryChunk[] chunks;
    private readonly bool isOfQuery;
    private DuckDBResult result;
    private bool disposed;

    internal QueryRows(DuckDBResult result)
    {
        (this.result, isOfQuery) = (result, true);
        Columns = ReadColumns(ref this.result);
        chunks = ReadChunks(this.result, Columns);
        RowCount = chunks.Length == 0 ? 0 : chunks[^1].FirstRow + chunks[^1].RowCount;
        Error = Statement.ErrorOf(ref this.result);
    }

    /// <summary>Rows that no query gave.</summary>
    internal QueryRows(QueryChunk chunk) => (chunks, Columns, RowCount) = ([chunk], chunk.Columns, chunk.RowCount);

    public IReadOnlyList<QueryColumn> Columns { get; }

    public int RowCount { get; }

    /// <summary>What broke the query off between two chunks; null in all rows that a caller gets to see.</summary>
    internal EngineException? Error { get; }

    /// <summary>The rows in order; every chunk but the last may hold any number of them.</summary>
    public IReadOnlyList<QueryChunk> Chunks => chunks;

    /// <summary>One value as a .NET object, for results of a few rows and for code that is not on the hot path.</summary>
    /// <returns>null, string, long, double, bool, DateOnly, DateTimeOffset in UTC; Int128 for HUGEINT, decimal for DECIMAL.</returns>
    public object? Value(int row, int column)
    {
        var chunk = ChunkOf(row);
        return chunk.Vector(column).Value(row - chunk.FirstRow);
    }

    /// <summary>The rows one by one, in order.</summary>
    public IEnumerable<QueryRow> Rows()
    {
        foreach (var chunk in chunks)
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                yield return new(chunk, row);
            }
        }
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        foreach (var chunk in chunks)
        {
            chunk.Dispose();
        }

        if (isOfQuery)
        {
            result.Close();
        }
    }

    /// <summary>The chunk that holds a row.</summary>
    internal QueryChunk ChunkOf(int row) => chunks[ChunkIndexOf(row)];

    internal int ChunkIndexOf(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        var (low, high) = (0, chunks.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = chunks[middle].FirstRow <= row ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    internal static QueryColumn[] ReadColumns(ref DuckDBResult result)
    {
        var columns = new QueryColumn[(int)NativeMethods.Query.DuckDBColumnCount(ref result)];
        for (var index = 0; index < columns.Length; index++)
        {
            columns[index] = new(NativeMethods.Query.DuckDBColumnName(ref result, index), NativeMethods.Query.DuckDBColumnType(ref result, index));
        }

        return columns;
    }

    private static QueryChunk[] ReadChunks(DuckDBResult result, IReadOnlyList<QueryColumn> columns)
    {
        var chunks = new List<QueryChunk>();
        var rows = 0;
        while (NativeMethods.Query.DuckDBFetchChunk(result) is { IsInvalid: false } handle)
        {
            var chunk = new QueryChunk(handle, columns, rows);
            rows += chunk.RowCount;
            chunks.Add(chunk);
        }

        return [.. chunks];
    }
}
