using System.IO.Compression;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>Small bodies that are large once they are unpacked. Each is made once.</summary>
internal static class Bombs
{
    private const int Megabyte = 1024 * 1024;

    /// <summary>Over the limit of 200 MB.</summary>
    private const int TooMuch = 201 * Megabyte;

    // Below the limit: what is let through has to be read as rows.
    private const int Short = 24 * Megabyte;
    private const int Long = 190 * Megabyte;

    private static readonly Lazy<IReadOnlyList<RandomBody>> ShortOnes = new(() => [.. OfLength(Short)]);
    private static readonly Lazy<IReadOnlyList<RandomBody>> LongOnes = new(() => [.. OfLength(Long)]);

    /// <summary>One of each kind.</summary>
    public static IReadOnlyList<RandomBody> All(bool isLong) => isLong ? LongOnes.Value : ShortOnes.Value;

    private static IEnumerable<RandomBody> OfLength(int length)
    {
        var zeros = Gzip("\0"u8, TooMuch);
        var rows = Gzip("\n"u8, length);
        (string ContentType, byte[] Bytes)[] gzips =
        [
            ("text/csv", zeros), ("application/zip", zeros), ("text/csv", Gzip(zeros, zeros.Length)), ("text/csv", rows), ("application/x-ndjson", rows), ("multipart/form-data; boundary=b", rows),
            ("text/csv", Gzip(","u8, length)), ("text/csv", Gzip("\""u8, "\",\"\n"u8, length)), ("text/csv", Gzip("Id,Action\n"u8, "a\n"u8, length)),
            ("application/json", Gzip("["u8, length)), ("application/json", Gzip("[null"u8, "\n,null"u8, length)), ("application/x-ndjson", Gzip("null\n"u8, length)), ("application/x-ndjson", Gzip("["u8, length)),
            ("application/json", Gzip("[{\"Id\":\""u8, "a"u8, length)), ("application/json", Gzip("[{\""u8, "\\u0061"u8, length)), ("application/json", Gzip("[{\"\":0"u8, ",\"\":0"u8, length)),
        ];
        return
        [
            .. gzips.Select(gzip => new RandomBody(gzip.ContentType, gzip.Bytes) { ContentEncoding = "gzip" }),
            new("application/zip", Zip(20_000, 1, "Casualties.csv")), new("application/zip", Zip(1, TooMuch, "Casualties.csv")), new("application/zip", Zip(1, length, "Casualties.csv")),
        ];
    }

    private static byte[] Gzip(ReadOnlySpan<byte> unit, int bytes) => Gzip([], unit, bytes);

    /// <summary>What stands first, then one thing again and again up to so many bytes.</summary>
    private static byte[] Gzip(ReadOnlySpan<byte> first, ReadOnlySpan<byte> unit, int bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(first);
            Fill(gzip, unit, bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Zip(int files, int bytes, string name)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var file = 0; file < files; file++)
            {
                using var content = zip.CreateEntry(files == 1 ? name : $"{file}{name}", CompressionLevel.Fastest).Open();
                Fill(content, "\n"u8, bytes);
            }
        }

        return packed.ToArray();
    }

    private static void Fill(Stream stream, ReadOnlySpan<byte> unit, int bytes)
    {
        var block = new byte[unit.Length * Math.Max(1, 60_000 / unit.Length)];
        for (var at = 0; at < block.Length; at += unit.Length)
        {
            unit.CopyTo(block.AsSpan(at));
        }

        for (var left = bytes; left > 0; left -= block.Length)
        {
            stream.Write(block.AsSpan(0, Math.Min(left, block.Length)));
        }
    }
}
