namespace PowerBI.Tests.Model.Evaluation;

/// <summary>The rows of every table of a model, as its partitions would load them.</summary>
internal sealed class ModelData(SemanticModel model, IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>> rows)
{
    private readonly Dictionary<string, IReadOnlyList<DaxRow>> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ColumnName, ILookup<object, IReadOnlyDictionary<string, object?>>> keys = [];

    public SemanticModel Model => model;

    /// <summary>All rows of a table.</summary>
    public IReadOnlyList<DaxRow> Rows(string table) => tables.TryGetValue(table, out var known) ? known : tables[table] = [.. rows[table].Select(row => Row(table, row))];

    /// <summary>The table and those that it leads to: what a filter must be of to reach its rows.</summary>
    public bool Reaches(string table, string filtered) =>
        table.Equals(filtered, StringComparison.OrdinalIgnoreCase) || model.Relationships.Any(item => Is(item.From.Table, table) && Is(item.To.Table, filtered));

    private DaxRow Row(string table, IReadOnlyDictionary<string, object?> values) =>
        new([.. values.Keys.Select(name => new ColumnName(table, name))], name => Is(name.Table, table) ? values[name.Name] : Related(table, values, name));

    private object? Related(string table, IReadOnlyDictionary<string, object?> values, ColumnName name)
    {
        var relationship = model.Relationships.Single(item => Is(item.From.Table, table) && Is(item.To.Table, name.Table));
        var target = new ColumnName(relationship.To.Table, relationship.To.Column);
        if (!keys.TryGetValue(target, out var byKey))
        {
            keys[target] = byKey = rows[target.Table].ToLookup(row => Key(row[target.Name]!));
        }

        return values[relationship.From.Column] is { } key && byKey[Key(key)].SingleOrDefault() is { } found ? found[name.Name] : null;
    }

    private static object Key(object value) => value is string text ? text.ToUpperInvariant() : value;

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
