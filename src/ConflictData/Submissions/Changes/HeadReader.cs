using System.Data.Common;
using ConflictData.Datasets;
using ConflictData.Datasets.Claims;
using ConflictData.Query;
using DuckDB.NET.Data;

namespace ConflictData.Submissions;

/// <summary>Looks up many records at once as they are at one release. Keys are ids in lower case, put into a temporary table.</summary>
internal sealed class HeadReader(DuckDBConnection connection, int release)
{
    private const string Live = "_from <= $release AND _to > $release";

    private readonly SharedTexts shared = new();

    /// <summary>Temporary tables of keys for the next query, which takes the place of those before.</summary>
    private int tables;

    public int Release => release;

    /// <summary>Where the last revision of each record stands, tombstones too, by id in any letter case.</summary>
    public IEnumerable<LastRevision> Last(Dataset dataset, IEnumerable<string> ids)
    {
        var query = $"""
            SELECT r."Id", r._seq, r._to > $release FROM {Table(dataset)} r SEMI JOIN {Keys(ids)} k ON lower(r."Id") = k.key
            WHERE r._from <= $release QUALIFY row_number() OVER (PARTITION BY lower(r."Id") ORDER BY r._seq DESC) = 1
            """;
        return Read(query, Revision);
    }

    /// <summary>The records that have these revisions, by id in any letter case.</summary>
    public Dictionary<string, CurrentRecord> Records(Dataset dataset, IEnumerable<long> sequences)
    {
        var query = $"""
            SELECT {Columns(dataset)}, r._from, r._to > $release FROM {Table(dataset)} r
            SEMI JOIN {Keys("BIGINT", sequences, (row, sequence) => row.AppendValue(sequence))} k ON r._seq = k.key
            """;
        return Read(query, row => new CurrentRecord(row.GetString(0), row.GetInt32(dataset.Columns.Count), row.GetBoolean(dataset.Columns.Count + 1), Values(dataset, row)))
            .ToDictionary(record => record.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The ids of live records as they are stored, by id in any letter case.</summary>
    public Dictionary<string, string> LiveIds(Dataset dataset, IEnumerable<string> ids) =>
        Read($"""SELECT "Id" FROM {Table(dataset)} SEMI JOIN {Keys(ids)} k ON lower("Id") = k.key WHERE {Live}""", row => row.GetString(0))
            .ToDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    /// <summary>The first records that releases after one have touched, as many as a report lists, each with the last of those releases; and how many there are.</summary>
    public (List<(string Id, int Release)> First, int Count) TouchedSince(Dataset dataset, int since)
    {
        var found = Read($"""
            SELECT "Id", max(_from), count(*) OVER () FROM {Table(dataset)} WHERE _from > $since AND _from <= $release
            GROUP BY "Id" ORDER BY min(_seq) LIMIT {SubmissionLimits.ReportedProblems}
            """, row => (Id: row.GetString(0), Release: row.GetInt32(1), Count: row.GetInt64(2)), new DuckDBParameter("since", since)).ToList();
        return ([.. found.Select(record => (record.Id, record.Release))], found.Count == 0 ? 0 : (int)found[0].Count);
    }

    /// <summary>How many live records came with those releases (null = with any), and how many of them are none of the ids.</summary>
    public (int Live, int Absent) CountAbsent(Dataset dataset, IEnumerable<string> ids, IEnumerable<int>? releases) =>
        Read($"""
            SELECT count(*), count(*) FILTER (WHERE lower("Id") NOT IN (SELECT key FROM {Keys(ids)})) FROM {Table(dataset)} WHERE {Live} AND {CameWith(releases)}
            """, row => ((int)row.GetInt64(0), (int)row.GetInt64(1))).Single();

    /// <summary>Live records that came with those releases (null = with any) and are none of the ids, in order, the first of them.</summary>
    public List<LastRevision> Absent(Dataset dataset, IEnumerable<string> ids, IEnumerable<int>? releases, int most = SubmissionLimits.Rows) =>
        [.. Read($"""
            SELECT r."Id", r._seq, true FROM {Table(dataset)} r ANTI JOIN {Keys(ids)} k ON lower(r."Id") = k.key
            WHERE {Live} AND {CameWith(releases)} ORDER BY r._seq LIMIT {most}
            """, Revision)];

    /// <summary>Live records whose column holds one of the ids (as stored): who refers to what.</summary>
    public List<(string Id, string RefersTo)> Referrers(Dataset dataset, Column column, IEnumerable<string> ids) =>
        [.. Read($"""
            SELECT "Id", {EngineSchema.Quote(column.Name)} FROM {Table(dataset)}
            SEMI JOIN {Keys(ids)} k ON lower({EngineSchema.Quote(column.Name)}) = k.key WHERE {Live} ORDER BY _seq
            """, row => (row.GetString(0), row.GetString(1)))];

    /// <summary>Live rows that are one of the ids, a part of one, or in one of the claim groups.</summary>
    public IEnumerable<ClaimRow> Claims(Dataset dataset, IEnumerable<string> ids, IEnumerable<string> groups) =>
        Read($"""
            SELECT {ClaimColumns(dataset)} FROM {Table(dataset)} r
            WHERE {Live} AND (lower("Id") IN (SELECT key FROM {Keys(ids, out var keys)}) OR lower("PartOf") IN (SELECT key FROM {keys})
                OR lower("ClaimGroup") IN (SELECT key FROM {Keys(groups)}))
            """, row => ClaimRow.From(dataset, Values(dataset, row), null));

    /// <summary>
    /// Live rows that count in one of the windows and are none of the others: of those of one party and kind the latest in each window; in a window of
    /// many periods one of each period. So whatever lies near a submitted row, one that may be of the same people is among them. However many there
    /// are, only the numbers of the chosen are held.
    /// </summary>
    public IEnumerable<ClaimRow> Counting(Dataset dataset, IReadOnlyList<NearWindow> windows, IEnumerable<string> others)
    {
        string Own(string? column) => column is null ? "NULL" : $"r.{EngineSchema.Quote(column)}";
        var query = $"""
            SELECT {ClaimColumns(dataset)} FROM {Table(dataset)} r WHERE r._seq IN (
                SELECT arg_max(r._seq, coalesce(r."StartDate", DATE '0001-01-01')) FROM {Table(dataset)} r
                JOIN {Windows(windows)} w ON lower(r."PlaceId") = w.place {(dataset.Find("Outcome") is null ? "" : "AND lower(r.\"Outcome\") = w.outcome")}
                    AND coalesce(r."StartDate" <= w.last, true) AND coalesce(r."EndDate" >= w.first, true)
                ANTI JOIN {Keys(others)} k ON lower(r."Id") = k.key
                WHERE {Live} AND "Additive"
                GROUP BY w.number, lower({Own(ClaimRow.Party(dataset)?.Name)}), {Own((dataset.Find("VictimType") ?? dataset.Find("AttackType"))?.Name)},
                    CASE WHEN w.isOfMany THEN r."StartDate" END, CASE WHEN w.isOfMany THEN r."EndDate" END)
            """;
        return Read(query, row => ClaimRow.From(dataset, Values(dataset, row), null));
    }

    /// <summary>The record of the same dataset that each live one names as its parent.</summary>
    public Dictionary<string, string?> Parents(Dataset dataset) =>
        Read($"""SELECT "Id", "ParentId" FROM {Table(dataset)} WHERE {Live}""", row => (Id: row.GetString(0), Parent: row.IsDBNull(1) ? null : row.GetString(1)))
            .ToDictionary(record => record.Id, record => record.Parent, StringComparer.OrdinalIgnoreCase);

    /// <summary>The rows of a query, which runs when they are gone through, each made when its turn comes.</summary>
    private IEnumerable<T> Read<T>(string query, Func<DbDataReader, T> read, params DuckDBParameter[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        command.Parameters.Add(new DuckDBParameter("release", release));
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        using var rows = command.ExecuteReader();
        tables = 0;
        while (rows.Read())
        {
            yield return read(rows);
        }
    }

    private string Keys(IEnumerable<string> ids) => Keys(ids, out _);

    private string Keys(IEnumerable<string> ids, out string table) =>
        table = Keys("VARCHAR", ids, (row, id) => row.AppendValue(id.ToLowerInvariant()));

    private string CameWith(IEnumerable<int>? releases) =>
        releases is null ? "true" : $"_from IN (SELECT key FROM {Keys("INTEGER", releases, (row, release) => row.AppendValue(release))})";

    private string Windows(IReadOnlyList<NearWindow> windows)
    {
        var table = $"submitted_keys_{++tables}";
        Run($"CREATE OR REPLACE TEMP TABLE {table} (number INTEGER, place VARCHAR, outcome VARCHAR, first DATE, last DATE, isOfMany BOOLEAN)");
        using var appender = connection.CreateAppender("temp", "main", table);
        foreach (var (number, window) in windows.Index())
        {
            appender.CreateRow().AppendValue(number).AppendValue(window.Place).AppendValue(window.Outcome.ToLowerInvariant())
                .AppendValue(window.First).AppendValue(window.Last).AppendValue(window.IsOfMany).EndRow();
        }

        return table;
    }

    private void Run(string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private string Keys<T>(string type, IEnumerable<T> keys, Func<IDuckDBAppenderRow, T, IDuckDBAppenderRow> append)
    {
        var table = $"submitted_keys_{++tables}";
        Run($"CREATE OR REPLACE TEMP TABLE {table} (key {type})");
        using var appender = connection.CreateAppender("temp", "main", table);
        foreach (var key in keys)
        {
            append(appender.CreateRow(), key).EndRow();
        }

        return table;
    }

    private static LastRevision Revision(DbDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetBoolean(2));

    private static string Table(Dataset dataset) => EngineSchema.Quote(dataset.Name);

    private static string Columns(Dataset dataset) => string.Join(", ", dataset.Columns.Select(column => $"r.{EngineSchema.Quote(column.Name)}"));

    /// <summary>What claims do not look at, such as notes, stays where it is.</summary>
    private static string ClaimColumns(Dataset dataset) => string.Join(", ", dataset.Columns.Select(column =>
        ClaimRow.Reads(column) ? $"r.{EngineSchema.Quote(column.Name)}" : "NULL"));

    private object?[] Values(Dataset dataset, DbDataReader row) =>
        [.. dataset.Columns.Select(column => row.IsDBNull(column.Ordinal) ? null : Value(column, row))];

    private object Value(Column column, DbDataReader row) => column.Type switch
    {
        ColumnType.String when column.References is not null || column.Allowed.Count > 0 => shared.Of(row.GetString(column.Ordinal)),
        ColumnType.String => row.GetString(column.Ordinal),
        ColumnType.Integer => row.GetInt64(column.Ordinal),
        ColumnType.Number => row.GetDouble(column.Ordinal),
        ColumnType.Boolean => row.GetBoolean(column.Ordinal),
        ColumnType.Date => row.GetFieldValue<DateOnly>(column.Ordinal),
        ColumnType.Instant => new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(column.Ordinal), DateTimeKind.Utc)),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };
}
