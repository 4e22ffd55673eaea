using ConflictData.Datasets;
using ConflictData.Query;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>
/// The records that an expression is about, as a table of a statement, and the records that they refer to, joined to it at
/// the same release. A way that several expressions go is joined once.
/// </summary>
internal sealed class TableScope
{
    /// <summary>Stands for the rows that are read.</summary>
    private const string Root = "r";

    private readonly TableAliases aliases;
    private readonly string? source;
    private readonly HashSet<string> columns = [];
    private readonly Dictionary<string, (Navigation Way, TableScope Table)> joined = [];

    private TableScope(TableAliases aliases, Dataset dataset, string alias, string? source) =>
        (this.aliases, this.source, Dataset, Alias) = (aliases, source, dataset, alias);

    public Dataset Dataset { get; }

    public string Alias { get; }

    /// <summary>Every dataset that the statement reads.</summary>
    public IReadOnlyCollection<Dataset> Reads => aliases.Reads;

    /// <summary>Those of which it reads other records than the one that an expression is about.</summary>
    public IReadOnlyCollection<Dataset> Related => aliases.Related;

    public bool HasJoins => joined.Count > 0;

    public static TableScope Of(Dataset dataset) => new(new TableAliases(dataset), dataset, Root, source: null);

    /// <summary>The rows of a stage of the same statement. While they are records of a dataset, they refer to what these refer to.</summary>
    public static TableScope Over(string stage, Dataset dataset) => new(new TableAliases(dataset), dataset, Root, stage);

    /// <summary>Live rows without the columns that are the engine's own, so that only those of the root have the names.</summary>
    public static string Live(Dataset dataset) =>
        $"(SELECT * EXCLUDE (_seq, _from, _to) FROM {EngineSchema.Quote(dataset.Name)} WHERE {EngineSchema.LiveAt(SqlFragment.ReleaseMark)})";

    /// <summary>The columns that were asked for so far.</summary>
    public IReadOnlySet<string> Columns => columns;

    public string Column(string name)
    {
        columns.Add(name);
        return $"{Alias}.{EngineSchema.Quote(name)}";
    }

    public string Column(IEdmProperty property)
    {
        columns.Add(property.Name);
        return $"{Alias}.{PipelineProperty.SqlOf(property)}";
    }

    /// <summary>The record that every row refers to; its columns are null where there is none.</summary>
    public TableScope To(Navigation way)
    {
        if (!joined.TryGetValue(way.Name, out var known))
        {
            known = (way, Among(way));
            joined.Add(way.Name, known);
        }
        return known.Table;
    }

    /// <summary>The records that refer to a row, as a table of a statement within this one.</summary>
    public TableScope Among(Navigation way) => new(aliases, way.To, aliases.Next(way.To), Live(way.To));

    /// <summary>What goes after FROM. A view has but the columns that were asked for.</summary>
    public string From() =>
        $"{source ?? EngineSchema.From(Dataset, SqlFragment.ReleaseMark, SqlFragment.TagsMark, read: columns)} AS {Alias}{Joins()}";

    private string Joins() => string.Concat(joined.Values.Select(join =>
        $" LEFT JOIN {Live(join.Way.To)} AS {join.Table.Alias} ON {join.Table.Column(join.Way.ToColumn.Name)} = {Column(join.Way.FromColumn.Name)}{join.Table.Joins()}"));
}

/// <summary>Gives the tables of one statement their names.</summary>
internal sealed class TableAliases(Dataset root)
{
    private readonly HashSet<Dataset> related = [];
    private int last;

    public IReadOnlyCollection<Dataset> Reads => [root, .. related.Where(dataset => dataset != root)];

    public IReadOnlyCollection<Dataset> Related => related;

    public string Next(Dataset dataset)
    {
        related.Add(dataset);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"t{++last}");
    }
}
