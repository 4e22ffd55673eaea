using System.Globalization;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.OData;
using ConflictData.Query;
using ConflictData.Releases;
using DuckDB.NET.Data;
using Microsoft.Extensions.Time.Testing;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.Query;

/// <summary>When the tables behind the views are made, shared and dropped. What is in them is tested with the views.</summary>
public sealed class ViewTablesTests : IAsyncLifetime
{
    /// <summary>Would run for hours, and lets no other heavy query begin.</summary>
    private static readonly SqlQuery Endless =
        new("SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE (a.range * b.range) % 1000003 = 7", [], QueryClass.Heavy);

    private static readonly Dataset Wide = Catalog.FindSet("CasualtiesWide")!;

    private readonly FakeTimeProvider clock = new();
    private readonly TestLog log = new();
    private readonly Engine engine;

    public ViewTablesTests() => engine = new(new() { QuerySeconds = 220 }, clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_made_by_the_first_query_and_once_for_all_that_come_together()
    {
        Assert.Empty(await Tables());

        // Pages have slots of their own; more of them than that wait for each other.
        foreach (var _ in Enumerable.Range(0, 5))
        {
            Assert.Equal(["one", "one"], await Task.WhenAll(PlaceAt(1), PlaceAt(1)));
        }

        Assert.Equal(["_places_1", "_zones_1"], await Tables());
    }

    [Fact]
    public async Task A_release_that_touches_nothing_that_they_are_made_of_needs_no_others()
    {
        await PlaceAt(1);
        Commit(Record("Sources", "s"), Record("Events", "e"), Casualty("a", ("PlaceId", "p")));

        Assert.Equal("one", await PlaceAt(2));
        Assert.Equal(["_places_1", "_zones_1"], await Tables());
    }

    [Theory]
    [InlineData("Places")]
    [InlineData("Zones")]
    [InlineData("ZoneMemberships")]
    public async Task A_release_that_touches_it_needs_its_own(string dataset)
    {
        await PlaceAt(1);
        Commit(Record(dataset, "other"));

        Assert.Equal("one", await PlaceAt(2));
        Assert.Equal(["_places_1", "_places_2", "_zones_1", "_zones_2"], await Tables());
    }

    [Fact]
    public async Task Those_of_four_releases_are_kept_and_the_others_made_again()
    {
        Rename(8);
        foreach (var release in (int[])[1, 2, 3, 4, 1, 5, 6, 7])
        {
            Assert.Equal(Name(release), await PlaceAt(release));
        }

        // The second were dropped before the first, which were asked for since.
        Assert.Equal(["_places_1", "_places_5", "_places_6", "_places_7", "_zones_1", "_zones_5", "_zones_6", "_zones_7"], await Tables());
        Assert.Equal("two", await PlaceAt(2));
    }

    [Fact]
    public async Task None_is_dropped_while_a_query_that_names_it_is_under_way()
    {
        Rename(8);
        using var isUnderWay = new ManualResetEventSlim();
        using var mayRead = new ManualResetEventSlim();
        var reading = engine.Session(PlaceQuery(1), (connection, query) =>
        {
            isUnderWay.Set();
            mayRead.Wait(Cancellation);
            return First(connection, query);
        }, Cancellation);
        isUnderWay.Wait(Cancellation);
        foreach (var release in Enumerable.Range(2, 7))
        {
            Assert.Equal(Name(release), await PlaceAt(release));
        }

        mayRead.Set();
        Assert.Equal("one", (await reading).Value);
        Assert.Equal(8, (await Tables()).Count);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_nothing_from_those_that_wait_on()
    {
        using var stop = new CancellationTokenSource();
        using var impatience = new CancellationTokenSource();
        var endless = engine.Execute(Endless, stop.Token);
        var impatient = engine.Execute(new(PlaceQuery(1), [], QueryClass.Page), impatience.Token);
        var patient = PlaceAt(1);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.False(patient.IsCompleted);
        await stop.CancelAsync();

        Assert.Equal("one", await patient);
        Assert.Equal(["_places_1", "_zones_1"], await Tables());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
    }

    [Fact]
    public async Task What_could_not_be_made_is_tried_again_by_the_next_query()
    {
        using var stop = new CancellationTokenSource();
        var endless = engine.Execute(Endless, stop.Token);
        var late = engine.Execute(new(PlaceQuery(1), [], QueryClass.Page), Cancellation);
        // The endless query has far more time than the late one has patience, and that one time to begin to wait.
        while (!await EndsSoon(late))
        {
            clock.Advance(TimeSpan.FromSeconds(2.1));
        }

        Assert.Equal(ErrorCode.Busy, (await late).Error?.Code);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        Assert.Equal("one", await PlaceAt(1));
        Assert.Equal(2, (await Tables()).Count);
    }

    [Fact]
    public async Task An_engine_ends_in_the_middle_of_it()
    {
        using var stop = new CancellationTokenSource();
        var ending = new Engine(new(), clock);
        var endless = ending.Execute(Endless, stop.Token);
        var waiting = ending.Execute(new(PlaceQuery(0), [], QueryClass.Page), Cancellation);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);

        await ending.DisposeAsync();

        Assert.True(waiting.IsCompleted || await Ends(waiting));
    }

    [Fact]
    public async Task Totals_are_kept_too_and_computed_from_the_same_places()
    {
        Commit(Casualty("a", ("PlaceId", "p"), ("Additive", true)));
        var totals = $"SELECT \"Label\" FROM {EngineSchema.From(Catalog.FindSet("MonthlyTotals")!, "2", "0")}";

        Assert.Equal("1 without a number", await engine.Scalar(totals));
        Assert.Equal("1 without a number", await engine.Scalar(totals));
        Assert.Equal("one", await PlaceAt(2));
        Assert.Equal(["_MonthlyTotals_1", "_places_2", "_zones_2"], await Tables());
    }

    [Fact]
    public async Task A_page_of_a_view_comes_in_stored_order_without_being_sorted()
    {
        Commit(Enumerable.Range(0, 30_000).Select(n => Casualty(
            $"c{n}", ("PlaceId", n % 3 == 0 ? "p" : "gone"), ("PartyId", n % 7 == 0 ? null : "a"), ("StartDate", new DateOnly(2022, 1, 1).AddDays(n % 50)))));
        Commit(
            Record("Actors", "a"), Record("Zones", "z"),
            Record("ZoneMemberships", "m", ("PlaceId", "p"), ("ZoneId", "z"), ("ValidFrom", new DateOnly(2022, 1, 9)), ("ValidTo", new DateOnly(2022, 1, 15)), ("Grade", "fair")),
            Record("ZoneMemberships", "n", ("PlaceId", "p"), ("ZoneId", "z"), ("ValidFrom", new DateOnly(2022, 1, 12)), ("Grade", "weak")));

        var page = await engine.Execute(Statements.Page(ReadPlan.Of(Wide, Wide.Columns), new(3), new(After: 5_000, Last: 15_000), limit: 10_001), Cancellation);

        Assert.True(page.Succeeded(out var rows, out var error), error?.Detail);
        using (rows)
        {
            Assert.Equal(10_000, rows.RowCount);
            Assert.True(StoredOrder.Holds(rows));
        }
    }

    public ValueTask InitializeAsync()
    {
        Commit(Record("Places", "p", ("Name", Name(1))), Casualty("read", ("PlaceId", "p")));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    /// <summary>Commits releases up to one, in each of which the place has another name.</summary>
    private void Rename(int upTo)
    {
        while (log.Commits.Count < upTo)
        {
            Commit(Record("Places", "p", ("Name", Name(log.Commits.Count + 1))));
        }
    }

    private void Commit(params IEnumerable<Revision> revisions) => engine.Apply([log.Add(revisions)], CancellationToken.None);

    private async Task<string?> PlaceAt(int release) => (string?)await engine.Scalar(PlaceQuery(release));

    private static string PlaceQuery(int release) =>
        $"SELECT \"Place\" FROM {EngineSchema.From(Wide, release.ToString(CultureInfo.InvariantCulture), "0")} WHERE \"Id\" = 'read'";

    /// <summary>The tables of views that are there.</summary>
    private async Task<List<string>> Tables() =>
        [.. (await engine.Rows("SELECT table_name FROM duckdb_tables() WHERE regexp_matches(table_name, '^_.*_[0-9]+$')")).Select(row => (string)row[0]!).Order(StringComparer.Ordinal)];

    private static string Name(int release) => release switch { 1 => "one", 2 => "two", _ => $"{release}" };

    private static string? First(DuckDBConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (string?)command.ExecuteScalar();
    }

    private static async Task<bool> Ends(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    private static async Task<bool> EndsSoon(Task task)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromMilliseconds(100), Cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
