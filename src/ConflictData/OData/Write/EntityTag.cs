using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConflictData.OData;

/// <summary>
/// Tags of answers. They are weak: the same data may be compressed in several ways, and a double may end in another digit.
/// </summary>
internal static class EntityTag
{
    /// <summary>A tag over everything that decides what an answer says.</summary>
    public static string Of(params ReadOnlySpan<object?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part}\0");
        }
        return $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32]}\"";
    }

    /// <summary>True where the client has that answer.</summary>
    public static bool IsKnown(HttpRequest request, string tag) =>
        Known(request).Any(item => item.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false));

    /// <summary>True where the client wants no answer if there is one, whichever it is.</summary>
    public static bool IsAnyKnown(HttpRequest request) => Known(request).Any(item => item.Tag == "*");

    private static IList<EntityTagHeaderValue> Known(HttpRequest request) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known) ? known : [];
}
