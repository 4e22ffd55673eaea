using System.Security.Cryptography;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Paging;

public sealed class PagingTests
{
    private static readonly Settings SmallPages = new() { PageSize = 7 };

    [Theory]
    [InlineData("Casualties", 50)]
    [InlineData("Casualties?$filter=Low lt 25", 25)]
    [InlineData("Casualties?$top=20", 20)]
    [InlineData("Casualties?$skip=45", 5)]
    [InlineData("Casualties?$skip=3&$top=15", 15)]
    [InlineData("Casualties?$orderby=Low desc", 50)]
    [InlineData("Casualties?$orderby=Outcome&$top=20&$skip=3", 20)]
    [InlineData("Casualties?$orderby=length(Id)&$filter=Low ge 10", 40)]
    [InlineData("Casualties?$top=0", 0)]
    [InlineData("Casualties?$top=7", 7)]
    [InlineData("Casualties?$filter=Low lt 25&$count=true", 25)]
    [InlineData("Casualties?$filter=Low lt 25&$count=true&$skip=3&$top=15", 15)]
    [InlineData("Casualties?$filter=Low lt 25&$count=true&$skip=9223372036854775807", 0)]
    [InlineData("Casualties?$filter=Low lt 0&$count=true", 0)]
    [InlineData("Casualties?$filter=Place/Name eq null and Low ge 10&$skip=2", 38)]
    [InlineData("Casualties?$filter=Place/Name eq null and Low ge 10&$top=30", 30)]
    [InlineData("Casualties?$compute=length(Place/Name) as Long&$select=Id,Long&$skip=1", 49)]
    [InlineData("CasualtiesWide?$filter=Low lt 25", 25)]
    [InlineData("CasualtiesWide?$filter=Low lt 25&$count=true&$top=20", 20)]
    [InlineData("CasualtiesWide?$orderby=Low desc&$top=20", 20)]
    [InlineData("CasualtiesWide?$skip=9223372036854775807", 0)]
    [InlineData("Casualties?$skip=9223372036854775807", 0)]
    [InlineData("Casualties?$top=9223372036854775807", 50)]
    public async Task Every_row_comes_once_whatever_is_committed_meanwhile(string address, int expected)
    {
        await using var server = new Server(SmallPages);
        server.Commit(Enumerable.Range(0, 50).Select(n => Casualty($"c{n:D3}", ("Low", (long)n))));
        var next = 0;

        var ids = await server.ReadAll(address, betweenPages: () => server.Commit(
            Casualty($"new{next}"), Casualty($"c{next:D3}", ("Low", 1000L)), Retraction(Casualty($"c{49 - next++:D3}"))));

        Assert.Equal(expected, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.DoesNotContain(ids, id => id.StartsWith("new", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_follow_the_order_asked_for_over_pages()
    {
        await using var server = new Server(SmallPages);
        server.Commit(Enumerable.Range(0, 50).Select(n => Casualty($"c{n:D3}", ("Low", n % 5 == 0 ? null : (long)(n % 5)))));

        var ids = await server.ReadAll("Casualties?$orderby=Low desc,Id desc");

        var expected = Enumerable.Range(0, 50).OrderByDescending(n => n % 5).ThenByDescending(n => n).Select(n => $"c{n:D3}");
        Assert.Equal(expected, ids);
    }

    [Fact]
    public async Task A_count_covers_all_pages_and_stays_the_same_on_each()
    {
        await using var server = new Server(SmallPages);
        server.Commit(Enumerable.Range(0, 20).Select(n => Casualty($"c{n}")));

        var first = await server.Get("Casualties?$count=true&$top=12");
        server.Commit(Casualty("late"));
        var second = await server.Get(first.NextLink!);

        Assert.Equal((20, 20), ((int)first.Json["@odata.count"]!, (int)second.Json["@odata.count"]!));
        Assert.Equal((7, 5), (first.Ids.Count, second.Ids.Count));
        Assert.Null(second.NextLink);
    }

    [Fact]
    public async Task A_client_may_ask_for_smaller_pages()
    {
        await using var server = new Server(SmallPages);
        server.Commit(Enumerable.Range(0, 20).Select(n => Casualty($"c{n}")));

        var small = await server.Get("Casualties", headers: ("Prefer", "odata.maxpagesize=3"));
        var large = await server.Get("Casualties", headers: ("Prefer", "return=minimal, maxpagesize=1000"));

        Assert.Equal((3, "odata.maxpagesize=3"), (small.Ids.Count, small.Header("Preference-Applied")));
        Assert.Equal((7, "maxpagesize=7"), (large.Ids.Count, large.Header("Preference-Applied")));
    }

    [Fact]
    public async Task A_next_link_stays_under_its_root_and_carries_no_key()
    {
        await using var server = new Server(SmallPages);
        server.Commit(Enumerable.Range(0, 20).Select(n => Casualty($"c{n}")));

        var newest = await server.Get("casualties?code=cf_x_secret&$FILTER=Low%20eq%20null&x-y=1", keyId: "k1");
        var pinned = await server.Get("Casualties?top=15", release: "1");

        Assert.StartsWith($"{Server.Root}/Casualties?$FILTER=Low%20eq%20null&$skiptoken=", newest.NextLink, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", newest.Body, StringComparison.Ordinal);
        Assert.StartsWith("https://data.example/api/releases/1/odata/Casualties?top=15&$skiptoken=", pinned.NextLink, StringComparison.Ordinal);
        Assert.Equal(7, (await server.Get(pinned.NextLink!, release: "1")).Ids.Count);
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("&$orderby=Low desc&$top=12&$count=true", 12)]
    public async Task A_long_query_travels_within_the_token_of_its_next_link(string options, int expected)
    {
        await using var server = new Server(SmallPages);
        server.Commit(Enumerable.Range(0, 20).Select(n => Casualty($"c{n}", ("Low", (long)n))));
        var start = $"Casualties?$filter=not (Id in ({string.Join(',', Enumerable.Range(0, 60).Select(n => $"'x%26y+z-{Guid.Empty}-{n}'"))}))";
        Assert.True(start.Length > 2048);

        var (ids, next) = (new List<string>(), start + options);
        while (next is not null)
        {
            var page = await server.Get(next + (ids.Count > 0 ? "&code=cf_x_secret" : ""));
            ids.AddRange(page.Ids);
            next = page.NextLink;
            Assert.True(next is null || (next.Length <= 2000 && next.StartsWith($"{Server.Root}/Casualties?$skiptoken=", StringComparison.Ordinal)));
        }

        Assert.Equal(expected, ids.Distinct().Count());
        Assert.Equal(expected, ids.Count);
    }

    [Fact]
    public async Task A_packed_query_is_held_to_the_token_that_carries_it()
    {
        await using var server = new Server(SmallPages);
        server.Commit(Enumerable.Range(0, 20).Select(n => Casualty($"c{n}")));
        string Long(char letter) => $"Casualties?$filter=Note ne '{new string(letter, 1990)}'";
        var (one, other) = ((await server.Get(Long('x'))).NextLink!, (await server.Get(Long('y'))).NextLink!);
        var (token, packed) = (one.Split('~')[0], other.Split('~')[1]);

        Assert.Equal("badToken", (await server.Get($"{token}~{packed}")).ErrorCode);
        Assert.Equal("badToken", (await server.Get($"{token}~")).ErrorCode);
        Assert.Equal("badToken", (await server.Get(one + "!")).ErrorCode);
        Assert.Equal("badToken", (await server.Get(one[..^3])).ErrorCode);
        Assert.Equal("badQuery", (await server.Get(one + "&$filter=Low eq 1")).ErrorCode);
        Assert.Equal("badToken", (await server.Get(one + "&$top=1")).ErrorCode);
    }

    [Fact]
    public async Task A_query_whose_next_link_would_be_too_long_is_refused_unless_it_needs_none()
    {
        await using var server = new Server(SmallPages);
        server.Commit(Casualty("a"));
        var filter = $"Casualties?$filter=Note eq '{string.Concat(Enumerable.Range(1, 50).Select(n => Convert.ToHexString(SHA256.HashData([(byte)n]))))}'";

        Assert.Equal("badQuery", (await server.Get(filter)).ErrorCode);
        Assert.Equal(200, (await server.Get(filter + "&$top=7")).Status);
        Assert.Equal("badQuery", (await server.Get($"Casualties?$filter=Note eq '{new string('x', 9000)}'&$top=1")).ErrorCode);
    }
}
