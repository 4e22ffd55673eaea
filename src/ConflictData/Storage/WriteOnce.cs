using Azure;
using Azure.Storage.Blobs.Models;

namespace ConflictData.Storage;

/// <summary>Blobs that are written once: whoever comes second leaves the first one's bytes alone.</summary>
internal static class WriteOnce
{
    private static readonly BlobErrorCode[] Reasons =
        [BlobErrorCode.BlobAlreadyExists, BlobErrorCode.ConditionNotMet, BlobErrorCode.LeaseIdMissing, BlobErrorCode.InvalidBlockList];

    /// <summary>The condition under which such a blob is uploaded.</summary>
    public static BlobRequestConditions OnlyIfNew => new() { IfNoneMatch = ETag.All };

    /// <summary>
    /// Runs an upload under <see cref="OnlyIfNew"/>; false where the blob was there already, perhaps by a try of our own the answer to which
    /// was lost. Storage has other reasons to refuse with the same status, such as an account that is full: after those nothing is there.
    /// </summary>
    public static async Task<bool> IsFirst(Func<Task> upload)
    {
        try
        {
            await upload();
            return true;
        }
        catch (RequestFailedException exists) when (IsThere(exists))
        {
            return false;
        }
    }

    /// <summary>
    /// Storage may notice the lease that somebody holds on the blob before it notices the condition; or that the blocks of this upload are gone,
    /// since the first upload's commit throws away all others.
    /// </summary>
    private static bool IsThere(RequestFailedException failure) => Reasons.Any(reason => reason == failure.ErrorCode);
}
