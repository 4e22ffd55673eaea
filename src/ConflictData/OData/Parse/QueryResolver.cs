using System.Globalization;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// Reads names in any letter case, functions and operators too, with and without namespace or $; and, as 4.01 has it, a string
/// literal beside a value of another type as one of that type. What is none stays a string, and is refused as one.
/// </summary>
internal sealed class QueryResolver : UnqualifiedODataUriResolver
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public QueryResolver()
    {
        (EnableCaseInsensitive, EnableNoDollarQueryOptions) = (true, true);
        CaseFunction.Register();
    }

    public override void PromoteBinaryOperandTypes(
        BinaryOperatorKind binaryOperatorKind, ref SingleValueNode leftNode, ref SingleValueNode rightNode, out IEdmTypeReference typeReference)
    {
        leftNode = AsTypeOf(leftNode, rightNode);
        rightNode = AsTypeOf(rightNode, leftNode);
        base.PromoteBinaryOperandTypes(binaryOperatorKind, ref leftNode, ref rightNode, out typeReference);
    }

    private static SingleValueNode AsTypeOf(SingleValueNode node, SingleValueNode beside) =>
        node is ConstantNode { Value: string text } && beside is not ConstantNode && beside.TypeReference?.PrimitiveKind() is { } kind ? Cast(text, kind) ?? node : node;

    private static ConstantNode? Cast(string text, EdmPrimitiveTypeKind kind) => kind switch
    {
        EdmPrimitiveTypeKind.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) =>
#pragma warning disable CS0618 // The parser takes this type until its version 9.
            Constant(new Date(date.Year, date.Month, date.Day), text, kind),
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
