using System.Collections.Frozen;

namespace ConflictData.Datasets;

/// <summary>
/// A named table, read from its Table Schema. Everything else that knows columns (OData model, engine table,
/// storage mapping, checks, CSV header, reference page) is derived from this.
/// </summary>
public sealed class Dataset
{
    private readonly FrozenDictionary<string, Column> byName;

    internal Dataset(string name, string title, string description, bool isFact, IReadOnlyList<Column> columns, byte[] schema)
    {
        (Name, Title, Description, IsFact, Columns, Schema) = (name, title, description, isFact, columns, schema);
        byName = columns.ToFrozenDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);
        References = [.. columns.Where(column => column.References is not null)];
        SystemColumns = [.. columns.Where(column => column.Role == ColumnRole.System)];
        HasCounts = byName.ContainsKey("CountText");
    }

    public string Name { get; }

    public string Title { get; }

    public string Description { get; }

    /// <summary>True for the datasets whose rows are claims.</summary>
    public bool IsFact { get; }

    /// <summary>True for what the engine computes from other datasets: read-only, and no part of submissions and revisions.</summary>
    public bool IsView => Reads.Count > 0;

    /// <summary>The names of the datasets that a view is computed from; empty for a dataset of its own.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>
    /// True for a view that tells of tags. They move between releases, so such a view is of a release and of a version of the
    /// tags, and no published file, which is written once for ever, can have it.
    /// </summary>
    public bool ReadsTags { get; init; }

    /// <summary>Name of the dataset whose records a view has, one row each, under their sequence numbers; null where it has rows of its own.</summary>
    public string? Extends { get; init; }

    /// <summary>True where rows carry a count (Low, Best, High and its words).</summary>
    public bool HasCounts { get; }

    /// <summary>True where rows may be summed into totals: a count dataset, or a view of one, whose rows have an outcome or attack type.</summary>
    public bool IsTotalled => HasCounts && Name != "Figures";

    /// <summary>All columns, in the order of files and feeds. The first is Id.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The columns that name a record of a dataset.</summary>
    public IReadOnlyList<Column> References { get; }

    /// <summary>The columns that a commit fills.</summary>
    public IReadOnlyList<Column> SystemColumns { get; }

    /// <summary>Names of the columns whose values are texts.</summary>
    public IEnumerable<string> Texts => Columns.Where(column => column.Type == ColumnType.String).Select(column => column.Name);

    /// <summary>The Table Schema document as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Schema { get; }

    /// <summary>Name of the published file without its ending.</summary>
    public string FileName => field ??= Name.ToLowerInvariant();

    /// <summary>What one record is called.</summary>
    public string Singular => field ??= Name.EndsWith("ies", StringComparison.Ordinal) ? Name[..^3] + "y" : Name[..^1];

    /// <summary>The column of that name, letter case ignored; null where there is none.</summary>
    public Column? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The column of that name; a name that the schema lacks is a bug.</summary>
    public Column this[string name] => byName[name];

    public override string ToString() => Name;
}
