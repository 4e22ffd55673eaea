using ConflictData.Datasets;

namespace ConflictData.Tests.OData.Fuzz;

/// <summary>A record as it stands in one release.</summary>
internal sealed class Entry(string set, IReadOnlyList<string> columns, IReadOnlyDictionary<string, object?> values)
{
    public string Set { get; } = set;

    public IReadOnlyList<string> Columns { get; } = columns;

    public string Id { get; } = (string)values["Id"]!;

    public object? this[string column] => values[column];

    /// <summary>Names of a set's columns, in their order.</summary>
    public static IReadOnlyList<string> ColumnsOf(string set) => [.. Catalog.Get(set).Columns.Select(column => column.Name)];
}

/// <summary>All records of one release, each set in stored order.</summary>
internal sealed class Snapshot(int release, IReadOnlyDictionary<string, List<Entry>> sets)
{
    private readonly Dictionary<(string, string), Entry> byId = sets.Values.SelectMany(set => set).ToDictionary(entry => (entry.Set, entry.Id));

    public int Release { get; } = release;

    public IReadOnlyList<Entry> this[string set] => sets[set];

    public Entry? Find(string set, string? id) => id is null ? null : byId.GetValueOrDefault((set, id));

    /// <summary>The record that a way to one leads to.</summary>
    public Entry? One(Entry? from, Way way) => from is null ? null : Find(way.To, (string?)from[way.Column]);

    /// <summary>The records that a way to many leads to.</summary>
    public IEnumerable<Entry> Many(Entry? from, Way way) => from is null ? [] : sets[way.To].Where(entry => (string?)entry[way.Column] == from.Id);
}
