using System.IO.Compression;
using ConflictData.Api;

namespace ConflictData.Submissions;

/// <summary>
/// Unpacks without trusting what is packed: how long it becomes is found out, or bounded, before memory is taken for it.
/// </summary>
internal static class Unpacked
{
    private const int Step = 64 * 1024;

    /// <summary>How long a gzipped body is unpacked, read to its end but not kept.</summary>
    public static Result<int> GzipLength(byte[] body)
    {
        try
        {
            using var gzip = Open(body);
            var step = new byte[Step];
            var length = 0;
            for (int read; (read = gzip.Read(step)) > 0;)
            {
                if ((length += read) > SubmissionLimits.UnpackedBytes)
                {
                    return TooLarge;
                }
            }

            return length;
        }
        catch (InvalidDataException)
        {
            return new ApiError(ErrorCode.BadRequest, "The body is not gzip, though Content-Encoding says so, or it is damaged or cut off.") { Target = "Content-Encoding" };
        }
    }

    /// <summary>A gzipped body as it was before.</summary>
    /// <param name="body">What <see cref="GzipLength"/> could read.</param>
    /// <param name="length">The length that it found.</param>
    public static byte[] Gzip(byte[] body, int length)
    {
        using var gzip = Open(body);
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        gzip.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Everything that a stream gives; null where that is not as many bytes as are claimed.</summary>
    public static byte[]? Read(Stream stream, int claimed)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(claimed);
        return stream.ReadAtLeast(bytes, claimed, throwOnEndOfStream: false) == claimed && stream.ReadByte() < 0 ? bytes : null;
    }

    public static ApiError TooLarge { get; } =
        new(ErrorCode.TooLarge, $"Unpacked, the body is larger than {SubmissionLimits.UnpackedBytes / 1024 / 1024} MB. Send it in parts.");

    private static GZipStream Open(byte[] body) => new(new MemoryStream(body, writable: false), CompressionMode.Decompress);
}
