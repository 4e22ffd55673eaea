using System.Text.Encodings.Web;
using System.Text.Json;
using ConflictData.Datasets;

namespace ConflictData.OData;

/// <summary>Writes SQL that writes JSON: what is nested in a record is made into text by the engine, as the feed writes its rows.</summary>
internal static class JsonSql
{
    /// <summary>A text expression of an object with members that are expressions for JSON text.</summary>
    public static SqlFragment Object(IReadOnlyList<(string Name, SqlFragment Json)> members)
    {
        // Names are bound like values: those of computed properties are the caller's.
        var pieces = members.Select((member, index) =>
        {
            var name = new SqlFragment("$1::VARCHAR", [$"{(index == 0 ? "{" : ",")}\"{JsonEncodedText.Encode(member.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\":"]);
            return SqlFragment.Of($"{name} || {member.Json}");
        });
        return members.Count == 0 ? new("'{}'", []) : SqlFragment.Of($"({SqlFragment.Join(" || ", pieces)} || '}}')");
    }

    /// <summary>A text expression for a value of that type.</summary>
    public static string Value(string sql, ColumnType type) => type switch
    {
        ColumnType.Integer or ColumnType.Boolean => $"coalesce(CAST({sql} AS VARCHAR), 'null')",
        ColumnType.Date => $"coalesce('\"' || CAST({sql} AS VARCHAR) || '\"', 'null')",
        ColumnType.Instant => $"coalesce('\"' || replace(CAST({sql} AS VARCHAR), ' ', 'T') || 'Z\"', 'null')",
        _ => $"coalesce(CAST(to_json({sql}) AS VARCHAR), 'null')",
    };
}
