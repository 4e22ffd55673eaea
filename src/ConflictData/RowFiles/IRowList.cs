namespace ConflictData.RowFiles;

/// <summary>A list that is cheaper to go through in order than by asking for each row.</summary>
internal interface IRowList<out T> : IReadOnlyList<T>
{
    /// <summary>Rows in order, from one to before another.</summary>
    IEnumerable<T> Between(int first, int end);
}

internal static class RowLists
{
    /// <summary>Rows of any list in order, from one to before another.</summary>
    public static IEnumerable<T> Between<T>(this IReadOnlyList<T> list, int first, int end) => list is IRowList<T> rows
        ? rows.Between(first, end)
        : Enumerable.Range(first, end - first).Select(index => list[index]);
}
