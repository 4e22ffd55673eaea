using ConflictData.Datasets;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace ConflictData.OData;

/// <summary>What the model says beside types: descriptions, units, closed lists, and which parts of the standard are there.</summary>
internal static class ModelAnnotations
{
    private const string Capabilities = "Org.OData.Capabilities.V1.";

    /// <summary>The library brings the Core, Capabilities and Validation vocabularies, but not Measures.</summary>
    private static readonly EdmTerm Unit = new("Org.OData.Measures.V1", "Unit", EdmPrimitiveTypeKind.String);

    private static readonly IEdmTerm Versions = CoreVocabularyModel.Instance.FindDeclaredTerm("Org.OData.Core.V1.ODataVersions");

    private static readonly IEdmTerm AllowedValues = ValidationVocabularyModel.Instance.FindDeclaredTerm("Org.OData.Validation.V1.AllowedValues");

    /// <summary>The vocabularies, which a model that uses them must point to.</summary>
    public static void Refer(EdmModel model) => model.SetEdmReferences(
        new[] { "Aggregation", "Core", "Capabilities", "Measures", "Validation" }.Select(name =>
        {
            var reference = new EdmReference(new Uri($"https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.{name}.V1.xml"));
            reference.AddInclude(new EdmInclude(name, $"Org.OData.{name}.V1"));
            return reference;
        }).ToArray());

    public static void AnnotateSet(EdmModel model, EdmEntitySet set, Dataset dataset, Settings settings)
    {
        Annotate(model, set, CoreVocabularyModel.DescriptionTerm, Text(dataset.Description));
        AnnotateRecord(model, set, "InsertRestrictions", ("Insertable", false));
        AnnotateRecord(model, set, "UpdateRestrictions", ("Updatable", false));
        AnnotateRecord(model, set, "DeleteRestrictions", ("Deletable", false));
        AnnotateRecord(model, set, "SearchRestrictions", ("Searchable", true));
        Annotate(model, set, ApplyAnnotation.Supported, ApplyAnnotation.Of(dataset));
        AnnotateExpand(model, set, Navigations.Of(dataset).Count > 0 ? settings.MaxExpandDepth : null);
        AnnotateRecord(model, set, "CountRestrictions", ("Countable", true));
        // Filters over related records are tracked too, but the term has only properties of the set's own type.
        model.SetChangeTrackingAnnotation(set, !dataset.IsView, dataset.IsView ? null : set.EntityType.StructuralProperties(), null);
    }

    public static void AnnotateContainer(EdmModel model, EdmEntityContainer container)
    {
        // 4.01 implies 4.0.
        Annotate(model, container, Versions, Text("4.01"));
        AnnotateFlag(model, container, "IndexableByKey", true);
        AnnotateFlag(model, container, "TopSupported", true);
        AnnotateFlag(model, container, "SkipSupported", true);
        AnnotateFlag(model, container, "ComputeSupported", true);
        AnnotateFlag(model, container, "KeyAsSegmentSupported", true);
        AnnotateFlag(model, container, "QuerySegmentSupported", true);
        AnnotateFlag(model, container, "BatchSupported", true);
        AnnotateFlag(model, container, "CrossJoinSupported", false);
        AnnotateFlag(model, container, "AsynchronousRequestsSupported", false);
        AnnotateRecord(model, container, "SelectSupport", ("Supported", true), ("Expandable", false));
        Annotate(model, container, ApplyAnnotation.Defaults, ApplyAnnotation.OfAll);
        AnnotateList(model, container, "SupportedFormats", ["application/json", "text/csv", "application/x-ndjson"]);
        AnnotateList(model, container, "FilterFunctions", [.. FunctionSql.Names]);
    }

    public static void AnnotateProperty(EdmModel model, EdmProperty property, Column column)
    {
        Annotate(model, property, CoreVocabularyModel.DescriptionTerm, Text(column.Description));
        if (column.Unit is { } unit)
        {
            Annotate(model, property, Unit, Text(unit));
        }
        if (column.Allowed.Count > 0)
        {
            Annotate(model, property, AllowedValues, new EdmCollectionExpression(column.Allowed.Select(AllowedValue)));
        }
    }

    /// <param name="model">The model.</param>
    /// <param name="set">The set.</param>
    /// <param name="maxLevels">How deep; null = its records lead nowhere.</param>
    private static void AnnotateExpand(EdmModel model, EdmEntitySet set, int? maxLevels) => Annotate(model, set, Capability("ExpandRestrictions"), new EdmRecordExpression(
        new EdmPropertyConstructor("Expandable", new EdmBooleanConstant(maxLevels is not null)),
        new EdmPropertyConstructor("MaxLevels", new EdmIntegerConstant(maxLevels ?? 0))));

    private static EdmRecordExpression AllowedValue(string value) => new(new EdmPropertyConstructor("Value", Text(value)));

    private static void AnnotateFlag(EdmModel model, IEdmVocabularyAnnotatable target, string term, bool value) =>
        Annotate(model, target, Capability(term), new EdmBooleanConstant(value));

    private static void AnnotateList(EdmModel model, IEdmVocabularyAnnotatable target, string term, IReadOnlyList<string> values) =>
        Annotate(model, target, Capability(term), new EdmCollectionExpression(values.Select(Text)));

    private static void AnnotateRecord(EdmModel model, IEdmVocabularyAnnotatable target, string term, params (string Name, bool Value)[] flags) =>
        Annotate(model, target, Capability(term), new EdmRecordExpression(
            flags.Select(flag => new EdmPropertyConstructor(flag.Name, new EdmBooleanConstant(flag.Value)))));

    private static IEdmTerm Capability(string name) => CapabilitiesVocabularyModel.Instance.FindDeclaredTerm(Capabilities + name);

    private static EdmStringConstant Text(string value) => new(value);

    private static void Annotate(EdmModel model, IEdmVocabularyAnnotatable target, IEdmTerm term, IEdmExpression value)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, value);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }
}
