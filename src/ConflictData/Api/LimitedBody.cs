using System.Buffers;

namespace ConflictData.Api;

/// <summary>Reads the bodies of requests that are held in memory.</summary>
internal static class LimitedBody
{
    private const int Step = 128 * 1024;

    /// <summary>The part of a body that has to have come before memory is taken for all that it is said to be.</summary>
    private const int Earnest = 16;

    /// <summary>The whole body; null where it is longer than allowed.</summary>
    /// <param name="body">The body.</param>
    /// <param name="maxBytes">How long it may be.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="expectedBytes">How long it is said to be: a body of just that length is held once, not in ever larger buffers.</param>
    public static async Task<byte[]?> Read(Stream body, int maxBytes, CancellationToken cancellation, long? expectedBytes = null)
    {
        using var bytes = new MemoryStream();
        var expected = (int)Math.Clamp(expectedBytes ?? 0, 0, maxBytes);
        // A buffer of its own for each body would lie among the large objects, which are seldom cleared away.
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Clamp(maxBytes, 1, Step));
        try
        {
            for (int count; (count = await body.ReadAsync(buffer, cancellation)) > 0;)
            {
                if (bytes.Length + count > maxBytes)
                {
                    return null;
                }

                if (bytes.Capacity < expected && bytes.Length + count >= expected / Earnest)
                {
                    bytes.Capacity = expected;
                }

                bytes.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
    }
}
