using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace ConflictFunctions.Tests.Infra;

/// <summary>Calls of storage by what they cost: tables each the same; of blobs, what writes or lists costs ten times what reads, and deleting nothing.</summary>
public readonly record struct StorageCount(int Tables, int BlobWrites, int BlobReads)
{
    public static StorageCount operator -(StorageCount left, StorageCount right) =>
        new(left.Tables - right.Tables, left.BlobWrites - right.BlobWrites, left.BlobReads - right.BlobReads);
}

/// <summary>Counts every call that the clients of storage send, tries again included.</summary>
internal sealed class StorageCalls
{
    private int tables;
    private int blobWrites;
    private int blobReads;

    public StorageCount SoFar => new(Volatile.Read(ref tables), Volatile.Read(ref blobWrites), Volatile.Read(ref blobReads));

    /// <summary>Has a client's calls counted.</summary>
    public void Watch(ClientOptions options) =>
        options.AddPolicy(new Counter(options is TableClientOptions ? _ => Interlocked.Increment(ref tables) : CountBlob), HttpPipelinePosition.PerRetry);

    private void CountBlob(Request request)
    {
        if (request.Method == RequestMethod.Delete)
        {
            return;
        }

        var isRead = request.Method == RequestMethod.Get || request.Method == RequestMethod.Head;
        if (isRead && !request.Uri.Query.Contains("comp=list", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref blobReads);
        }
        else
        {
            Interlocked.Increment(ref blobWrites);
        }
    }

    private sealed class Counter(Action<Request> count) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => count(message.Request);
    }
}
