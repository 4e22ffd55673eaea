using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ConflictFunctions.Tests.Running;

/// <summary>Answers over HTTP, compressed as clients ask for it.</summary>
public sealed class CompressionTests(RunningApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip;q=0.5, br;q=1.0", "br")]
    [InlineData("br", "br")]
    [InlineData("*", "br")]
    [InlineData("gzip;q=0, *;q=0.5", "br")]
    [InlineData("br;q=0, *;q=0.5", "gzip")]
    [InlineData("identity, gzip;q=0.5", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData("identity", null)]
    [InlineData("deflate", null)]
    public async Task The_q_values_of_Accept_Encoding_decide(string accept, string? encoding)
    {
        using var plain = await Get("releases/1/odata/Casualties?$orderby=Id", "");
        using var answer = await Get("releases/1/odata/Casualties?$orderby=Id", accept);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(await Text(plain), await Text(answer));
        Assert.Equal(plain.Headers.ETag, answer.Headers.ETag);
        Assert.True(answer.Headers.ETag!.IsWeak);
    }

    [Theory]
    [InlineData("releases/1/odata/Casualties?$format=csv", true)]
    [InlineData("releases/1/odata/Casualties?$format=ndjson", true)]
    [InlineData("releases/1/odata/$metadata", true)]
    [InlineData("releases/1/odata/Casualties/$count", false)]
    [InlineData("releases/1/odata/Nowhere", false)]
    [InlineData("datasets", true)]
    [InlineData("snapshots/1/casualties.csv", false)]
    public async Task What_is_large_and_not_a_file_is_compressed(string address, bool compressed)
    {
        using var plain = await Get(address, "");
        using var answer = await Get(address, "br");

        Assert.Equal(compressed ? "br" : null, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(await Text(plain), await Text(answer));
        if (compressed)
        {
            Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary, name => name == "Accept-Encoding"));
        }
    }

    [Fact]
    public async Task HEAD_says_what_GET_would()
    {
        using var get = await Get("releases/1/odata/$metadata", "gzip");
        using var head = await Get("releases/1/odata/$metadata", "gzip", HttpMethod.Head);

        Assert.Equal(get.Content.Headers.ContentEncoding, head.Content.Headers.ContentEncoding);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Headers.Vary, head.Headers.Vary);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task A_client_that_has_the_answer_in_any_encoding_gets_304()
    {
        using var first = await Get("releases/1/odata/Casualties?$top=50", "gzip");
        using var request = new HttpRequestMessage(HttpMethod.Get, "releases/1/odata/Casualties?$top=50");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var again = await app.Anonymous.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(again.Content.Headers.ContentEncoding);
        Assert.Equal(first.Headers.Vary, again.Headers.Vary);
    }

    [Fact]
    public async Task A_part_of_a_file_comes_as_it_lies()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "snapshots/1/casualties.csv") { Headers = { Range = new RangeHeaderValue(0, 2047) } };
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var part = await app.Anonymous.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.PartialContent, 2048), (part.StatusCode, (await part.Content.ReadAsByteArrayAsync(Cancellation)).Length));
        Assert.Empty(part.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "gzip")]
    [InlineData("gzip;q=0.5, br;q=1.0", "br")]
    [InlineData("br", "br")]
    [InlineData("identity", null)]
    public async Task A_whole_set_comes_as_gzip_where_the_client_likes_nothing_better(string accept, string? encoding)
    {
        const string Address = "releases/1/odata/Casualties?$select=Id,Low,CountText";
        using var plain = await Get(Address, "");
        using var answer = await Get(Address, accept);
        using var head = await Get(Address, accept, HttpMethod.Head);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(encoding, head.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(answer.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        // Kept pages have a length, and so do kept answers where nothing compresses them.
        Assert.Equal(encoding is "gzip" or null, answer.Content.Headers.ContentLength is not null);
        Assert.Equal(await Text(plain), await Text(answer));
        Assert.Equal((plain.Headers.ETag, Vary(plain)), (answer.Headers.ETag, Vary(answer)));
    }

    [Theory]
    [InlineData("curl", "-sS", "--fail", "--compressed")]
    [InlineData("node", "-e", "fetch(process.argv[1]).then(answer => answer.text()).then(text => process.stdout.write(text))")]
    public async Task Programs_of_others_read_a_kept_page_to_its_end(string program, params string[] arguments)
    {
        var address = new Uri(app.Anonymous.BaseAddress!, "releases/1/odata/Casualties").AbsoluteUri;
        var first = await Printed(program, [.. arguments, address]);
        var kept = await Printed(program, [.. arguments, address]);
        using var plain = await Get("releases/1/odata/Casualties", "");

        Assert.Equal(await Text(plain), first);
        Assert.Equal(first, kept);
    }

    private static async Task<string> Printed(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static string Vary(HttpResponseMessage answer) => string.Join(',', answer.Headers.Vary);

    private async Task<HttpResponseMessage> Get(string address, string accept, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accept);
        // Not read to its end: a length that the server did not name would be filled in by then.
        return await app.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    private static async Task<string> Text(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        await using Stream decoded = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => body,
        };
        return await new StreamReader(decoded, Encoding.UTF8).ReadToEndAsync(Cancellation);
    }
}
