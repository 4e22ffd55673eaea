using System.Security.Cryptography;
using System.Text;
using ConflictData.Api;

namespace ConflictData.Submissions;

/// <summary>A payload that was read to its end, with the files in it. Its bytes are gone when it is disposed of.</summary>
internal sealed class ReceivedPayload(PayloadSpace space, ReadOnlyMemory<byte> bytes, PayloadFile[] files) : IDisposable
{
    /// <summary>As it was sent.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>SHA-256 of the bytes, lower-case hex.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));

    /// <summary>By dataset in the order of the catalogue.</summary>
    public IReadOnlyList<PayloadFile> Files => files;

    /// <summary>
    /// SHA-256 of what the files say. The same for a set that is sent again, although a client then chooses another boundary or
    /// packs it anew.
    /// </summary>
    public string ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Dataset.Name} {file.Format} {file.Bytes.Length}\n"));
            hash.AppendData(file.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static async Task<Result<ReceivedPayload>> Receive(SubmissionRequest request, CancellationToken cancellation)
    {
        var space = new PayloadSpace(request.Limits);
        try
        {
            var received = await Receive(request, space, cancellation);
            if (received.Error is null)
            {
                space = null;
            }

            return received;
        }
        finally
        {
            space?.Dispose();
        }
    }

    private static async Task<Result<ReceivedPayload>> Receive(SubmissionRequest request, PayloadSpace space, CancellationToken cancellation)
    {
        if (await space.Keep(request.Body, request.Limits.Bytes, cancellation, request.ContentLength) is not { } bytes)
        {
            return request.Limits.TooLarge;
        }

        var content = bytes;
        if (request.ContentEncoding == "gzip" && !(await Unpacked.Gzip(bytes, space, cancellation)).Succeeded(out content, out var error))
        {
            return error;
        }

        var files = await PayloadReader.Files(request.Dataset, request.ContentType, content, space, cancellation);
        return files.Succeeded(out var found, out error) && (error = request.Forbids(found.Select(file => file.Dataset))) is null
            ? new ReceivedPayload(space, bytes, found)
            : error;
    }

    public void Dispose() => space.Dispose();
}
