using System.Text;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Snapshots;

namespace ConflictData.Tests.Query;

/// <summary>Short ways to ask an engine in tests.</summary>
internal static class EngineReading
{
    /// <summary>A query that would run for hours.</summary>
    public const string Endless = "SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE (a.range * b.range) % 1000003 = 7";

    /// <summary>Without settings it has one thread: small tables are never divided among threads, and several tests run at once.</summary>
    public static Engine NewEngine(Settings? settings = null, TimeProvider? clock = null) => new(settings ?? new() { EngineThreads = 1 }, clock ?? TimeProvider.System);

    /// <summary>All rows of a query that must succeed.</summary>
    public static async Task<List<object?[]>> Rows(this Engine engine, string sql, params object?[] parameters)
    {
        var result = await engine.Execute(new(sql, parameters, QueryClass.Heavy), TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded(out var rows, out var error), error?.Detail);
        using (rows)
        {
            return [.. rows.Rows().Select(row => Enumerable.Range(0, rows.Columns.Count).Select(column => row[column]).ToArray())];
        }
    }

    public static async Task<object?> Scalar(this Engine engine, string sql, params object?[] parameters) =>
        Assert.Single(await engine.Rows(sql, parameters))[0];

    /// <summary>Sequence number of a record's last revision.</summary>
    public static ValueTask<long?> LastOf(this Engine engine, Dataset dataset, string id) =>
        engine.SequenceOf(dataset, id, TestContext.Current.CancellationToken);

    /// <summary>The one value of a result that must have one; the result is given back.</summary>
    public static object? OnlyValue(this Result<QueryRows> result)
    {
        Assert.True(result.Succeeded(out var rows, out var error), error?.Detail);
        using (rows)
        {
            return rows.Value(0, 0);
        }
    }

    /// <summary>A dataset at a release as its snapshot has it.</summary>
    public static async Task<string> Csv(this Engine engine, string dataset, int release)
    {
        var bytes = await engine.Session(SetFiles.Query(Catalog.Get(dataset), release), (connection, query) =>
        {
            using var file = new MemoryStream();
            SetFiles.WriteText(connection, Catalog.Get(dataset), query, file, Stream.Null, CancellationToken.None);
            return file.ToArray();
        }, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes.Value!);
    }
}
