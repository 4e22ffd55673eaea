using System.Text;
using System.Text.Json;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>A body that no endpoint hopes for.</summary>
/// <param name="ContentType">What it says that it is.</param>
/// <param name="Bytes">What it is.</param>
internal sealed record RandomBody(string ContentType, byte[] Bytes)
{
    private const int Deepest = 100_000;

    private static readonly string[] Numbers = ["1e999", "-1e999", "1e-999", "123456789012345678901234567890", "0.1e", "01", "+1", "NaN", "--1", "9223372036854775808", "1.7976931348623159e308"];

    private static readonly string[] Objects =
    [
        """{"name":"n","owner":"o","scopes":["read"]}""", """{"name":1,"owner":[],"scopes":{}}""", """{"name":"n","owner":"o","scopes":["read"],"datasets":["Casualties"],"expires":"2999-01-01T00:00:00Z"}""",
        """{"tag":"t1"}""", """{"tag":"latest"}""", """{"tag":null}""", """{"requests":[{"id":"1","method":"GET","url":"Places?$top=1"}]}""",
        """{"requests":[{"id":"1","method":"GET","url":"$batch"},{"id":"1","method":"PUT","url":"http://[::1"},{"id":"2","method":"get","url":"../../keys","dependsOn":["1","9"]}]}""",
        """{"requests":[{"id":"1","method":"GET","url":"Places","headers":{"Accept":"\u0000","Prefer":"maxpagesize=99999999999"},"atomicityGroup":"g"}]}""",
        """{"requests":[null,1,"x",[],{}]}""", """[{"Id":"x","PlaceId":"hasaka","Date":"2022","Outcome":"killed","CountText":"3"}]""", """[{"Id":"\ud800","Low":1e999,"Low":null,"action":"retract"}]""",
        """[{"Id":{"a":[1,{}]}}]""", """{"Id":"a"}""", "null", "[]", "{}", "\"\"", "0", "", "[", "{\"", "[1,]", "// comment\n{}", "\u00EF\u00BB\u00BF{}",
    ];

    /// <summary>Empty, or the name of the compression that it says it has.</summary>
    public string ContentEncoding { get; init; } = "";

    /// <summary>One that fits the route at least in its kind, or one of any kind.</summary>
    public static RandomBody Next(Random random, string route) => random.OneIn(4) ? OfAnyKind(random) : route switch
    {
        "submissions" => random.OneIn(2) ? Spoilt(random, RandomSet.Zip(random)) : Spoilt(random, RandomSet.Multipart(random)),
        "submissions/{dataset}" => random.Next(4) switch { 0 => OfJson(random), 1 => OfLines(random), _ => OfCsv(random) },
        _ when route.Contains("odata") => random.Next(3) switch { 0 => OfJson(random), 1 => OfText(random), _ => OfBatch(random) },
        _ => OfJson(random),
    };

    /// <summary>Rarely one that is large once it is unpacked.</summary>
    private static RandomBody OfAnyKind(Random random) => random.Next(10) switch
    {
        0 => new("application/octet-stream", Hostile.Bytes(random, random.Length(20_000))),
        1 => new(random.Any(["application/json", "text/csv", "application/zip", "application/x-ndjson"]), Hostile.Bytes(random, random.Length(20_000))),
        <= 3 => OfJson(random),
        4 => OfLines(random),
        5 => OfCsv(random),
        6 => Spoilt(random, RandomSet.Zip(random)),
        7 => Spoilt(random, RandomSet.Multipart(random)),
        8 => OfBatch(random),
        _ when random.OneIn(8) => random.Any(Bombs.All(isLong: false)),
        _ => OfText(random),
    };

    private static RandomBody OfJson(Random random) => random.Next(4) switch
    {
        0 => new("application/json", Latin(Deep(random))),
        1 => new("application/json", Latin(Odd(random))),
        _ => Spoilt(random, new("application/json", Latin(random.Any(Objects)))),
    };

    private static RandomBody OfLines(Random random) => random.OneIn(4)
        ? new("application/x-ndjson", Latin(Deep(random)))
        : Spoilt(random, new("application/x-ndjson", Latin(string.Join('\n', Enumerable.Range(0, random.Length(300)).Select(_ => random.Any(Objects).Replace('\n', ' '))))));

    private static RandomBody OfCsv(Random random) => Spoilt(random, new(random.Any(["text/csv", "text/csv", "text/tab-separated-values"]), Latin(RandomSet.Csv(random))));

    private static RandomBody OfBatch(Random random) => Spoilt(random, new("multipart/mixed; boundary=b", Latin(RandomSet.Batch(random))));

    private static RandomBody OfText(Random random) =>
        new("text/plain", Latin(random.OneIn(2) ? RandomAddresses.Next(random).Split('?')[1] : Hostile.Text(random, 200_000)));

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    private static RandomBody Spoilt(Random random, RandomBody sound) => random.Next(6) switch
    {
        < 2 => sound with { Bytes = Hostile.Damage(random, sound.Bytes) },
        2 => sound with { ContentEncoding = random.Any(["gzip", "br", "deflate", "gzip, gzip", "identity", "x"]) },
        _ => sound,
    };

    private static string Deep(Random random)
    {
        var (depth, opening, closing) = (random.Length(Deepest), random.Any(["[", "{\"a\":", "[{\"Id\":", "[[],"]), "");
        closing = opening switch { "[" or "[[]," => "]", "{\"a\":" => "}", _ => "}]" };
        var middle = random.Any(["", "1", "null"]);
        return string.Concat(Enumerable.Repeat(opening, depth)) + middle + (random.OneIn(2) ? string.Concat(Enumerable.Repeat(closing, depth)) : "");
    }

    private static string Odd(Random random)
    {
        var name = JsonEncodedText.Encode(Hostile.Text(random, 200)).ToString();
        var value = random.Next(4) switch
        {
            0 => random.Any(Numbers),
            1 => new string('9', random.Length(10_000)),
            2 => $"\"{Hostile.Text(random)}\"",
            _ => $"\"{random.Any(["\\ud800", "\\udc00\\ud800", "\\u0000", "\\x", "\\u12"])}\"",
        };
        var members = string.Join(',', Enumerable.Range(0, random.Length(2000)).Select(_ => $"\"{random.Any([name, "Id", "name", "tag", "requests", "Low"])}\":{value}"));
        return random.OneIn(2) ? $"{{{members}}}" : $"[{{{members}}}]";
    }
}
