using System.IO.Compression;

namespace Benchmarks.Harness;

/// <summary>Reads pages at known addresses as the gzip that they are sent as; what is in them can be told later.</summary>
internal sealed class CompressedPages : IDisposable
{
    private readonly HttpClient http = FeedClient.Http(gzip: true);
    private readonly List<byte[]> bodies = [];

    /// <summary>Reads every byte of each page, one page after the other, and keeps it.</summary>
    public async Task Read(IReadOnlyList<Uri> pages)
    {
        bodies.Clear();
        foreach (var page in pages)
        {
            bodies.Add(await http.GetByteArrayAsync(page));
        }
    }

    /// <summary>The rows in all pages that were read last.</summary>
    public long Rows() => bodies.Sum(Rows);

    public void Dispose() => http.Dispose();

    private static long Rows(byte[] body)
    {
        using var page = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress))
        {
            gzip.CopyTo(page);
        }

        return PageScan.RowStarts(page.GetBuffer().AsSpan(0, (int)page.Length), 0);
    }
}
