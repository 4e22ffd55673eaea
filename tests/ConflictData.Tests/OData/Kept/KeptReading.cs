using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Kept;

/// <summary>What the tests of kept pages read, and how.</summary>
internal static class KeptReading
{
    public static readonly (string, string) Gzip = ("Accept-Encoding", "gzip");

    /// <summary>A server with one release: 20 casualties in one place.</summary>
    public static Server Filled(Settings settings)
    {
        var server = new Server(settings);
        server.Commit(
        [
            Record("Places", "p", ("Name", "al-Ḥasaka")),
            .. Enumerable.Range(0, 20).Select(n => Casualty($"c{n:D2}", ("Low", (long)n + 1), ("PlaceId", "p"), ("CountText", $"c{n:D2}"))),
        ]);
        return server;
    }

    /// <summary>All pages of a feed.</summary>
    public static async Task<List<Reply>> Pages(Server server, string address, params (string, string)[] headers)
    {
        var pages = new List<Reply>();
        for (string? next = address; next is not null; next = pages[^1].NextLink)
        {
            pages.Add(await server.Get(next, headers: headers));
            Assert.Equal(200, pages[^1].Status);
        }
        return pages;
    }
}
