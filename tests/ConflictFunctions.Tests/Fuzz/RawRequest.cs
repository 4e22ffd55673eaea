using System.Text;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>What is sent on one connection.</summary>
/// <param name="Bytes">One request, or several behind each other.</param>
/// <param name="Methods">The method of each.</param>
internal sealed record RawRequest(byte[] Bytes, IReadOnlyList<string> Methods)
{
    private const int Shown = 1500;

    /// <summary>Nothing in it is for the server to refuse, so that each of the requests must get an answer of the app's own.</summary>
    public bool ReachesApp { get; init; }

    /// <summary>True where errors must come as the feed writes them.</summary>
    public bool IsFeed { get; init; }

    /// <summary>True where an answer may show a key, having made it.</summary>
    public bool MakesKey { get; init; }

    /// <summary>The client says after it that nothing more will come.</summary>
    public bool EndsInput { get; init; }

    /// <summary>In how many pieces it goes out.</summary>
    public int Pieces { get; init; } = 1;

    /// <summary>A body in good order, for an address under /api/.</summary>
    public static RawRequest Post(string address, string key, RandomBody body) => new(
        [
            .. Encoding.Latin1.GetBytes(
                $"POST /api/{address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-api-key: {key}\r\nContent-Type: {body.ContentType}\r\n"
                + $"Content-Length: {body.Bytes.Length}\r\n{(body.ContentEncoding.Length == 0 ? "" : $"Content-Encoding: {body.ContentEncoding}\r\n")}\r\n"),
            .. body.Bytes,
        ],
        ["POST"]) { ReachesApp = true };

    /// <summary>As printf takes it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var one in Bytes.Take(Shown))
        {
            text.Append((char)one switch
            {
                '\r' => "\\r",
                '\n' => "\\n",
                '\\' => "\\\\",
                '%' => "%%",
                >= ' ' and <= '~' and var plain => plain.ToString(),
                _ => $"\\x{one:X2}",
            });
        }

        return $"{text}{(Bytes.Length > Shown ? $" … ({Bytes.Length} bytes)" : "")}{(EndsInput ? ", and the end" : "")}";
    }
}
