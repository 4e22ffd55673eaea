using System.Text.Encodings.Web;
using System.Text.Json;
using ConflictData.Datasets;

namespace ConflictData.OData;

/// <summary>A member of a JSON object that the engine writes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Json">A text expression for its value.</param>
/// <param name="IsNull">A condition that tells whether the value is null; null where it never is.</param>
/// <param name="Type">The annotation of its type; null where it has none.</param>
internal sealed record JsonMember(string Name, SqlFragment Json, string? IsNull = null, string? Type = null);

/// <summary>Writes SQL that writes JSON: what is nested in a record is made into text by the engine, as the feed writes its rows.</summary>
internal static class JsonSql
{
    /// <summary>A text expression of an object. Its first member is there in every row, unless nulls are left out.</summary>
    public static SqlFragment Object(IReadOnlyList<JsonMember> members, NestedForm form)
    {
        if (members.Count == 0)
        {
            return new("'{}'", []);
        }
        var pieces = members.Select((member, index) => Piece(member, form.OmitsNulls || index > 0 ? "," : "{", form));
        var all = SqlFragment.Join(" || ", pieces);
        return form.OmitsNulls ? SqlFragment.Of($"('{{' || substring({all}, 2) || '}}')") : SqlFragment.Of($"({all} || '}}')");
    }

    /// <summary>A text expression for a value of that type.</summary>
    public static string Value(string sql, ColumnType type, bool longsAsText) => $"coalesce({Bare(sql, type, longsAsText)}, 'null')";

    /// <summary>A text as a JSON string.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static SqlFragment Piece(JsonMember member, string separator, NestedForm form)
    {
        // Names are bound like values: those of computed properties are the caller's.
        var name = Text($"{separator}{Quoted(member.Name)}:");
        var annotated = member.Type is null ? name : Text($"{separator}{Quoted(member.Name + "@odata.type")}:{Quoted(member.Type)},{Quoted(member.Name)}:");
        return member.IsNull is null ? SqlFragment.Of($"{annotated} || {member.Json}")
            : form.OmitsNulls ? SqlFragment.Of($"CASE WHEN {member.IsNull} THEN '' ELSE {annotated} || {member.Json} END")
            : member.Type is null ? SqlFragment.Of($"{name} || {member.Json}")
            : SqlFragment.Of($"CASE WHEN {member.IsNull} THEN {name} ELSE {annotated} END || {member.Json}");
    }

    private static SqlFragment Text(string text) => new("$1::VARCHAR", [text]);

    private static string Bare(string sql, ColumnType type, bool longsAsText) => type switch
    {
        ColumnType.Integer when longsAsText => $"'\"' || CAST({sql} AS VARCHAR) || '\"'",
        ColumnType.Integer or ColumnType.Boolean => $"CAST({sql} AS VARCHAR)",
        ColumnType.Number => $"CASE WHEN isfinite({sql}) THEN CAST(to_json({sql}) AS VARCHAR) WHEN isnan({sql}) THEN '\"NaN\"' WHEN {sql} > 0 THEN '\"INF\"' WHEN {sql} < 0 THEN '\"-INF\"' END",
        ColumnType.Date => $"'\"' || CAST({sql} AS VARCHAR) || '\"'",
        ColumnType.Instant => $"'\"' || replace(CAST({sql} AS VARCHAR), ' ', 'T') || 'Z\"'",
        _ => $"CAST(to_json({sql}) AS VARCHAR)",
    };
}
