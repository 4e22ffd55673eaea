using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>How the rows of a file are written.</summary>
public enum RowFormat
{
    Csv,

    /// <summary>One JSON array of objects.</summary>
    Json,

    /// <summary>One JSON object a line.</summary>
    NdJson,
}

/// <summary>One file of a payload: the rows of one dataset.</summary>
public sealed record PayloadFile(Dataset Dataset, RowFormat Format, ReadOnlyMemory<byte> Bytes);
