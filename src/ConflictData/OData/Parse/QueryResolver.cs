using System.Globalization;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// Reads names in any letter case, functions and operators too, with and without namespace or $; and, as 4.01 has it, a string
/// literal beside a date or an instant as one of these. What is no date stays a string, and is refused as one.
/// </summary>
internal sealed class QueryResolver : UnqualifiedODataUriResolver
{
    public QueryResolver() => (EnableCaseInsensitive, EnableNoDollarQueryOptions) = (true, true);

    public override void PromoteBinaryOperandTypes(
        BinaryOperatorKind binaryOperatorKind, ref SingleValueNode leftNode, ref SingleValueNode rightNode, out IEdmTypeReference typeReference)
    {
        leftNode = AsDate(leftNode, rightNode);
        rightNode = AsDate(rightNode, leftNode);
        base.PromoteBinaryOperandTypes(binaryOperatorKind, ref leftNode, ref rightNode, out typeReference);
    }

    private static SingleValueNode AsDate(SingleValueNode node, SingleValueNode beside)
    {
        if (node is not ConstantNode { Value: string text } || beside is ConstantNode)
        {
            return node;
        }
        return beside.TypeReference?.PrimitiveKind() switch
        {
            EdmPrimitiveTypeKind.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) =>
#pragma warning disable CS0618 // The parser takes this type until its version 9.
                new ConstantNode(new Date(date.Year, date.Month, date.Day), text, EdmCoreModel.Instance.GetDate(isNullable: false)),
#pragma warning restore CS0618
            EdmPrimitiveTypeKind.DateTimeOffset when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) =>
                new ConstantNode(instant, text, EdmCoreModel.Instance.GetDateTimeOffset(isNullable: false)),
            _ => node,
        };
    }
}
