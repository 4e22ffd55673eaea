namespace ConflictData.Query;

/// <summary>One row of a result, for code that takes its values one by one. Valid until the rows are disposed.</summary>
public readonly struct QueryRow
{
    private readonly QueryChunk chunk;
    private readonly int row;

    internal QueryRow(QueryChunk chunk, int row)
    {
        this.chunk = chunk;
        this.row = row;
    }

    /// <summary>The value of a column; see <see cref="QueryRows.Value"/>.</summary>
    public object? this[int column] => chunk.Vector(column).Value(row);

    public bool IsNull(int column) => chunk.Vector(column).IsNull(row);

    /// <summary>The UTF-8 bytes of a VARCHAR that is not null.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => chunk.Vector(column).Utf8(row);
}
