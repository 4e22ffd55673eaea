using System.IO.Compression;
using ConflictData.Api;

namespace ConflictData.Submissions;

/// <summary>Unpacks without trusting what is packed.</summary>
internal static class Unpacked
{
    private const int Step = 64 * 1024;

    /// <summary>A gzipped body as it was before.</summary>
    public static Result<byte[]> Gzip(byte[] body)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(body, writable: false), CompressionMode.Decompress);
            return Read(gzip, SubmissionLimits.UnpackedBytes);
        }
        catch (InvalidDataException)
        {
            return new ApiError(ErrorCode.BadRequest, "The body is not gzip, though Content-Encoding says so, or it is damaged or cut off.") { Target = "Content-Encoding" };
        }
    }

    /// <summary>Everything that a stream gives, unless it is more than allowed.</summary>
    public static Result<byte[]> Read(Stream stream, int atMost)
    {
        using var bytes = new MemoryStream();
        var step = new byte[Step];
        for (int read; (read = stream.Read(step)) > 0;)
        {
            if (bytes.Length + read > atMost)
            {
                return new ApiError(ErrorCode.TooLarge, $"Unpacked, the body is larger than {SubmissionLimits.UnpackedBytes / 1024 / 1024} MB. Send it in parts.");
            }

            bytes.Write(step, 0, read);
        }

        return bytes.ToArray();
    }
}
