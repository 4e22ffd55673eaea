using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Tests.OData;
using CsCheck;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.Query.Tally;

/// <summary>Counts without a query against the rows that a query gives.</summary>
public sealed class TallyTests
{
    private static readonly string[] Atoms =
    [
        "Low gt 3", "Low ge 3", "Low lt 3", "Low le 3", "Low eq 3", "Low ne 3", "Low eq null", "Low ne null", "Low gt -9223372036854775808", "Low lt 9223372036854775807",
        "Low in (1,2,null)", "High gt 2147483647", "Outcome eq 'killed'", "Outcome ne 'killed'", "Outcome eq 'Killed'", "Outcome in ('killed','injured')", "Note eq null", "Note ne 'n3'",
        "PartsComplete eq true", "PartsComplete ne false", "PartsComplete eq null", "StartDate gt 2022-01-03", "StartDate le 2022-01-03", "StartDate eq 2022-01-03", "StartDate ne null",
        "Additive", "not (Low gt 3)", "contains(Note,'n')", "Low add 1 gt 3", "3 lt Low", "Low gt 2.5", "Place/Name eq 'p1'",
    ];

    private static readonly Gen<object?> Low = Gen.Frequency((1, Gen.Const((object?)null)), (6, Gen.Long[0, 6].Select(n => (object?)n)), (1, Gen.OneOf<object?>(3_000_000_000L, -3_000_000_000L)));

    private static readonly Gen<string> Filter = Gen.Recursive<string>((depth, gen) => depth == 3
        ? Gen.OneOf(Atoms)
        : Gen.Frequency((2, Gen.OneOf(Atoms)), (1, Gen.Select(gen, gen, (a, b) => $"({a} and {b})")), (1, Gen.Select(gen, gen, (a, b) => $"({a} or {b})"))));

    [Fact]
    public async Task A_count_is_the_number_of_the_rows_at_every_release()
    {
        var row = Gen.Select(Gen.Int[0, 90], Gen.Bool, Low, Gen.Int[0, 4], Gen.Int[0, 5]);
        await Gen.Select(row.Array[1, 80].Array[1, 4], Filter.Array[1, 6], Gen.Bool).SampleAsync(
            async sample =>
            {
                var (releases, filters, isLarge) = sample;
                await using var server = new Server(new() { PageSize = 10_000 });
                foreach (var rows in releases)
                {
                    server.Commit([Record("Places", "p1", ("Name", "p1")), .. rows.DistinctBy(item => item.Item1).Select(item => RowOf(item, isLarge))]);
                    foreach (var filter in filters)
                    {
                        await Check(server, filter, null);
                    }
                }

                foreach (var (release, filter) in Enumerable.Range(1, releases.Length).SelectMany(release => filters.Select(filter => (release, filter))))
                {
                    await Check(server, filter, $"{release}");
                }
            },
            iter: 15);
    }

    /// <summary>Columns may be alike in all that is said of them, such as the StartDate of two datasets.</summary>
    [Fact]
    public async Task A_column_is_not_counted_for_one_of_the_same_name_in_another_dataset()
    {
        await using var server = new Server();
        server.Commit([.. Catalog.All.SelectMany((dataset, turn) => Enumerable.Range(0, turn + 1).Select(row =>
            Record(dataset.Name, $"r{row}", [.. Counted(dataset).Select(column => (column.Name, Value(column, turn)))])))]);
        foreach (var (turn, dataset) in Catalog.All.Index())
        {
            foreach (var column in Counted(dataset))
            {
                var counted = await Reply(server, $"{dataset.Name}/$count?$filter={column.Name} eq {Literal(Value(column, turn))}");
                Assert.Equal($"{dataset} {column.Name}: {turn + 1}", $"{dataset} {column.Name}: {counted}");
            }
        }
    }

