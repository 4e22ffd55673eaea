using System.Text.Json.Nodes;

namespace ConflictData.Tests.OData.Delta;

/// <summary>
/// A client that keeps a copy of a query's rows by following delta links. It asks for the preference once, and takes no change
/// that is none: a row that it has already, a removal of what it has not, a record twice.
/// </summary>
internal sealed class DeltaClient(Server server, string query, string? release = null, string version = "4.01")
{
    private readonly Dictionary<string, string> rows = [];

    public IReadOnlyDictionary<string, string> Rows => rows;

    public string? DeltaLink { get; private set; }

    /// <summary>The release that the copy is of.</summary>
    public string? At { get; private set; }

    /// <summary>Pages that the last answer took.</summary>
    public int Pages { get; private set; }

    /// <summary>Reads everything; what is committed between pages must not show.</summary>
    public async Task Start(int pageSize = 100, Action? betweenPages = null)
    {
        rows.Clear();
        await Read(query, $"odata.track-changes, odata.maxpagesize={pageSize}", pageSize, row => rows.Add(row["Id"]!.GetValue<string>(), row.ToJsonString()), betweenPages);
    }

    /// <summary>Takes over what changed since.</summary>
    public async Task Follow(int pageSize = 100, Action? betweenPages = null)
    {
        var seen = new HashSet<string>();
        await Read(DeltaLink!, $"odata.maxpagesize={pageSize}", pageSize, item =>
        {
            var removed = RemovedId(item);
            Assert.True(seen.Add(removed ?? item["Id"]!.GetValue<string>()), $"{item} comes twice.");
            if (removed is not null)
            {
                Assert.True(rows.Remove(removed), $"{removed} is not here to be removed.");
                return;
            }
            var id = item["Id"]!.GetValue<string>();
            Assert.NotEqual(rows.GetValueOrDefault(id), item.ToJsonString());
            rows[id] = item.ToJsonString();
        }, betweenPages);
    }

    /// <summary>The same query as a fresh read at the release that the copy is of.</summary>
    public async Task<Dictionary<string, string>> Fresh()
    {
        var read = new Dictionary<string, string>();
        for (string? next = query; next is not null;)
        {
            var reply = await server.Get(next, At);
            Assert.True(reply.Status == 200, reply.Body);
            foreach (var row in reply.Json["value"]!.AsArray())
            {
                read.Add(row!["Id"]!.GetValue<string>(), row.ToJsonString());
            }
            next = reply.NextLink;
        }
        return read;
    }

    private async Task Read(string address, string prefer, int pageSize, Action<JsonNode> take, Action? betweenPages)
    {
        (Pages, At) = (0, null);
        for (string? next = address; next is not null; Pages++)
        {
            if (Pages > 0)
            {
                betweenPages?.Invoke();
                prefer = $"odata.maxpagesize={pageSize}";
            }
            var reply = await server.Get(next, release, headers: [("Prefer", prefer), ("OData-MaxVersion", version), ("Accept-Encoding", version == "4.0" ? "identity" : "gzip")]);
            Assert.True(reply.Status == 200, reply.Body);
            Assert.Contains("track-changes", reply.Header("Preference-Applied"));
            At ??= reply.Header("Conflict-Release");
            Assert.Equal(At, reply.Header("Conflict-Release"));
            var items = reply.Json["value"]!.AsArray();
            Assert.True(items.Count <= pageSize && (items.Count == pageSize || reply.NextLink is null));
            foreach (var item in items)
            {
                take(item!);
            }
            (next, DeltaLink) = (reply.NextLink, reply.DeltaLink);
            Assert.True(next is null ^ DeltaLink is null, "A page has a next link or a delta link.");
        }
    }

    private string? RemovedId(JsonNode item)
    {
        var id = version == "4.0" ? item["id"] : item["@odata.removed"] is null ? null : item["@odata.id"];
        return id?.GetValue<string>().Split('\'')[1];
    }
}
