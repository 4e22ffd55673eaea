using System.Globalization;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Literals of a query as values of the engine: whole numbers are long, all others double, instants UTC.</summary>
internal static class ConstantSql
{
    /// <summary>Null for what the engine has no type for.</summary>
    public static object? ToEngine(ConstantNode node) => node.Value switch
    {
        // The library reads 0.1 as a float first, and rounds a decimal to another double than its digits mean; the text has them.
        float or decimal => double.TryParse(node.LiteralText?.TrimEnd('f', 'F', 'm', 'M'), CultureInfo.InvariantCulture, out var exact) ? exact : Convert.ToDouble(node.Value, CultureInfo.InvariantCulture),
        var value => ToEngine(value),
    };

    /// <summary>The type of an expression in the engine; null for types that no column and no function has.</summary>
    public static string? SqlType(IEdmTypeReference? type) => type?.PrimitiveKind() switch
    {
        EdmPrimitiveTypeKind.String => "VARCHAR",
        EdmPrimitiveTypeKind.Boolean => "BOOLEAN",
        EdmPrimitiveTypeKind.Date => "DATE",
        EdmPrimitiveTypeKind.DateTimeOffset => "TIMESTAMP",
        EdmPrimitiveTypeKind.TimeOfDay => "TIME",
        EdmPrimitiveTypeKind.Byte or EdmPrimitiveTypeKind.SByte or EdmPrimitiveTypeKind.Int16 or EdmPrimitiveTypeKind.Int32
            or EdmPrimitiveTypeKind.Int64 => "BIGINT",
        EdmPrimitiveTypeKind.Single or EdmPrimitiveTypeKind.Double or EdmPrimitiveTypeKind.Decimal => "DOUBLE",
        _ => null,
    };

    private static object? ToEngine(object? value) => value switch
    {
        bool or long => value,
        // What comes after a NUL would not reach the engine.
        string text => text.Contains('\0', StringComparison.Ordinal) ? null : text,
        byte or sbyte or short or int => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        double number => number,
        decimal number => (double)number,
#pragma warning disable CS0618 // The parser gives these two until its version 9.
        Date date => new DateOnly(date.Year, date.Month, date.Day),
        // The engine takes no times as parameters; it gets the text, with a cast around it.
        TimeOfDay time => time.ToString(),
#pragma warning restore CS0618
        DateTimeOffset => value,
        _ => null,
    };
}
