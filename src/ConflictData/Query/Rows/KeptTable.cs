using System.Globalization;
using ConflictData.Datasets;
using ConflictData.RowFiles;
using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>The revisions of a dataset as rows, from the first to the last that was taken over. Safe for any number of readers beside one that takes over.</summary>
internal sealed class KeptTable(Dataset dataset) : IDisposable
{
    /// <summary>Rows that are taken over with one query: a read that goes on for long stands against compressing the tables.</summary>
    private const int PieceRows = 20_000;

    private readonly Lock gate = new();
    private readonly RowFile<KeptRow> rows = new(new KeptRowFormat(dataset));
    private readonly string columns = string.Join(", ", dataset.Columns.Select(column => EngineSchema.Quote(column.Name)));

    /// <summary>The sequence number of the last row.</summary>
    public long Last
    {
        get
        {
            lock (gate)
            {
                return rows.Count;
            }
        }
    }

    /// <summary>Bytes of all rows.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return rows.Bytes;
            }
        }
    }

    /// <summary>The revisions with some sequence numbers, in that order; null where one is not there.</summary>
    public KeptRow[]? Find(ReadOnlySpan<long> sequences)
    {
        var found = new KeptRow[sequences.Length];
        lock (gate)
        {
            for (var index = 0; index < found.Length; index++)
            {
                if (sequences[index] < 1 || sequences[index] > rows.Count)
                {
                    return null;
                }

                found[index] = rows[(int)sequences[index] - 1];
            }
        }

        return found;
    }

    /// <summary>Takes over the next rows of the table, of which there must be some up to a sequence number.</summary>
    /// <exception cref="InvalidDataException">The table does not give its rows by their sequence numbers.</exception>
    public void TakeOver(DuckDBConnection connection, long last)
    {
        var next = Last + 1;
        var query = string.Create(CultureInfo.InvariantCulture, $"""
            SELECT _seq, _to <> _from, {columns} FROM {EngineSchema.Quote(dataset.Name)} WHERE _seq >= {next} AND _seq <= {Math.Min(last, next + PieceRows - 1)}
            """);
        foreach (var chunk in Statement.Stream(connection, query))
        {
            lock (gate)
            {
                for (var row = 0; row < chunk.RowCount; row++)
                {
                    if (chunk.Vector(0).Get<long>(row) != next++)
                    {
                        throw new InvalidDataException($"{dataset} does not give its rows by their sequence numbers.");
                    }

                    rows.Add(Row(chunk, row));
                }
            }
        }
    }

    public void Dispose() => rows.Dispose();

    private KeptRow Row(QueryChunk chunk, int row)
    {
        var values = new object?[dataset.Columns.Count];
        for (var column = 0; column < values.Length; column++)
        {
            values[column] = chunk.Vector(column + 2).Value(row);
        }

        return new(chunk.Vector(1).Get<bool>(row), values);
    }
}
