namespace PowerBI.Tests.Model.Evaluation;

/// <summary>A condition on some columns of one table.</summary>
internal sealed record ColumnFilter(IReadOnlyList<ColumnName> Columns, Func<DaxRow, bool> Allows);

/// <summary>The filters that an expression is evaluated under.</summary>
internal sealed record FilterContext(ModelData Data, IReadOnlyList<ColumnFilter> Filters)
{
    /// <summary>The rows of a table that the filters let through. A filter reaches a table from where its rows lead to.</summary>
    public IReadOnlyList<DaxRow> Visible(string table)
    {
        var filters = Filters.Where(filter => filter.Columns.All(column => Data.Reaches(table, column.Table))).ToList();
        return [.. Data.Rows(table).Where(row => filters.TrueForAll(filter => filter.Allows(row)))];
    }

    /// <summary>With a filter beside those there are.</summary>
    public FilterContext And(ColumnFilter filter) => this with { Filters = [.. Filters, filter] };

    /// <summary>With a filter in place of those on its columns.</summary>
    public FilterContext Replace(ColumnFilter filter) => Without(other => other.Columns.Any(filter.Columns.Contains)).And(filter);

    /// <summary>With one value for a column, as a slicer or a row of a visual sets it.</summary>
    public FilterContext Where(ColumnName column, object? value) => Replace(new([column], row => DaxValues.AreSame(row.Value(column), value)));

    public FilterContext Without(Func<ColumnFilter, bool> isGone) => this with { Filters = [.. Filters.Where(filter => !isGone(filter))] };

    /// <summary>Without what reaches a table, but for filters on some columns alone.</summary>
    public FilterContext WithoutTable(string table, IReadOnlyList<ColumnName> kept) =>
        Without(filter => filter.Columns.Any(column => Data.Reaches(table, column.Table)) && !filter.Columns.All(kept.Contains));
}
