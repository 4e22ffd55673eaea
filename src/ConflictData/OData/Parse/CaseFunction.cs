using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// The function case of 4.01, which the library's parser lacks, as functions of our own: one for each number of pairs and
/// each type of their results. The parser picks by the arguments, and so finds the common type of the results too.
/// </summary>
internal static class CaseFunction
{
    public const string Name = "case";

    /// <summary>Most pairs of a condition and a result.</summary>
    public const int MaxPairs = 20;

    private static readonly EdmPrimitiveTypeKind[] Results =
    [
        EdmPrimitiveTypeKind.String, EdmPrimitiveTypeKind.Boolean, EdmPrimitiveTypeKind.Int64, EdmPrimitiveTypeKind.Double, EdmPrimitiveTypeKind.Decimal,
        EdmPrimitiveTypeKind.Date, EdmPrimitiveTypeKind.DateTimeOffset, EdmPrimitiveTypeKind.TimeOfDay,
    ];

    /// <summary>Makes the library know it; once for the process.</summary>
    public static void Register()
    {
        var condition = EdmCoreModel.Instance.GetBoolean(isNullable: true);
        foreach (var result in Results.Select(kind => EdmCoreModel.Instance.GetPrimitive(kind, isNullable: true)))
        {
            for (var pairs = 1; pairs <= MaxPairs; pairs++)
            {
                CustomUriFunctions.AddCustomUriFunction(
                    Name, new FunctionSignatureWithReturnType(result, [.. Enumerable.Repeat<IEdmTypeReference[]>([condition, result], pairs).SelectMany(pair => pair)]));
            }
        }
    }
}
