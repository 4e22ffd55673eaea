using System.IO.Compression;
using ConflictData.Api;

namespace ConflictData.Submissions;

/// <summary>Unpacks without trusting what is packed.</summary>
internal static class Unpacked
{
    private const int Step = 64 * 1024;

    /// <summary>A gzipped payload as it was before. Before memory is taken for it, it is read to its end to see how much.</summary>
    public static async Task<Result<ReadOnlyMemory<byte>>> Gzip(ReadOnlyMemory<byte> packed, PayloadSpace space, CancellationToken cancellation)
    {
        try
        {
            if (!space.Limits.OnDisk)
            {
                var length = Length(packed, space.Limits.UnpackedBytes);
                if (length > space.Limits.UnpackedBytes)
                {
                    return space.Limits.TooLargeUnpacked;
                }

                if (!await space.HasRoom(length, cancellation))
                {
                    return SubmissionRequest.NoRoom;
                }
            }

            await using var gzip = Open(packed);
            return await space.Keep(gzip, space.Limits.UnpackedBytes, cancellation) is { } bytes ? bytes : space.Limits.TooLargeUnpacked;
        }
        catch (InvalidDataException)
        {
            return new ApiError(ErrorCode.BadRequest, space.Limits.OnDisk
                ? "The file is not gzip, though its name ends in .gz, or it is damaged or cut off."
                : "The body is not gzip, though Content-Encoding says so, or it is damaged or cut off.")
            { Target = "Content-Encoding" };
        }
    }

    /// <summary>How long it becomes; of one that becomes too long, only that it does.</summary>
    private static long Length(ReadOnlyMemory<byte> packed, int atMost)
    {
        using var gzip = Open(packed);
        var step = new byte[Step];
        var length = 0L;
        for (int read; length <= atMost && (read = gzip.Read(step)) > 0;)
        {
            length += read;
        }

        return length;
    }

    private static GZipStream Open(ReadOnlyMemory<byte> packed) => new(PayloadSpace.Open(packed), CompressionMode.Decompress);
}
