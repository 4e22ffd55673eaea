using DuckDB.NET.Native;

namespace ConflictData.Query;

/// <summary>Some rows of a result that follow each other, as one vector a column.</summary>
public sealed class QueryChunk : IDisposable
{
    private readonly DuckDBDataChunk handle;
    private readonly ColumnVector[] vectors;

    internal QueryChunk(DuckDBDataChunk handle, IReadOnlyList<QueryColumn> columns, int firstRow)
    {
        this.handle = handle;
        (FirstRow, Columns) = (firstRow, columns);
        RowCount = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(handle);
        vectors = new ColumnVector[columns.Count];
        for (var index = 0; index < vectors.Length; index++)
        {
            vectors[index] = ColumnVector.Of(NativeMethods.DataChunks.DuckDBDataChunkGetVector(handle, index), columns[index].Type);
        }
    }

    /// <summary>The columns of the result.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>Place of the first row in the whole result.</summary>
    public int FirstRow { get; }

    public int RowCount { get; }

    /// <summary>The values of a column; rows count from 0 in this chunk.</summary>
    public ColumnVector Vector(int column) => vectors[column];

    public void Dispose() => handle.Dispose();
}
