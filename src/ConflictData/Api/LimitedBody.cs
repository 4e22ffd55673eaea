namespace ConflictData.Api;

/// <summary>Reads the bodies of requests that are held in memory.</summary>
internal static class LimitedBody
{
    private const int Step = 128 * 1024;

    /// <summary>The whole body; null where it is longer than allowed.</summary>
    /// <param name="body">The body.</param>
    /// <param name="maxBytes">How long it may be.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="expectedBytes">How long it is said to be: a body of just that length is held once, not in ever larger buffers.</param>
    public static async Task<byte[]?> Read(Stream body, int maxBytes, CancellationToken cancellation, long? expectedBytes = null)
    {
        using var bytes = new MemoryStream((int)Math.Clamp(expectedBytes ?? 0, 0, maxBytes));
        var buffer = new byte[Math.Clamp(maxBytes, 1, Step)];
        for (int count; (count = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (bytes.Length + count > maxBytes)
            {
                return null;
            }

            bytes.Write(buffer, 0, count);
        }

        return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
    }
}
