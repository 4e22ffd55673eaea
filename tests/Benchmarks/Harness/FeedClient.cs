using System.IO.Compression;
using System.Text.Json;

namespace Benchmarks.Harness;

/// <summary>What a client got: rows and bytes of body, over how many pages, and where the feed goes on.</summary>
internal readonly record struct FeedRead(long Rows, long Bytes, int Pages, Uri? Next);

/// <summary>
/// Reads a feed as a refresh does: page after page along the next links, every byte. It counts rows by their first bytes,
/// which cost it little: the machine's cores are the server's. <see cref="PageCheck"/> proves the count by a real JSON reader.
/// </summary>
/// <param name="gzip">True: it asks for gzip and decompresses what it reads.</param>
internal sealed class FeedClient(bool gzip = false) : IDisposable
{
    private readonly HttpClient http = Http(gzip);
    private byte[] body = new byte[1 << 20];

    /// <summary>Rows on the page that was read last.</summary>
    public int LastRows { get; private set; }

    public static HttpClient Http(bool gzip)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        if (gzip)
        {
            http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        }

        return http;
    }

    /// <summary>Reads pages until the feed ends or so many rows are read.</summary>
    public async Task<FeedRead> Read(Uri feed, long mostRows = long.MaxValue)
    {
        var read = new FeedRead(0, 0, 0, feed);
        while (read is { Next: { } next } && read.Rows < mostRows)
        {
            var (rows, bytes) = await Page(next);
            read = new(read.Rows + rows, read.Bytes + bytes, read.Pages + 1, PageScan.NextLink(body.AsSpan(0, bytes)));
        }

        return read;
    }

    /// <summary>The addresses of all pages of a feed.</summary>
    public async Task<IReadOnlyList<Uri>> Pages(Uri feed)
    {
        var pages = new List<Uri>();
        for (Uri? next = feed; next is not null; next = (await Read(next, 1)).Next)
        {
            pages.Add(next);
        }

        return pages;
    }

    /// <summary>One body as a document.</summary>
    public async Task<JsonDocument> Document(Uri address)
    {
        var (_, bytes) = await Page(address);
        return JsonDocument.Parse(body.AsMemory(0, bytes).ToArray());
    }

    /// <summary>One body as text.</summary>
    public Task<string> Text(Uri address) => http.GetStringAsync(address);

    public void Dispose() => http.Dispose();

    /// <summary>Reads one page into <see cref="body"/>, counting while its bytes are in the processor's cache.</summary>
    private async Task<(int Rows, int Bytes)> Page(Uri address)
    {
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var sent = await response.Content.ReadAsStreamAsync();
        await using var stream = response.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(sent, CompressionMode.Decompress) : sent;
        var (rows, bytes) = (0, 0);
        while (await stream.ReadAsync(body.AsMemory(bytes)) is > 0 and var got)
        {
            rows += PageScan.RowStarts(body.AsSpan(0, bytes + got), bytes);
            bytes += got;
            if (bytes == body.Length)
            {
                Array.Resize(ref body, body.Length * 2);
            }
        }

        LastRows = rows;
        return (rows, bytes);
    }
}
