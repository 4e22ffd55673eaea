using System.Net;
using System.Net.Sockets;

namespace ConflictData.Webhooks;

/// <summary>
/// Which addresses are out in the internet, so that nobody can make the app send anything to its own machine, its own network or the
/// services that a cloud has for those within it. What is not known to be out there is not.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            // This network, private ones, those of carriers, loopback and link-local with the metadata of clouds.
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
            // What Azure has at an address of its own for the machines within it.
            "168.63.129.16/32",
            // Protocols, documentation, relays of 6to4, benchmarks, multicast, and what is kept for later.
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Within what is public of IPv6: protocols with Teredo, documentation, and 6to4, which holds an address of IPv4.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>All that is given out of IPv6: neither loopback, link-local, private, multicast nor what leads to IPv4.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    public static bool Contains(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => Contains(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetworkV6 } => GlobalUnicast.Contains(address) && IsFree(address),
        _ => IsFree(address),
    };

    private static bool IsFree(IPAddress address) => !NotPublic.Any(network => network.Contains(address));
}
