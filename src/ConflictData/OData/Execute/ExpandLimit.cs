using ConflictData.Api;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>Refuses an answer that would have to leave out expanded records.</summary>
internal static class ExpandLimit
{
    /// <summary>The rows where all is there; else they are given back, and the error says what to ask instead.</summary>
    public static Result<QueryRows> Check(ReadPlan plan, QueryRows rows)
    {
        foreach (var item in plan.Expanded.Where(item => item is { CountOnly: false, IsFlat: false }))
        {
            var column = 1 + plan.Columns.TakeWhile(column => column.Name != item.Way.Name).Count();
            if (rows.Chunks.Any(chunk => HasNull(chunk, column)))
            {
                rows.Dispose();
                return new ApiError(
                    ErrorCode.BadQuery,
                    $"A record has more than {plan.Nested.MaxRows} records under {item.Way.Name} or below. Ask for fewer with $top or $filter within $expand, or read them page by page at {item.Way.From.Name}('…')/{item.Way.Name}.")
                { Target = "$expand" };
            }
        }
        return rows;
    }

    private static bool HasNull(QueryChunk chunk, int column)
    {
        var vector = chunk.Vector(column);
        return Enumerable.Range(0, chunk.RowCount).Any(row => vector.IsNull(row));
    }
}
