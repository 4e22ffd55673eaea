using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>One answer as it came over the wire.</summary>
/// <param name="Status">Its status; 0 where what came is no HTTP.</param>
/// <param name="Headers">Its headers, names in lower case.</param>
/// <param name="Body">Its body, no longer in chunks but still compressed.</param>
/// <param name="IsWhole">False where it was cut off.</param>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, bool IsWhole)
{
    /// <summary>The app's own answers have its headers, the server's refusals have not.</summary>
    public bool IsOfApp => Headers.ContainsKey("referrer-policy");

    public string MediaType => Headers.GetValueOrDefault("content-type", "").Split(';')[0];

    /// <summary>The body as text, no longer compressed.</summary>
    public string Text
    {
        get
        {
            using Stream body = Headers.GetValueOrDefault("content-encoding") switch
            {
                "gzip" => new GZipStream(new MemoryStream(Body), CompressionMode.Decompress),
                "br" => new BrotliStream(new MemoryStream(Body), CompressionMode.Decompress),
                _ => new MemoryStream(Body),
            };
            using var text = new StreamReader(body);
            return text.ReadToEnd();
        }
    }

    /// <summary>All answers that came on a connection; interim ones are passed over.</summary>
    public static IReadOnlyList<RawAnswer> ReadAll(ReadOnlySpan<byte> received, IReadOnlyList<string> methods)
    {
        var answers = new List<RawAnswer>();
        while (received.Length > 0)
        {
            var method = answers.Count < methods.Count ? methods[answers.Count] : "GET";
            var (answer, length) = Read(received, method);
            received = received[length..];
            if (answer.Status is 0 or >= 200)
            {
                answers.Add(answer);
            }
        }

        return answers;
    }

    private static (RawAnswer Answer, int Length) Read(ReadOnlySpan<byte> received, string method)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        var lines = Encoding.Latin1.GetString(end < 0 ? received : received[..end]).Split("\r\n");
        if (end < 0 || !lines[0].StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || !int.TryParse(lines[0][9..12], out var status))
        {
            return (new(0, new Dictionary<string, string>(), received.ToArray(), IsWhole: false), received.Length);
        }

        var headers = new Dictionary<string, string>();
        foreach (var pair in lines.Skip(1).Select(line => line.Split(": ", 2)))
        {
            var name = pair[0].ToLowerInvariant();
            headers[name] = headers.TryGetValue(name, out var before) ? $"{before}, {pair[^1]}" : pair[^1];
        }

        var rest = received[(end + 4)..];
        var (body, isWhole, length) = method == "HEAD" || status is < 200 or 204 or 304 ? ([], true, 0) : ReadBody(rest, headers);
        return (new(status, headers, body, isWhole), end + 4 + length);
    }

    private static (byte[] Body, bool IsWhole, int Length) ReadBody(ReadOnlySpan<byte> rest, Dictionary<string, string> headers)
    {
        if (headers.TryGetValue("content-length", out var text))
        {
            var length = int.Parse(text, CultureInfo.InvariantCulture);
            return length <= rest.Length ? (rest[..length].ToArray(), true, length) : (rest.ToArray(), false, rest.Length);
        }

        return headers.ContainsKey("transfer-encoding") ? ReadChunks(rest) : (rest.ToArray(), true, rest.Length);
    }

    private static (byte[] Body, bool IsWhole, int Length) ReadChunks(ReadOnlySpan<byte> rest)
    {
        var body = new MemoryStream();
        var length = 0;
        while (rest[length..].IndexOf("\r\n"u8) is > 0 and var digits
            && int.TryParse(rest.Slice(length, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size)
            && length + digits + 2 + size + 2 <= rest.Length)
        {
            body.Write(rest.Slice(length + digits + 2, size));
            length += digits + 2 + size + 2;
            if (size == 0)
            {
                return (body.ToArray(), true, length);
            }
        }

        return (body.ToArray(), false, rest.Length);
    }
}
