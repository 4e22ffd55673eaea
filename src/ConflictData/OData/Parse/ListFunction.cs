using System.Globalization;
using ConflictData.Api;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// The operator in as a function of our own: the value before it, and the list as text. The library's parser takes a list for
/// JSON of the value's type, and so lacks what eq takes beside a value: a string for a number, a fraction beside whole numbers,
/// INF, and null in a list of strings.
/// </summary>
internal static class ListFunction
{
    /// <summary>No caller's words get there by another way: see <see cref="ExpressionRewriter"/>.</summary>
    public const string Name = "in_";

    private static readonly EdmPrimitiveTypeKind[] Values =
    [
        EdmPrimitiveTypeKind.String, EdmPrimitiveTypeKind.Boolean, EdmPrimitiveTypeKind.Int64, EdmPrimitiveTypeKind.Double, EdmPrimitiveTypeKind.Decimal,
        EdmPrimitiveTypeKind.Date, EdmPrimitiveTypeKind.DateTimeOffset, EdmPrimitiveTypeKind.TimeOfDay,
    ];

    /// <summary>Makes the library know it; once for the process.</summary>
    public static void Register()
    {
        var (truth, list) = (EdmCoreModel.Instance.GetBoolean(isNullable: true), EdmCoreModel.Instance.GetString(isNullable: false));
        foreach (var value in Values.Select(kind => EdmCoreModel.Instance.GetPrimitive(kind, isNullable: true)))
        {
            CustomUriFunctions.AddCustomUriFunction(Name, new FunctionSignatureWithReturnType(truth, value, list));
        }
    }

    /// <summary>The value that is looked for.</summary>
    public static SingleValueNode ValueOf(SingleValueFunctionCallNode call) => (SingleValueNode)call.Parameters.First();

    /// <summary>How many items the list has.</summary>
    public static int CountOf(SingleValueFunctionCallNode call) => Items(call).Length;

    /// <summary>The values of the list that the one before it may be equal to, as literals of its type; null is a literal too.</summary>
    public static Result<IReadOnlyList<ConstantNode>> Listed(SingleValueFunctionCallNode call)
    {
        var (kind, listed) = (ValueOf(call).TypeReference?.PrimitiveKind() ?? EdmPrimitiveTypeKind.String, new List<ConstantNode>());
        foreach (var item in Items(call))
        {
            if (!IsValue(item, kind, out var literal))
            {
                return new ApiError(ErrorCode.BadQuery, $"A list after in holds values of the kind that stands before it, Edm.{kind}; {item} is none.");
            }
            listed.AddRange(literal is null ? [] : [literal]);
        }
        return listed;
    }

    private static string[] Items(SingleValueFunctionCallNode call)
    {
        var list = call.Parameters.Last() is ConvertNode convert ? convert.Source : call.Parameters.Last();
        return (string)((ConstantNode)list).Value is { Length: > 0 } text ? PipelineText.Split(text, ',')! : [];
    }

    /// <summary>True for what eq takes beside a value of the kind; the literal is null where no value of the kind is equal to it.</summary>
    private static bool IsValue(string item, EdmPrimitiveTypeKind kind, out ConstantNode? literal)
    {
        var text = item is ['\'', ..] ? item[1..^1].Replace("''", "'", StringComparison.Ordinal) : null;
        var isNumber = kind is EdmPrimitiveTypeKind.Int64 or EdmPrimitiveTypeKind.Double or EdmPrimitiveTypeKind.Decimal;
        literal = (item, kind) switch
        {
            ("null", _) => new ConstantNode(null),
            (_, EdmPrimitiveTypeKind.String) => text is null ? null : new ConstantNode(text, item),
            ("INF", _) when isNumber => new ConstantNode(double.PositiveInfinity, item),
            ("-INF", _) when isNumber => new ConstantNode(double.NegativeInfinity, item),
            ("NaN", _) when isNumber => new ConstantNode(double.NaN, item),
            // A day is the instant that it begins at.
            (_, EdmPrimitiveTypeKind.Date) when text is null && QueryResolver.Cast(item, kind) is null => QueryResolver.Cast(item, EdmPrimitiveTypeKind.DateTimeOffset),
            _ => QueryResolver.Cast(text ?? item, kind),
        };
        var isValue = literal is not null;
        literal = literal switch
        {
            { Value: DateTimeOffset instant } when kind == EdmPrimitiveTypeKind.Date =>
                instant.UtcDateTime.TimeOfDay == TimeSpan.Zero ? QueryResolver.Cast(instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), kind) : null,
            { Value: double number } when kind == EdmPrimitiveTypeKind.Int64 =>
                double.IsInteger(number) && Math.Abs(number) < 1L << 62 ? new ConstantNode((long)number, item) : null,
            { Value: double.NaN } => null,
            _ => literal,
        };
        return isValue;
    }
}
