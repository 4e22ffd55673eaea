using System.Security.Cryptography;
using System.Text;
using ConflictData.Api;

namespace ConflictData.Submissions;

/// <summary>A body that was read to its end, with the files in it.</summary>
/// <param name="Bytes">As it was sent.</param>
/// <param name="Hash">SHA-256 of them, lower-case hex.</param>
/// <param name="Files">By dataset in the order of the catalogue.</param>
internal sealed record ReceivedPayload(byte[] Bytes, string Hash, PayloadFile[] Files)
{
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

    /// <param name="request">Whose body is read to its end.</param>
    /// <param name="visit">Takes the room that the contents need, and has to outlive them.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<Result<ReceivedPayload>> Receive(SubmissionRequest request, PayloadRoom.Visit visit, CancellationToken cancellation)
    {
        if (await LimitedBody.Read(request.Body, SubmissionLimits.BodyBytes, cancellation, request.ContentLength) is not { } bytes)
        {
            return SubmissionRequest.TooLarge;
        }

        var content = bytes;
        if (request.ContentEncoding == "gzip" && !(await Unpack(bytes, visit, cancellation)).Succeeded(out content, out var error))
        {
            return error;
        }

        var files = await PayloadReader.Files(request.Dataset, request.ContentType, content, visit, cancellation);
        return files.Succeeded(out var found, out error) && (error = request.Forbids(found.Select(file => file.Dataset))) is null
            ? new ReceivedPayload(bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)), found)
            : error;
    }

    private static async Task<Result<byte[]>> Unpack(byte[] bytes, PayloadRoom.Visit visit, CancellationToken cancellation) =>
        !Unpacked.GzipLength(bytes).Succeeded(out var length, out var error) ? error
        : !await visit.Take(length, cancellation) ? SubmissionRequest.NoRoom
        : Unpacked.Gzip(bytes, length);
}
