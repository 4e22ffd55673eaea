namespace PowerBI.Tests.Model.Evaluation;

/// <summary>A column by its table, letter case ignored.</summary>
internal readonly record struct ColumnName(string Table, string Name)
{
    public bool Equals(ColumnName other) => Table.Equals(other.Table, StringComparison.OrdinalIgnoreCase) && Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(Table.ToUpperInvariant(), Name.ToUpperInvariant());
}

/// <summary>A row of a table with what it leads to along the relationships, or values of some columns alone.</summary>
/// <param name="Columns">The columns that it has itself.</param>
/// <param name="Value">The value of a column, its own or one that it leads to.</param>
internal sealed record DaxRow(IReadOnlyList<ColumnName> Columns, Func<ColumnName, object?> Value)
{
    public static DaxRow Of(IReadOnlyList<ColumnName> columns, IReadOnlyList<object?> values)
    {
        var byName = columns.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
        return new(columns, name => byName[name]);
    }
}

/// <summary>Rows that an expression gives.</summary>
internal sealed record DaxTable(IReadOnlyList<DaxRow> Rows);
