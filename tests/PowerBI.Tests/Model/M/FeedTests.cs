using System.Text.Json;
using System.Xml.Linq;
using ConflictFunctions.Tests.Running;
using ConflictFunctions.Tests.Running.PowerBI;

namespace PowerBI.Tests.Model.M;

/// <summary>The running app gives every table of the model what its query asks for, request by request as the engine of Power BI sends them.</summary>
public sealed class FeedTests(RunningApp app)
{
    private const string Root = "releases/daily/odata";

    private Mashup Engine => new(app.Anonymous, app.AdminKey);

    public static TheoryData<string> Tables => [.. ModelFiles.Model.Tables.Where(table => FeedTable.Of(table.M) is not null).Select(table => table.Name)];

    [Fact]
    public async Task Every_column_comes_from_the_feed_with_its_type() => Assert.Empty(SourceChecks.Run(ModelFiles.Model, await Metadata()));

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_table_is_read_from_the_root_to_its_last_page(string name)
    {
        var table = ModelFiles.Model.Table(name)!;
        var feed = FeedTable.Of(table.M)!;
        var root = await Engine.Json(Engine.WithKey(Root));
        var set = Assert.Single(root.GetProperty("value").EnumerateArray(), item => item.GetProperty("name").GetString() == feed.Set);
        Assert.Equal("EntitySet", set.GetProperty("kind").GetString());

        var preview = (await Engine.Json(Engine.WithKey($"{Root}/{feed.Address}&$top=1000"))).GetProperty("value").EnumerateArray().ToList();
        var rows = await Engine.Rows($"{Root}/{feed.Address}", "odata.maxpagesize=7", keysOnLinks: 1);
        using var counted = await Engine.Get(Engine.WithKey($"{Root}/{feed.Set}/$count"));

        Assert.Equal(long.Parse(await Mashup.Read(counted)), rows.Count);
        Assert.All(rows, row => Assert.Equal(feed.Columns, row.EnumerateObject().Select(member => member.Name).Where(member => !member.StartsWith('@'))));
        Assert.Equal(rows.Select(row => row.GetRawText()).Order(StringComparer.Ordinal), preview.Select(row => row.GetRawText()).Order(StringComparer.Ordinal));
        if (table.Columns.FirstOrDefault(column => column.IsKey) is { } key)
        {
            var keys = rows.ConvertAll(row => row.GetProperty(key.SourceColumn!).GetString()!);
            Assert.Equal(keys.Count, keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }
    }

    [Theory]
    [InlineData("Casualties", "2015-02-01", "2022-02-03")]
    [InlineData("Arrests", "2020-02-01", "2022-01-20")]
    [InlineData("AttackCounts", "2018-01-01", "2022-01-25")]
    [InlineData("Figures", "2016-01-01", "2022-03-01")]
    public async Task The_first_and_the_last_day_are_one_row_each(string set, string first, string last)
    {
        var span = Assert.Single(ModelFiles.Model.Expressions, expression => expression.Name == "DataSpan").M;
        Assert.Contains($"\"{set}\"", span);
        Assert.Contains("""Table.Sort(Known, {{"StartDate", Direction}})""", span);

        Assert.Equal([first, last], new[] { await Day(set, ""), await Day(set, " desc") });
    }

    [Fact]
    public async Task Every_record_that_a_key_leads_to_is_in_its_table()
    {
        foreach (var relationship in ModelFiles.Model.Relationships.Where(item => FeedTable.Of(ModelFiles.Model.Table(item.To.Table)!.M) is not null))
        {
            var keys = await Values(relationship.To);
            var used = (await Values(relationship.From)).Where(key => key is not null).Distinct();
            Assert.Empty(used.Except(keys, StringComparer.OrdinalIgnoreCase));
        }
    }

    private async Task<string> Day(string set, string direction)
    {
        var address = $"{Root}/{set}?$filter=StartDate ne null&$select=StartDate&$orderby=StartDate{direction}&$top=1";
        return (await Engine.Json(Engine.WithKey(address))).GetProperty("value")[0].GetProperty("StartDate").GetString()!;
    }

    private async Task<List<string?>> Values((string Table, string Column) side)
    {
        var (table, column) = (ModelFiles.Model.Table(side.Table)!, ModelFiles.Model.Column(side.Table, side.Column)!);
        return (await Engine.Rows($"{Root}/{FeedTable.Of(table.M)!.Set}?$select={column.SourceColumn}")).ConvertAll(row => row.GetProperty(column.SourceColumn!).GetString());
    }

    private async Task<XDocument> Metadata()
    {
        using var answer = await Engine.Get(Engine.WithKey($"{Root}/$metadata"));
        return XDocument.Parse(await Mashup.Read(answer));
    }
}
