using System.Globalization;

namespace ConflictData.Api;

/// <summary>Points in time as callers write them.</summary>
internal static class Instant
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>An instant of RFC 3339, with Z or an offset; null for anything else.</summary>
    public static DateTimeOffset? Read(string text)
    {
        var upper = text.ToUpperInvariant();
        var hasOffset = upper.EndsWith('Z') || upper is [.., '+' or '-', _, _, ':', _, _];
        return hasOffset && DateTimeOffset.TryParseExact(upper, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant
            : null;
    }
}
