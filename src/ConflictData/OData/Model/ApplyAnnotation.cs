using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;

namespace ConflictData.OData;

/// <summary>What $metadata says about $apply. The library does not bring the Aggregation vocabulary.</summary>
internal static class ApplyAnnotation
{
    private const string Vocabulary = "Org.OData.Aggregation.V1";

    private static readonly string[] Transformations = ["aggregate", "compute", "filter", "groupby", "identity", "orderby", "skip", "top"];

    private static readonly EdmComplexType Type = new(Vocabulary, "ApplySupportedType", baseType: null, isAbstract: false, isOpen: true);

    private static readonly EdmEnumType RollupType = new(Vocabulary, "RollupType");

    public static EdmTerm Term { get; } = new(Vocabulary, "ApplySupported", new EdmComplexTypeReference(Type, isNullable: false));

    public static EdmRecordExpression Value { get; } = new(
        new EdmPropertyConstructor("Transformations", List(Transformations)),
        new EdmPropertyConstructor("CustomAggregationMethods", List([TotalType.Method])),
        new EdmPropertyConstructor("Rollup", new EdmEnumMemberExpression(new EdmEnumMember(RollupType, "None", new EdmEnumMemberValue(0)))),
        new EdmPropertyConstructor("From", new EdmBooleanConstant(false)));

    private static EdmCollectionExpression List(IReadOnlyList<string> names) => new(names.Select(name => new EdmStringConstant(name)));
}
