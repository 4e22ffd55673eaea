using System.Text;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Access;

/// <summary>Finds the key that a request shows, in the four ways that clients can send one.</summary>
internal static class PresentedKey
{
    /// <summary>
    /// The text of the key in <c>x-api-key</c>, as Bearer token, as Basic password or as <c>code=</c>; null where none is shown.
    /// The first of these that is there counts, in this order.
    /// </summary>
    public static string? Find(HttpRequest request)
    {
        if (request.Headers.TryGetValue("x-api-key", out var header))
        {
            return header.ToString();
        }

        return FromAuthorization(request.Headers.Authorization.ToString()) ?? FromQuery(request);
    }

    private static string? FromAuthorization(string authorization) => authorization.Split(' ', 2) switch
    {
        [var scheme, var token] when scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) => token.Trim(),
        [var scheme, var token] when scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) => Password(token.Trim()),
        [""] => null,
        // A scheme that we do not know is a failed attempt, not an anonymous call.
        _ => "",
    };

    private static string Password(string token)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length))
        {
            return "";
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair[(pair.IndexOf(':') + 1)..];
    }

    // A client that adds its key to an address that has it already shows one key; different ones are none.
    private static string? FromQuery(HttpRequest request) =>
        request.Query.TryGetValue("code", out var codes) ? codes.Distinct().Count() == 1 ? codes[0] : "" : null;
}
