using System.Globalization;
using System.Text;
using ConflictData.Datasets;
using ConflictData.OData;
using ConflictData.Query;
using ConflictData.Releases;
using CsCheck;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.OrderBy;

/// <summary>The first rows in an order, found without sorting all, against the whole order that the engine gives.</summary>
public sealed class FirstRowsTests
{
    private static readonly string[] Texts = ["", "a", "ab", "B", "é", "حس", "\uFFFD", "😀", "\uE000", "z"];

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.OneOf(Texts), Gen.OneOf(Gen.Int[0, 0x2FF], Gen.Int[0xD700, 0x10FFFF]).Where(Rune.IsValid).Array[0, 4].Select(runes => string.Concat(runes.Select(rune => new Rune(rune)))));

    private static readonly Gen<string> Key = Gen.Select(
        Gen.OneOf("Low", "High", "Outcome", "Note", "ClaimGroup", "StartDate", "PartsComplete", "Id", "Release", "ModifiedAt"), Gen.Bool, (column, descending) => descending ? $"{column} desc" : column);

    private static readonly Gen<string> Filter = Gen.OneOf("", "$filter=Low ge 2&", "$filter=contains(Note,'a') or Low eq null&", "$filter=Outcome eq 'unheard'&", "$search=a&");

    [Fact]
    public async Task They_are_the_beginning_of_the_whole_order_at_every_release()
    {
        var row = Gen.Select(Gen.Int[0, 60], Gen.Bool, Gen.Int[0, 5], Gen.Int[0, 4], Gen.Int[0, Texts.Length]);
        var query = Gen.Select(Filter, Key.Array[1, 3], Gen.Int[1, 12], Gen.Int[0, 8]);
        await Gen.Select(row.Array[1, 80].Array[1, 3], query.Array[1, 8]).SampleAsync(
            async sample =>
            {
                var (releases, queries) = sample;
                await using var server = new Server(new() { PageSize = 7 });
                foreach (var rows in releases)
                {
                    server.Commit([.. rows.DistinctBy(item => item.Item1).Select(RowOf)]);
                    await server.Get("Casualties('c00')");
                    await server.Engine.RowsTakenOver;
                    await Check(server, queries[0], null);
                }

                foreach (var (release, asked) in Enumerable.Range(1, releases.Length).SelectMany(release => queries.Select(asked => (release, asked))))
                {
                    await Check(server, asked, $"{release}");
                }
            },
            iter: 6);
    }

    [Theory]
    [InlineData("$orderby=Low desc&$top=3", "c0399,c0199,c0398")]
    [InlineData("$filter=Low lt 7&$orderby=Outcome desc,Low desc,Id desc&$top=3&$skip=1", "c0006,c0204,c0004")]
    [InlineData("$filter=Low lt 7&$orderby=Outcome,Low desc,Id&$top=3&$skip=1", "c0205,c0003,c0203")]
    public async Task What_is_at_hand_is_ordered_without_the_engine(string query, string ids)
    {
        await using var server = new Server(new() { KeptPagesMegabytes = 0 });
        server.Commit(Enumerable.Range(0, 400).Reverse().Select(n => Casualty($"c{n:D4}", ("Low", n % 200L), ("Outcome", n % 2 == 0 ? "killed" : "injured"))));
        await server.Get("Casualties('c0000')");
        await server.Engine.RowsTakenOver;
        await server.Get("Casualties?$filter=Low lt 5&$orderby=Outcome&$top=1&$select=Id");
        await server.Get("Casualties?$orderby=Low&$top=1&$select=Id");
        await server.StopEngine();

        Assert.Equal(ids, string.Join(',', (await server.Get($"Casualties?{query}&$select=Id")).Ids));
    }

    [Fact]
    public async Task Where_a_value_has_too_many_rows_the_engine_sorts()
    {
        await using var server = new Server(new() { KeptPagesMegabytes = 0 });
        server.Commit(Enumerable.Range(0, 3_000).Select(n => Casualty($"c{n:D4}", ("Low", n % 2L), ("Outcome", "killed"), ("Note", "n"))));
        await server.Get("Casualties('c0000')");
        await server.Engine.RowsTakenOver;

        Assert.Equal(["c2999", "c2997", "c2995"], (await server.Get("Casualties?$filter=Note eq 'n'&$orderby=Low desc,Id desc&$top=3&$select=Id")).Ids);
        Assert.Equal(["c2999", "c2998"], (await server.Get("Casualties?$orderby=Outcome,Id desc&$top=2&$select=Id")).Ids);
        Assert.Equal(["c0000", "c0001"], (await server.Get("Casualties?$orderby=Outcome&$top=2&$select=Id")).Ids);
        Assert.Equal(1_500, (await server.Get("Casualties?$orderby=Low&$top=1500&$select=Id")).Ids.Count(id => id[^1] % 2 == 0));
    }

    [Theory]
    [InlineData("$orderby=Low,Id&$top=5&$skip=9223372036854775807", 0)]
    [InlineData("$orderby=Low&$top=5&$skip=9223372036854775807", 0)]
    [InlineData("$orderby=Low&$top=9223372036854775807&$skip=1", 39)]
    [InlineData("$orderby=Low,Id&$top=9223372036854775807&$skip=9223372036854775807", 0)]
    [InlineData("$orderby=Low&$top=0", 0)]
    [InlineData("$orderby=Low&$top=1000&$skip=38", 2)]
    public async Task However_many_are_wanted_or_passed_over_as_many_come_as_there_are(string query, int count)
    {
        await using var server = new Server(new() { KeptPagesMegabytes = 0 });
        server.Commit(Enumerable.Range(0, 40).Select(n => Casualty($"c{n:D2}", ("Low", n % 7L))));
        await server.Get("Casualties('c00')");
        await server.Engine.RowsTakenOver;

        Assert.Equal(count, (await server.ReadAll($"Casualties?{query}&$select=Id")).Count);
    }

    [Fact]
    public void Texts_are_in_the_order_of_their_utf8() => Gen.Select(AnyText, AnyText).Sample((a, b) =>
        Math.Sign(Utf8Order.Instance.Compare(a, b)) == Math.Sign(Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b))));

    /// <summary>The keys that a plan has as columns; behind an id none is left.</summary>
    [Theory]
    [InlineData("$orderby=Low desc,Note", "Low desc, Note")]
    [InlineData("$orderby=Low,Id desc,Note", "Low, Id desc")]
    [InlineData("$orderby=tolower(Note)", "")]
    [InlineData("$orderby=Low,length(Note)", "")]
    [InlineData("$orderby=Place/Name", "")]
    [InlineData("$compute=Low add 1 as Outcome1&$orderby=Outcome1", "")]
    [InlineData("$orderby=Low,1", "")]
    public void Sort_keys_are_columns_or_are_left_to_the_engine(string query, string keys) =>
        Assert.Equal(keys, string.Join(", ", Feed.Plan(query, "Casualties").Value!.Keys.Select(key => key.Column.Name + (key.Descending ? " desc" : ""))));

    private static Revision RowOf((int Id, bool Retracts, int Low, int Outcome, int Text) item)
    {
        var revision = Casualty(
            $"c{item.Id:D2}", ("Low", item.Low == 0 ? null : (long)item.Low), ("High", item.Low * 1_000_000_000L), ("Outcome", new[] { "killed", "injured", "missing", "abducted", "killed" }[item.Outcome]),
            ("PartsComplete", item.Outcome == 0 ? null : item.Outcome < 3), ("StartDate", item.Low == 3 ? null : new DateOnly(2022, 1, 1).AddDays(item.Low)),
            ("Note", item.Text == Texts.Length ? null : Texts[item.Text]), ("ClaimGroup", item.Text == Texts.Length ? null : Texts[item.Text]));
        return item is { Retracts: true, Outcome: 4 } ? Retraction(revision) : revision;
    }

    private static async Task Check(Server server, (string Filter, string[] Keys, int Top, int Skip) query, string? release)
    {
        var order = $"{query.Filter}$select=Id&$orderby={string.Join(',', query.Keys)}";
        var whole = await server.ReadAll($"Casualties?{order}", release);
        var first = await server.ReadAll(string.Create(CultureInfo.InvariantCulture, $"Casualties?{order}&$top={query.Top}&$skip={query.Skip}"), release);
        Assert.Equal(whole.Skip(query.Skip).Take(query.Top), first);
    }
}
