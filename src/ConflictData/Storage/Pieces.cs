using Azure.Storage;

namespace ConflictData.Storage;

/// <summary>
/// How large contents go to storage. In one request, one of a few hundred megabytes would run out of the time that a request has; so would many
/// pieces at a time, all of which a narrow line must take meanwhile: several files may be on their way at once.
/// </summary>
internal static class Pieces
{
    /// <summary>Bytes of a piece.</summary>
    public const int Size = 4 * 1024 * 1024;

    /// <summary>Pieces of one file that are on their way at a time.</summary>
    private const int AtOnce = 2;

    public static StorageTransferOptions Transfer => new() { InitialTransferSize = Size, MaximumTransferSize = Size, MaximumConcurrency = AtOnce };
}
