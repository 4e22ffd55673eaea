using System.Globalization;
using ConflictData.Releases;
using DuckDB.NET.Data;

namespace ConflictData.Query;

/// <summary>What the engine keeps of tags: every move, and the totals of releases that have a tag, which <see cref="TagTotals"/> fills in.</summary>
internal static class TagTables
{
    private const string Moves = "_tag_moves";

    private const string Totals = "_tag_totals";

    /// <summary>The tables, made from the macros that their rows come from.</summary>
    public static IEnumerable<string> Create { get; } =
    [
        $"CREATE TABLE {Moves} (version INTEGER NOT NULL, tag VARCHAR NOT NULL, release INTEGER)",
        $"CREATE TABLE {Totals} AS FROM totals_of(0) LIMIT 0",
    ];

    /// <summary>
    /// Adds the totals of a release unless they are there. A row that holds its number alone says that they are: a release may
    /// have none.
    /// </summary>
    public static SqlQuery AddTotals(int release) => new(
        string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO {Totals} BY NAME
            SELECT * FROM (FROM totals_of({release}) UNION ALL BY NAME SELECT {release}::BIGINT AS "Release")
            WHERE NOT EXISTS (FROM {Totals} WHERE "Release" = {release})
            """),
        [],
        QueryClass.Heavy);

    /// <summary>Computes all totals that are there anew, within a transaction that changes what they are computed from.</summary>
    public static void Renew(DuckDBConnection connection)
    {
        var releases = Statement.Stream(connection, $"SELECT DISTINCT \"Release\" FROM {Totals}").SelectMany(chunk =>
            Enumerable.Range(0, chunk.RowCount).Select(row => (int)chunk.Vector(0).Get<long>(row))).ToList();
        EngineDatabase.Run(connection, $"DELETE FROM {Totals}");
        foreach (var release in releases)
        {
            EngineDatabase.Run(connection, AddTotals(release).Text);
        }
    }

    public static void Append(DuckDBConnection connection, IEnumerable<TagMove> moves)
    {
        using var appender = connection.CreateAppender(Moves);
        foreach (var move in moves)
        {
            appender.CreateRow().AppendValue(move.Version).AppendValue(move.Tag).AppendValue(move.To).EndRow();
        }

        appender.Close();
    }
}
