using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PowerBI.Tests.Model.M;

namespace PowerBI.Tests.Model.Evaluation;

/// <summary>The rows of tables as the queries of the model would load them from what the feed answers.</summary>
internal static partial class LoadedTables
{
    private const string Longer = "longer than a month";

    /// <summary>The rows of a table that reads the feed.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> FromFeed(ModelTable table, IEnumerable<JsonElement> rows) =>
        [.. rows.Select(row => table.Columns.ToDictionary(column => column.Name, column => Value(table, column, row), StringComparer.OrdinalIgnoreCase))];

    /// <summary>The rows of a table whose query lists them.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Listed(ModelTable table) =>
        [.. Row().Matches(table.M).Select(row => Named(table, [.. row.Groups["value"].Captures.Select(value => Literal(value.Value))]))];

    /// <summary>The tables of days and months, as far as facts refer to them.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Referred(SemanticModel model, string table, IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>> facts)
    {
        var used = model.Relationships.Where(item => item.To.Table == table).SelectMany(item => facts[item.From.Table].Select(row => row[item.From.Column])).Where(value => value is not null).Distinct();
        var key = model.Table(table)!.Columns.Single(column => column.IsKey).Name;
        return [.. used.Select(value => model.Table(table)!.Columns.ToDictionary(column => column.Name, column => column.Name == key ? value : null, StringComparer.OrdinalIgnoreCase))];
    }

    private static object? Value(ModelTable table, Column column, JsonElement row) => column.Name switch
    {
        "MonthKey" => row.GetProperty("Month").GetString() is { } month ? month[..7] : Longer,
        "ZoneKindOrder" => (decimal)(Kinds().Match(table.M).Groups["kinds"].Value.Split(", ").Index().Single(kind => kind.Item == $"\"{row.GetProperty("Kind").GetString()}\"").Index + 1),
        "Claimed" or "PlacePrecisionText" => null,
        _ when column.DataType == "string" && FeedTable.Retyped(table.M).ContainsKey(column.SourceColumn!) => Criterion(row.GetProperty(column.SourceColumn!).ValueKind),
        _ => Converted(row.GetProperty(column.SourceColumn!), column.DataType),
    };

    private static string Criterion(JsonValueKind value) => value switch
    {
        JsonValueKind.True => "holds",
        JsonValueKind.False => "absent",
        _ => "not said",
    };

    private static object? Converted(JsonElement value, string type) => (value.ValueKind, type) switch
    {
        (JsonValueKind.Null, _) => null,
        (_, "string") => value.GetString(),
        (_, "dateTime") => DateTime.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
        (_, "boolean") => value.GetBoolean(),
        _ => value.GetDecimal(),
    };

    private static object Literal(string text) => text.StartsWith('"') ? text.Trim('"') : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static Dictionary<string, object?> Named(ModelTable table, IReadOnlyList<object?> values) =>
        table.Columns.Zip(values).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("""^ +\{(?:(?<value>"[^"]*"|\d+)(?:, )?)+\},?$""", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"Kinds = \{(?<kinds>[^}]+)\}")]
    private static partial Regex Kinds();
}
