using System.Text.Json;

namespace Benchmarks.Harness;

/// <summary>
/// Finds rows and next link in the bytes of a page. Both are looked for by marks that hold a bare quotation mark on either
/// side of a name; within a JSON string that mark is always escaped, so no value can be taken for one.
/// </summary>
internal static class PageScan
{
    private static ReadOnlySpan<byte> RowStart => "{\"Id\":\""u8;

    private static ReadOnlySpan<byte> NextLinkStart => "\"@odata.nextLink\":"u8;

    /// <summary>How many rows start in the bytes, those left out that were complete before <paramref name="seen"/>.</summary>
    public static int RowStarts(ReadOnlySpan<byte> bytes, int seen) => bytes[Math.Max(0, seen - RowStart.Length + 1)..].Count(RowStart);

    /// <summary>Where the page after this one is; null on the last.</summary>
    public static Uri? NextLink(ReadOnlySpan<byte> page)
    {
        var at = page.LastIndexOf(NextLinkStart);
        if (at < 0)
        {
            return null;
        }

        var value = new Utf8JsonReader(page[(at + NextLinkStart.Length)..], isFinalBlock: false, default);
        value.Read();
        return new(value.GetString()!);
    }
}
