namespace ConflictData.Tests.OData.Delta;

/// <summary>Short ways to get a delta link, and to say what it leads to.</summary>
internal static class Following
{
    /// <summary>The delta link at the end of a read.</summary>
    public static async Task<string> DeltaLink(this Server server, string address, string? release = null)
    {
        var reply = await server.Get(address, release, headers: ("Prefer", "track-changes"));
        while (reply.Status == 200 && reply.NextLink is { } next)
        {
            reply = await server.Get(next, release);
        }
        Assert.True(reply.Status == 200, reply.Body);
        return reply.DeltaLink!;
    }

    /// <summary>All changes of a delta link, over its pages.</summary>
    public static async Task<List<string>> Changes(this Server server, string link, string? release = null)
    {
        var items = new List<string>();
        for (string? next = link; next is not null;)
        {
            var reply = await server.Get(next, release);
            Assert.True(reply.Status == 200, reply.Body);
            items.AddRange(reply.Changes());
            next = reply.NextLink;
        }
        return items;
    }

    /// <summary>"+x" for a row with the id x, "deleted x" and "changed x" for one that is gone.</summary>
    public static string[] Changes(this Reply reply) =>
    [
        .. reply.Json["value"]!.AsArray().Select(item => item!["@odata.removed"] is { } removed
            ? $"{removed["reason"]} {item["@odata.id"]!.GetValue<string>().Split('\'')[1]}"
            : "+" + item["Id"]),
    ];
}
