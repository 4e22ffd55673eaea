namespace ConflictData.Query;

/// <summary>What a query costs at most, which says whom it may hold up.</summary>
public enum QueryClass
{
    /// <summary>A page in stored order, a record by key: bounded work. There is always room for these.</summary>
    Page,

    /// <summary>Anything that may look at every row: orders, groups, counts, searches. One at a time.</summary>
    Heavy,
}

/// <summary>A query as SQL. What a caller sent is in the parameters, never in the text.</summary>
/// <param name="Text">One statement; its parameters are written $1, $2 …</param>
/// <param name="Parameters">
/// The values of $1, $2 …: <see cref="string"/>, <see cref="long"/>, <see cref="int"/>, <see cref="double"/>, <see cref="bool"/>,
/// <see cref="DateOnly"/>, <see cref="DateTimeOffset"/> (bound as a TIMESTAMP in UTC) or null.
/// </param>
/// <param name="Class">What it costs at most.</param>
public sealed record SqlQuery(string Text, IReadOnlyList<object?> Parameters, QueryClass Class);
