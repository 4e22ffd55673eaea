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

            var source = new GzipSource(packed);
            await using var gzip = Open(source);
            return await space.Keep(gzip, space.Limits.UnpackedBytes, cancellation) is not { } bytes ? space.Limits.TooLargeUnpacked
                : source.IsAtEnd ? bytes
                : Damaged(space.Limits);
        }
        catch (InvalidDataException)
        {
            return Damaged(space.Limits);
        }
    }

    private static ApiError Damaged(PayloadLimits limits) => new(ErrorCode.BadRequest, limits.OnDisk
        ? "The file is not gzip to its end, though its name ends in .gz: it is damaged, cut off or followed by something else. Pack it again."
        : "The body is not gzip to its end, though Content-Encoding says so: it is damaged, cut off or followed by something else. Pack it again.")
    {
        Target = "Content-Encoding",
    };

    /// <summary>How long it becomes; of one that becomes too long, only that it does.</summary>
    private static long Length(ReadOnlyMemory<byte> packed, int atMost)
    {
        using var gzip = Open(new GzipSource(packed));
        var step = new byte[Step];
        var length = 0L;
        for (int read; length <= atMost && (read = gzip.Read(step)) > 0;)
        {
            length += read;
        }

        return length;
    }

    private static GZipStream Open(GzipSource packed) => new(packed, CompressionMode.Decompress);
}
