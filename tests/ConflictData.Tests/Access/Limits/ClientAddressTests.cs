using ConflictData.Access;

namespace ConflictData.Tests.Access;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", null, 0, "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", null, 0, "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", null, 0, "20010DB800010002/64")]
    [InlineData("192.0.2.1", "198.51.100.7", 0, "192.0.2.1")]
    [InlineData("192.0.2.1", "198.51.100.7", 1, "198.51.100.7")]
    [InlineData("192.0.2.1", "10.0.0.1, 198.51.100.7:51234", 1, "198.51.100.7")]
    [InlineData("192.0.2.1", "203.0.113.5, 198.51.100.7", 2, "203.0.113.5")]
    [InlineData("192.0.2.1", "[2001:db8::1]:443", 1, "20010DB800000000/64")]
    [InlineData("192.0.2.1", "198.51.100.7", 2, "192.0.2.1")]
    [InlineData("192.0.2.1", "nonsense", 1, "192.0.2.1")]
    public void Of_the_forwarded_addresses_only_that_of_our_own_proxy_counts(string remote, string? forwarded, int proxies, string expected)
    {
        var request = Door.Request(null, remote);
        request.Headers["X-Forwarded-For"] = forwarded;
        Assert.Equal(expected, ClientAddress.Of(request, proxies));
    }
}
