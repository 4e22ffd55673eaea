using ConflictData.Datasets;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;

namespace ConflictData.OData;

/// <summary>
/// What $metadata says about $apply: of the container what holds for all sets, of a set that it takes $apply, and which of the
/// aggregation methods that are this service's own it has. The library does not bring the Aggregation vocabulary.
/// </summary>
internal static class ApplyAnnotation
{
    private const string Vocabulary = "Org.OData.Aggregation.V1";

    private static readonly EdmEnumType RollupType = new(Vocabulary, "RollupType");

    public static EdmTerm Defaults { get; } = Term("ApplySupportedDefaults", "ApplySupportedBase");

    public static EdmTerm Supported { get; } = Term("ApplySupported", "ApplySupportedType");

    public static EdmRecordExpression OfAll { get; } = new(
        new EdmPropertyConstructor("Transformations", List(Pipeline.Known)),
        new EdmPropertyConstructor("Rollup", new EdmEnumMemberExpression(new EdmEnumMember(RollupType, "None", new EdmEnumMemberValue(0)))),
        new EdmPropertyConstructor("From", new EdmBooleanConstant(false)));

    public static EdmRecordExpression Of(Dataset dataset) => dataset.IsTotalled
        ? new(new EdmPropertyConstructor("CustomAggregationMethods", List([TotalType.Method])))
        : new();

    private static EdmTerm Term(string name, string type) =>
        new(Vocabulary, name, new EdmComplexTypeReference(new EdmComplexType(Vocabulary, type, baseType: null, isAbstract: false, isOpen: true), isNullable: false));

    private static EdmCollectionExpression List(IReadOnlyList<string> names) => new(names.Select(name => new EdmStringConstant(name)));
}
