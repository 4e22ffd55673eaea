namespace ConflictData.OData;

/// <summary>Reads the bodies of requests that are held in memory.</summary>
internal static class LimitedBody
{
    /// <summary>The whole body; null where it is longer than allowed.</summary>
    public static async Task<byte[]?> Read(Stream body, int maxBytes, CancellationToken cancellation)
    {
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (var count = 1; count > 0 && read.Length <= maxBytes;)
        {
            count = await body.ReadAsync(buffer, cancellation);
            read.Write(buffer, 0, count);
        }
        return read.Length <= maxBytes ? read.ToArray() : null;
    }
}
