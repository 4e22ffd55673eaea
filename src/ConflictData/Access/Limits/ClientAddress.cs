using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Access;

/// <summary>From where a request comes, for the counting of calls without a key.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>
    /// The address of the client; of IPv6 the network, since a client has all the addresses in it. Of X-Forwarded-For only that
    /// entry counts which the outermost of our own proxies wrote: whatever stands before it, the client may have written.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="proxies">How many proxies of ours stand before the app.</param>
    public static string Of(HttpRequest request, int proxies) =>
        Text(Forwarded(request, proxies) ?? request.HttpContext.Connection.RemoteIpAddress);

    private static IPAddress? Forwarded(HttpRequest request, int proxies)
    {
        if (proxies == 0)
        {
            return null;
        }

        var hops = request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // Azure writes the port as well.
        return hops.Length >= proxies && IPEndPoint.TryParse(hops[^proxies], out var hop) ? hop.Address : null;
    }

    private static string Text(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(address.GetAddressBytes(), 0, NetworkBytes)}/64"),
        _ => address.ToString(),
    };
}
