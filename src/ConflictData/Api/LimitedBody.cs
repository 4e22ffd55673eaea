namespace ConflictData.Api;

/// <summary>Reads the bodies of requests that are held in memory.</summary>
internal static class LimitedBody
{
    private const int Step = 128 * 1024;

    /// <summary>The whole body; null where it is longer than allowed.</summary>
    public static async Task<byte[]?> Read(Stream body, int maxBytes, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[Math.Clamp(maxBytes, 1, Step)];
        for (int count; (count = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (bytes.Length + count > maxBytes)
            {
                return null;
            }

            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }
}
