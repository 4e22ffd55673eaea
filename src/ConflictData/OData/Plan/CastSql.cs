using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>
/// The function cast. What the standard has no cast for is null, and so is what does not fit: a text that is no literal of the
/// type, a number out of its range.
/// </summary>
internal static class CastSql
{
    /// <param name="value">Writes the value.</param>
    /// <param name="source">Its type in the engine; null where it has none.</param>
    /// <param name="type">The type that it is to have.</param>
    public static string Write(Func<string> value, string? source, IEdmTypeReference type)
    {
        var target = ConstantSql.SqlType(type)!;
        return (source, target) switch
        {
            // In the form of the feed.
            ("TIMESTAMP", "VARCHAR") => $"(replace(CAST({value()} AS VARCHAR), ' ', 'T') || 'Z')",
            ("VARCHAR", "TIMESTAMP") => $"make_timestamp(epoch_us(TRY_CAST({IfLiteral(value(), target)} AS TIMESTAMPTZ)))",
            ("VARCHAR", not "VARCHAR") => Ranged(IfLiteral(value(), target), type, target),
            ("BIGINT" or "DOUBLE", "BIGINT" or "DOUBLE") => Ranged(value(), type, target),
            (not null, "VARCHAR") or ("DATE" or "TIMESTAMP", "DATE" or "TIMESTAMP") or ("TIMESTAMP", "TIME") => $"TRY_CAST({value()} AS {target})",
            _ => source == target ? value() : $"CAST(NULL AS {target})",
        };
    }

    /// <summary>A text that is no literal gives the empty text, which the engine casts to nothing.</summary>
    private static string IfLiteral(string value, string target) => $"regexp_extract({value}, '^({Literal(target)})$')";

    /// <summary>The engine reckons with all whole numbers as one type, but a cast to a smaller one fails where that cannot hold them.</summary>
    private static string Ranged(string value, IEdmTypeReference type, string target) => type.PrimitiveKind() switch
    {
        EdmPrimitiveTypeKind.Byte => $"CAST(TRY_CAST({value} AS UTINYINT) AS BIGINT)",
        EdmPrimitiveTypeKind.SByte => $"CAST(TRY_CAST({value} AS TINYINT) AS BIGINT)",
        EdmPrimitiveTypeKind.Int16 => $"CAST(TRY_CAST({value} AS SMALLINT) AS BIGINT)",
        EdmPrimitiveTypeKind.Int32 => $"CAST(TRY_CAST({value} AS INTEGER) AS BIGINT)",
        _ => $"TRY_CAST({value} AS {target})",
    };

    private static string Literal(string target) => target switch
    {
        "BOOLEAN" => "(?i)true|false",
        "BIGINT" => "[+-]?[0-9]+",
        "DOUBLE" => "[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?|-?INF|NaN",
        "DATE" => "-?[0-9]{4,}-[0-9]{2}-[0-9]{2}",
        "TIME" => "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?",
        _ => "-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})",
    };
}
