using Azure.Storage;

namespace ConflictData.Storage;

/// <summary>How large contents go to storage: in one request, one of a few hundred megabytes would run out of the time that a request has.</summary>
internal static class Pieces
{
    /// <summary>Bytes of a piece.</summary>
    public const int Size = 8 * 1024 * 1024;

    /// <summary>Pieces, some of them at a time.</summary>
    public static StorageTransferOptions Transfer => new() { InitialTransferSize = Size, MaximumTransferSize = Size };
}
