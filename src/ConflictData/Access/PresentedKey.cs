using System.Text;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Access;

/// <summary>What a request shows to say who calls.</summary>
/// <param name="Text">The text of the key; "" for what can be none.</param>
/// <param name="IsBearer">True for a Bearer token, which may be one of Entra ID.</param>
internal sealed record PresentedKey(string Text, bool IsBearer = false)
{
    private static readonly PresentedKey Unreadable = new("");

    /// <summary>
    /// The key in <c>x-api-key</c>, as Bearer token, as Basic password or as <c>code=</c>; null where none is shown.
    /// The first of these that is there counts, in this order.
    /// </summary>
    public static PresentedKey? Find(HttpRequest request)
    {
        if (request.Headers.TryGetValue("x-api-key", out var header))
        {
            return new(header.ToString());
        }

        return FromAuthorization(request.Headers.Authorization.ToString()) ?? FromQuery(request);
    }

    private static PresentedKey? FromAuthorization(string authorization) => authorization.Split(' ', 2) switch
    {
        [var scheme, var token] when scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) => new(token.Trim(), IsBearer: true),
        [var scheme, var token] when scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) => Password(token.Trim()),
        [""] => null,
        // A scheme that we do not know is a failed attempt, not an anonymous call.
        _ => Unreadable,
    };

    private static PresentedKey Password(string token)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length))
        {
            return Unreadable;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return new(pair[(pair.IndexOf(':') + 1)..]);
    }

    // A client that adds its key to an address that has it already shows one key; different ones are none.
    private static PresentedKey? FromQuery(HttpRequest request) =>
        request.Query.TryGetValue("code", out var codes) ? codes.Distinct().Count() == 1 ? new(codes[0] ?? "") : Unreadable : null;
}
