using System.Globalization;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// Reads names in any letter case, functions and operators too, with and without namespace or $; and, as 4.01 has it, a string
/// literal beside a value of another type as one of that type. What is none stays a string, and is refused as one. Decimals beside
/// doubles are doubles.
/// </summary>
internal sealed class QueryResolver : UnqualifiedODataUriResolver
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public QueryResolver()
    {
        (EnableCaseInsensitive, EnableNoDollarQueryOptions) = (true, true);
        CaseFunction.Register();
        ListFunction.Register();
    }

    public override void PromoteBinaryOperandTypes(
        BinaryOperatorKind binaryOperatorKind, ref SingleValueNode leftNode, ref SingleValueNode rightNode, out IEdmTypeReference typeReference)
    {
        leftNode = AsTypeOf(leftNode, rightNode);
        rightNode = AsTypeOf(rightNode, leftNode);
        (leftNode, rightNode) = (AsDouble(leftNode, rightNode), AsDouble(rightNode, leftNode));
        base.PromoteBinaryOperandTypes(binaryOperatorKind, ref leftNode, ref rightNode, out typeReference);
    }

    private static SingleValueNode AsTypeOf(SingleValueNode node, SingleValueNode beside) =>
        node is ConstantNode { Value: string text } && beside is not ConstantNode && beside.TypeReference?.PrimitiveKind() is { } kind ? Cast(text, kind) ?? node : node;

    /// <summary>The library has no promotion from Edm.Decimal, which a literal of many digits is, to Edm.Double; the standard wants one.</summary>
    private static SingleValueNode AsDouble(SingleValueNode node, SingleValueNode beside) =>
        node.TypeReference?.PrimitiveKind() != EdmPrimitiveTypeKind.Decimal || beside.TypeReference?.PrimitiveKind() is not (EdmPrimitiveTypeKind.Double or EdmPrimitiveTypeKind.Single) ? node
        : node is ConstantNode { Value: decimal } literal ? Constant(ConstantSql.ToEngine(literal)!, literal.LiteralText, EdmPrimitiveTypeKind.Double)
        : new ConvertNode(node, EdmCoreModel.Instance.GetDouble(node.TypeReference.IsNullable));

    /// <summary>A literal of a type by its text; null where the text is none.</summary>
    public static ConstantNode? Cast(string text, EdmPrimitiveTypeKind kind) => kind switch
    {
        EdmPrimitiveTypeKind.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) =>
#pragma warning disable CS0618 // The parser takes this type until its version 9.
            Constant(new Date(date.Year, date.Month, date.Day), text, kind),
        EdmPrimitiveTypeKind.TimeOfDay when TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) =>
            Constant(new TimeOfDay(time.Ticks), text, kind),
#pragma warning restore CS0618
        EdmPrimitiveTypeKind.DateTimeOffset when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) => Constant(instant, text, kind),
        EdmPrimitiveTypeKind.Boolean when text is "true" or "false" => Constant(text == "true", text, kind),
        EdmPrimitiveTypeKind.Int64 or EdmPrimitiveTypeKind.Int32 when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
            Constant(whole, text, EdmPrimitiveTypeKind.Int64),
        EdmPrimitiveTypeKind.Int64 or EdmPrimitiveTypeKind.Int32 or EdmPrimitiveTypeKind.Double or EdmPrimitiveTypeKind.Single or EdmPrimitiveTypeKind.Decimal
            when double.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => Constant(number, text, EdmPrimitiveTypeKind.Double),
        _ => null,
    };

    private static ConstantNode Constant(object value, string text, EdmPrimitiveTypeKind kind) =>
        new(value, text, EdmCoreModel.Instance.GetPrimitive(kind, isNullable: false));
}