    [Fact]
    public async Task What_was_read_once_is_counted_without_the_engine_and_what_comes_is_added()
    {
        await using var server = new Server(new() { KeptPagesMegabytes = 0 });
        server.Commit([.. Enumerable.Range(0, 200).Select(n => Casualty($"c{n:D4}", ("Low", (long)n), ("Outcome", n % 2 == 0 ? "killed" : "injured")))]);
        Assert.Equal("50", await Count(server, "Low ge 100 and Outcome eq 'killed'"));
        server.Commit([.. Enumerable.Range(150, 100).Select(n => Casualty($"c{n:D4}", ("Low", (long)n), ("Outcome", "killed")))]);
        Assert.Equal("125", await Count(server, "Low ge 100 and Outcome eq 'killed'"));
        await server.StopEngine();

        Assert.Equal("124", await Count(server, "Low gt 100 and Outcome ne 'injured'"));
        Assert.Equal("125", await Count(server, "Outcome eq 'killed' and (Low ge 200 or Low in (100,102,104,106,108,110,112,114,116,118) or Low ge 120) or Low eq -1 and Outcome eq 'unheard'"));
    }

    [Fact]
    public async Task A_column_of_too_many_texts_is_counted_by_the_engine()
    {
        await using var server = new Server(new() { KeptPagesMegabytes = 0 });
        server.Commit([.. Enumerable.Range(0, 50_010).Select(n => Casualty($"c{n:D6}"))]);

        Assert.Equal("1", await Count(server, "Id eq 'c050009'"));
        Assert.Equal("50009", await Count(server, "Id ne 'c000001'"));
        Assert.False(await IsTallied(server, new TallyText(Catalog.Get("Casualties")["Id"], "c000001")));
        Assert.True(await IsTallied(server, new TallyText(Catalog.Get("Casualties")["Outcome"], "killed")));
    }

    private static IEnumerable<Column> Counted(Dataset dataset) =>
        dataset.Columns.Skip(1).Except(dataset.SystemColumns).Where(column => column.Type is ColumnType.Integer or ColumnType.Date or ColumnType.String);

    private static object? Value(Column column, int turn) => column.Type switch
    {
        ColumnType.Integer => (long)turn,
        ColumnType.Date => new DateOnly(2022, 1, 1).AddDays(turn),
        _ => $"v{turn}",
    };

    private static string Literal(object? value) => value switch
    {
        string text => $"'{text}'",
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private static Revision RowOf((int Id, bool Retracts, object? Low, int Outcome, int Day) item, bool isLarge)
    {
        var low = item.Low is long number && !isLarge ? Math.Clamp(number, 0, 6) : item.Low;
        var revision = Casualty(
            $"c{item.Id:D2}", ("Low", low), ("High", low), ("Outcome", new[] { "killed", "injured", "missing", "abducted", "killed" }[item.Outcome]), ("PlaceId", item.Day == 0 ? null : "p1"),
            ("PartsComplete", item.Day == 0 ? null : item.Day < 3), ("StartDate", item.Outcome == 3 ? null : new DateOnly(2022, 1, 1).AddDays(item.Day)),
            ("Note", item.Day == 4 ? null : $"n{item.Day}"), ("Additive", item.Outcome < 2));
        return item.Retracts && item.Day == 5 ? Retraction(revision) : revision;
    }

    private static async Task Check(Server server, string filter, string? release)
    {
        var rows = await server.Get($"Casualties?$select=Id&$filter={Uri.EscapeDataString(filter)}", release);
        var counted = await server.Get($"Casualties/$count?$filter={Uri.EscapeDataString(filter)}", release);
        var both = await server.Get($"Casualties?$select=Id&$top=1&$count=true&$filter={Uri.EscapeDataString(filter)}", release);
        Assert.True(rows.Status == 200, rows.Body);
        Assert.True(rows.Ids.Count == int.Parse(counted.Body, CultureInfo.InvariantCulture), $"{filter} at {release}: {rows.Ids.Count} rows, {counted.Body} counted.");
        Assert.Equal(rows.Ids.Count, (int)both.Json["@odata.count"]!);
    }

    private static Task<string> Count(Server server, string filter) => Reply(server, $"Casualties/$count?$filter={Uri.EscapeDataString(filter)}");

    private static async Task<string> Reply(Server server, string address)
    {
        var reply = await server.Get(address);
        Assert.True(reply.Status == 200, reply.Body);
        return reply.Body;
    }

    private static async Task<bool> IsTallied(Server server, TallyCondition condition)
    {
        using var tallies = new Tallies(server.Engine);
        return (await tallies.Count(Catalog.Get("Casualties"), condition, 1, default, CancellationToken.None)).Value.IsKnown;
    }
}
