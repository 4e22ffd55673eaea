using System.Text;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>Headers and bodies.</summary>
internal sealed partial class RandomRequest
{
    private static readonly string[] Names =
    [
        "Accept", "Accept-Encoding", "Accept-Charset", "Accept-Language", "Prefer", "If-None-Match", "If-Match", "If-Modified-Since", "If-Range", "Range", "Idempotency-Key", "OData-Version",
        "OData-MaxVersion", "Conflict-Min-Release", "Origin", "Access-Control-Request-Method", "X-Forwarded-For", "X-Forwarded-Host", "X-HTTP-Method-Override", "Cookie", "Referer", "traceparent",
        "x-functions-key", "User-Agent", "X-Request-Id", "TE", "DNT",
    ];

    private static readonly string[] Values =
    [
        "application/json;odata.metadata=full", "text/csv", "*/*;q=0", "gzip;q=0, br;q=0, identity;q=0", "gzip", "br", "*", "application/json;q=2", "a/b;c=\"", ",,,", "maxpagesize=0", "maxpagesize=-1",
        "maxpagesize=1", "track-changes", "omit-values=nulls", "respond-async", "odata.maxpagesize=99999999999", "W/\"x\"", "*", "\"", "Sat, 01 Jan 0000 00:00:00 GMT", "Sat, 31 Dec 9999 23:59:59 GMT",
        "bytes=0-0", "bytes=-1", "bytes=5-2", "bytes=99999999-", "bytes=99999999999999999999-", "bytes=0-0,1-1,2-2", "bytes=", "4.0", "4.01", "9.9", "-1", "1", "2147483648", "127.0.0.1", "::1", "https://pages.example.org", "null",
    ];

    private static readonly string[] FalseTokens = ["eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.e30.AAAA", "cf_x_y", "cf__", "cf_admin_"];

    private static readonly string[] OddFramings =
    [
        "Content-Length: -1\r\n", "Content-Length: 99999999999999999999\r\n", "Content-Length: 1073741824\r\n", "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 0x10\r\n", "Content-Length: \r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: chunked, identity\r\n", "Transfer-Encoding: x\r\n", "Expect: 100-continue\r\nContent-Length: 10\r\n",
        "Expect: x\r\n", "Upgrade: h2c\r\n", "Content-Length : 3\r\n", " folded: 1\r\n", "NoColon\r\n", ": empty\r\n", "Content-Length: 3\nX: y\r\n",
    ];

    /// <param name="Bytes">As they go over the wire.</param>
    /// <param name="Headers">What says how long they are, and what.</param>
    /// <param name="IsSound">The server has nothing to refuse in them.</param>
    /// <param name="EndsInput">Nothing more comes, whatever was said.</param>
    private sealed record RequestBody(byte[] Bytes, string Headers, bool IsSound, bool EndsInput);

    private void ChooseKey(ref string target)
    {
        var key = random.Next(24) switch { 0 => Hostile.Text(random, 300), 1 => random.Any(FalseTokens), < 8 => random.Any(keys), _ => keys[^1] };
        var isText = key.All(letter => letter is >= '!' and <= '~');
        switch (random.Next(8))
        {
            case 0:
                target += $"{(target.Contains('?') ? '&' : '?')}code={Uri.EscapeDataString(key)}";
                return;
            case 1 when random.OneIn(3):
                break;
            case 2:
                headers.Add(("Authorization", $"Bearer {key}"));
                isSound &= isText;
                break;
            case 3:
                headers.Add(("Authorization", $"Basic {Convert.ToBase64String(Encoding.Latin1.GetBytes($"any:{key}"))}"));
                break;
            case 4 when random.OneIn(3):
                headers.Add(("Authorization", $"{Header()} {Header()}"));
                break;
            default:
                headers.Add(("x-api-key", key));
                isSound &= isText;
                break;
        }
    }

    private void ChooseHeaders()
    {
        for (var count = random.OneIn(30) ? random.Length(300) : random.Next(4); count > 0; count--)
        {
            headers.Add((random.Any(Names), Header()));
        }

        if (random.OneIn(60))
        {
            isSound = false;
            headers.Add((Hostile.Text(random, 40_000), Hostile.Text(random, 40_000)));
        }
    }

    private string Header()
    {
        if (!random.OneIn(5))
        {
            return random.Any(Values);
        }

        var value = Hostile.Text(random, random.OneIn(20) ? 40_000 : 500);
        isSound &= value.All(letter => letter is >= ' ' and <= '~');
        return value;
    }

    private RequestBody Body(string method)
    {
        var body = RandomBody.Next(random, function.Route);
        var type = random.OneIn(15) ? Hostile.Text(random, 200) : body.ContentType;
        isSound &= type.All(letter => letter is >= ' ' and <= '~');
        var described = $"Content-Type: {type}\r\n{(body.ContentEncoding.Length == 0 ? "" : $"Content-Encoding: {body.ContentEncoding}\r\n")}";
        return random.Next(24) switch
        {
            0 => new(body.Bytes, described + random.Any(OddFramings), IsSound: false, EndsInput: true),
            1 => new(body.Bytes, $"{described}Content-Length: {body.Bytes.Length + random.Length(100_000)}\r\n", IsSound: false, EndsInput: true),
            2 => new(body.Bytes, $"{described}Content-Length: {random.Next(body.Bytes.Length + 1)}\r\n", IsSound: false, EndsInput: false),
            3 => new(Hostile.Damage(random, Chunks(body.Bytes)), $"{described}Transfer-Encoding: chunked\r\n", IsSound: false, EndsInput: true),
            <= 9 => new(Chunks(body.Bytes), $"{described}Transfer-Encoding: chunked\r\n", IsSound: true, EndsInput: false),
            _ => new(body.Bytes, $"{described}Content-Length: {body.Bytes.Length}\r\n", IsSound: true, EndsInput: false),
        };
    }

    private byte[] Chunks(byte[] bytes)
    {
        using var chunks = new MemoryStream();
        for (var at = 0; at < bytes.Length;)
        {
            var size = Math.Min(bytes.Length - at, random.Length(60_000));
            chunks.Write(Encoding.Latin1.GetBytes($"{size:X}{(random.OneIn(10) ? ";x=y" : "")}\r\n"));
            chunks.Write(bytes.AsSpan(at, size));
            chunks.Write("\r\n"u8);
            at += size;
        }

        chunks.Write("0\r\n\r\n"u8);
        return chunks.ToArray();
    }
}
