namespace ConflictData.OData;

/// <summary>How records within records are written.</summary>
/// <param name="MaxRows">Most of them that one record is given with along one way. More is an error, never a part of them.</param>
internal sealed record NestedForm(int MaxRows)
{
    public static NestedForm Usual { get; } = new(new Settings().MaxExpandedRows);

    /// <summary>True where they are no records but more columns of the one that refers to them, as in CSV.</summary>
    public bool IsFlat { get; init; }

    /// <summary>True where whole numbers are strings.</summary>
    public bool LongsAsText { get; init; }

    /// <summary>True where members that are null are left out.</summary>
    public bool OmitsNulls { get; init; }

    /// <summary>True where a record without its key is given with its address.</summary>
    public bool Identifies { get; init; }

    /// <summary>What full metadata needs; null where it is not wanted.</summary>
    public FullMetadata? Full { get; init; }

    /// <summary>True for the form that nearly every client asks for.</summary>
    public bool IsUsual => !LongsAsText && !OmitsNulls && Full is null;
}

/// <summary>What full metadata says depends on.</summary>
/// <param name="Root">Absolute address of the service, with a slash at its end.</param>
/// <param name="Version">The version that the answer is in.</param>
internal sealed record FullMetadata(string Root, string Version);
