using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ConflictData.Datasets;

namespace ConflictData.Tests.OData.Apply;

/// <summary>A row as the naive evaluator has it.</summary>
/// <param name="Record">The casualty, while it is one; else null.</param>
/// <param name="More">What it has besides, by path.</param>
internal sealed record NaiveRow(object?[]? Record, ImmutableSortedDictionary<string, object?> More)
{
    private static readonly Dataset Set = Catalog.Get("Casualties");

    /// <summary>The columns that the engine fills in.</summary>
    private static readonly string[] System = ["Release", "ModifiedAt", "ChangeReason"];

    public static ImmutableSortedDictionary<string, object?> Nothing { get; } = ImmutableSortedDictionary.Create<string, object?>(StringComparer.Ordinal);

    /// <summary>What it does not have is null.</summary>
    public object? this[string path] => More.TryGetValue(path, out var value) ? value : Record is not null && Set.Find(path) is { } column ? Record[column.Ordinal] : null;

    public NaiveRow With(string path, object? value) => this with { More = More.SetItem(path, value) };

    /// <summary>Names and values in the order of names, as the answer's are shown.</summary>
    public string Show()
    {
        var record = Set.Columns.Where(column => Record is not null && !System.Contains(column.Name)).Select(column => (column.Name, Value: Record![column.Ordinal]));
        return Join(record.Where(item => !More.ContainsKey(item.Name)).Concat(More.Select(item => (item.Key, item.Value))).Select(item => (item.Item1, Show(item.Item2))));
    }

    /// <summary>A row of an answer. Nested values are shown by their path, totals by their label.</summary>
    public static string Show(JsonObject row) => Join(Values("", row));

    private static IEnumerable<(string, string)> Values(string path, JsonObject from) => from.Where(member => !System.Contains(member.Key)).SelectMany(member => member.Value switch
    {
        JsonObject total when total.ContainsKey("Label") => [(path + member.Key, (string)total["Label"]!)],
        JsonObject nested => Values($"{path}{member.Key}/", nested),
        var value => [(path + member.Key, value is null ? "null" : value.ToString())],
    });

    private static string Join(IEnumerable<(string Name, string Value)> items) =>
        string.Join(", ", items.OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => $"{item.Name}={item.Value}"));

    private static string Show(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };
}
