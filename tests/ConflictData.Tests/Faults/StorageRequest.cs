using System.Text;

namespace ConflictData.Tests.Faults;

/// <summary>What a proxy does to a request.</summary>
public enum Fault
{
    None,

    /// <summary>The connection breaks before storage gets the request.</summary>
    Reset,

    /// <summary>Storage gets the request and answers; the client sees the connection break.</summary>
    DropAnswer,

    /// <summary>The connection breaks in the middle of the answer.</summary>
    CutAnswer,
}

/// <summary>When a proxy asks what is to become of a request.</summary>
public enum Moment
{
    /// <summary>It has arrived and storage has not seen it.</summary>
    Arrived,

    /// <summary>Storage has done what it asks for, and the client has not heard of it.</summary>
    Answered,
}

/// <summary>A request on its way to storage.</summary>
/// <param name="Number">How many came before it through the same proxy.</param>
/// <param name="IsOfTables">True for tables, false for blobs.</param>
/// <param name="Bytes">The whole request.</param>
public sealed record StorageRequest(int Number, bool IsOfTables, byte[] Bytes)
{
    /// <summary>Head and body.</summary>
    public string Text { get; } = Encoding.Latin1.GetString(Bytes);

    /// <summary>True where it may change what is stored.</summary>
    public bool IsWrite => !Text.StartsWith("GET ", StringComparison.Ordinal) && !IsHead;

    /// <summary>True for a transaction.</summary>
    public bool IsBatch => IsOfTables && Text.StartsWith("POST ", StringComparison.Ordinal) && Text.Contains("$batch", StringComparison.Ordinal);

    /// <summary>True for the transaction that makes a release.</summary>
    public bool IsCommit => IsBatch && Text.Contains("PayloadHash", StringComparison.Ordinal);

    internal bool IsHead => Text.StartsWith("HEAD ", StringComparison.Ordinal);
}
