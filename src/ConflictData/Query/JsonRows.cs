using System.Buffers;

namespace ConflictData.Query;

/// <summary>Writes rows of a result as JSON objects with one member a column.</summary>
public sealed class JsonRows
{
    public JsonRows(IReadOnlyList<JsonField> fields) => Fields = fields;

    public IReadOnlyList<JsonField> Fields { get; }

    /// <summary>Writes rows as objects with the separator between them, none before the first or after the last.</summary>
    public void Write(QueryRows rows, int from, int count, IBufferWriter<byte> output, byte separator = (byte)',') => throw new NotSupportedException();
}

/// <summary>A member of the objects.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Column">Index of its column in the result.</param>
public sealed record JsonField(string Name, int Column);
