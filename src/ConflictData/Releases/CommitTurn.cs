using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using ConflictData.Storage;

namespace ConflictData.Releases;

/// <summary>
/// A turn at committing, for writers that keep losing races: while one holds it, the others of its kind wait. For fairness
/// only: writers that never lost do not ask for it, and a commit is right with or without.
/// </summary>
internal sealed class CommitTurn(BlobContainerClient container, TimeProvider clock)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BlobClient blob = container.GetBlobClient("turn");

    /// <summary>Waits for the turn; after half a minute goes on without. Dispose what is returned to pass it on.</summary>
    public async Task<IAsyncDisposable> Take(CancellationToken cancellation)
    {
        await EnsureBlob(cancellation);
        var lease = blob.GetBlobLeaseClient();
        for (var started = clock.GetTimestamp(); clock.GetElapsedTime(started) < Patience; await Task.Delay(Pause, clock, cancellation))
        {
            try
            {
                await lease.AcquireAsync(Length, cancellationToken: cancellation);
                return new Turn(lease);
            }
            catch (RequestFailedException held) when (held.Status == 409)
            {
                // Somebody else's turn.
            }
        }

        return new Turn(null);
    }

    private Task EnsureBlob(CancellationToken cancellation) => WriteOnce.IsFirst(() => blob.UploadAsync(BinaryData.Empty, overwrite: false, cancellation));

    private sealed class Turn(BlobLeaseClient? lease) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await (lease?.ReleaseAsync() ?? Task.CompletedTask);
            }
            catch (RequestFailedException)
            {
                // It ran out by itself, or will.
            }
        }
    }
}
