using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// The statements that find what changed between two releases. Every change has a place: the sequence number of a revision
/// that is among the rows now and was not before; or, beyond <see cref="Removals"/>, that of a row before whose record is not
/// among them now. An id never changes its letter case.
/// </summary>
internal static class DeltaStatements
{
    /// <summary>What the places of removed rows have more than their sequence numbers, so that they come last.</summary>
    public const long Removals = 1L << 62;

    private const string RowsOf = "r._seq, r.\"Id\"";

    /// <summary>The places of all changes, in ascending order.</summary>
    public static SqlQuery Changes(ReadPlan plan, ReleaseSpan span)
    {
        var before = Statements.Matching(plan, RowsOf).AtRelease(span.From);
        var now = Statements.Matching(plan, RowsOf).AtRelease(span.To);
        var compared = span.After is { } sequence ? Between(before, now, sequence, span.To) : Compared(before, now);
        return SqlFragment.Of($"""
            WITH {compared}
            SELECT _seq AS place FROM come UNION ALL SELECT {Removals} + _seq FROM gone ANTI JOIN come USING ("Id")
            ORDER BY place
            """).At(new AsOf(span.To), plan.Where is null ? QueryClass.Page : QueryClass.Heavy);
    }

    /// <summary>What to read of removed rows: the id, and why, in the standard's words.</summary>
    public static ReadPlan Removed(Dataset dataset)
    {
        var live = $"SELECT 1 FROM {EngineSchema.Quote(dataset.Name)} AS now WHERE now.\"Id\" = r.\"Id\" AND {EngineSchema.LiveAt(SqlFragment.ReleaseMark)}";
        var reason = new Column { Name = "@reason", Ordinal = int.MaxValue, Type = ColumnType.String, Title = "Reason", Description = "Why the row is no longer there." };
        return ReadPlan.Of(dataset, [dataset.Columns[0], reason]) with
        {
            Computed = new Dictionary<string, SqlFragment> { [reason.Name] = new($"CASE WHEN EXISTS ({live}) THEN 'changed' ELSE 'deleted' END", []) },
        };
    }

    /// <summary>Where no row came or went but by a revision of its own.</summary>
    private static SqlFragment Between(SqlFragment before, SqlFragment now, long after, int to) => SqlFragment.Of($"""
        come AS MATERIALIZED ({now} AND r._seq > {after}),
        gone AS MATERIALIZED ({before} AND r._to <= {to})
        """);

    /// <summary>Where a row may have come or gone as it is: all of them at both releases, one beside the other.</summary>
    private static SqlFragment Compared(SqlFragment before, SqlFragment now) => SqlFragment.Of($"""
        now AS MATERIALIZED ({now}),
        before AS MATERIALIZED ({before}),
        come AS MATERIALIZED (FROM now ANTI JOIN before USING (_seq)),
        gone AS MATERIALIZED (FROM before ANTI JOIN now USING (_seq))
        """);
}
