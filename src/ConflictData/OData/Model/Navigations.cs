using System.Collections.Frozen;
using ConflictData.Datasets;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>
/// Every navigation property, named by rule from the foreign keys of the Table Schemas.
/// <para>
/// To one: the key's name without Id (PlaceId: Place); PartOf: Whole. Back to many: the name of the referring dataset where
/// the key is named as what it refers to (Places: Casualties by PlaceId), else with what the record is to it (Actors:
/// CasualtiesAsClaimant by ClaimantId); within a dataset Children (Parent) and Parts (Whole).
/// </para>
/// </summary>
internal static class Navigations
{
    private static readonly FrozenDictionary<Dataset, Navigation[]> ByDataset =
        Catalog.All.SelectMany(Along).GroupBy(navigation => navigation.From).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    public static IReadOnlyList<Navigation> Of(Dataset dataset) => ByDataset.GetValueOrDefault(dataset, []);

    /// <summary>The way that a property of the model stands for.</summary>
    public static Navigation Of(IEdmNavigationProperty property)
    {
        var dataset = ODataModel.DatasetOf((IEdmEntityType)property.DeclaringType);
        return Of(dataset).Single(navigation => navigation.Name == property.Name);
    }

    /// <summary>Adds them to the types and sets of a model.</summary>
    public static void AddTo(IReadOnlyDictionary<Dataset, (EdmEntityType Type, EdmEntitySet Set)> sets)
    {
        foreach (var forth in sets.Keys.SelectMany(Of).Where(navigation => !navigation.ToMany))
        {
            var ((type, set), (targetType, targetSet)) = (sets[forth.From], sets[forth.To]);
            var property = type.AddBidirectionalNavigation(Forth(forth, type, targetType), Back(forth, type));
            set.AddNavigationTarget(property, targetSet);
            targetSet.AddNavigationTarget(property.Partner, set);
        }
    }

    private static EdmNavigationPropertyInfo Forth(Navigation navigation, EdmEntityType type, EdmEntityType target) => new()
    {
        Name = navigation.Name,
        Target = target,
        TargetMultiplicity = navigation.Key.Required ? EdmMultiplicity.One : EdmMultiplicity.ZeroOrOne,
        DependentProperties = [(IEdmStructuralProperty)type.FindProperty(navigation.Key.Name)],
        PrincipalProperties = target.DeclaredKey,
    };

    private static EdmNavigationPropertyInfo Back(Navigation navigation, EdmEntityType type) => new()
    {
        Name = navigation.Partner,
        Target = type,
        TargetMultiplicity = EdmMultiplicity.Many,
    };

    private static IEnumerable<Navigation> Along(Dataset dataset) =>
        from key in dataset.Columns
        where key.References is not null
        let target = Catalog.Get(key.References!)
        let names = Names(dataset, key, target)
        from navigation in new[] { new Navigation(names.Forth, dataset, target, key, false, names.Back), new Navigation(names.Back, target, dataset, key, true, names.Forth) }
        select navigation;

    private static (string Forth, string Back) Names(Dataset dataset, Column key, Dataset target)
    {
        var forth = key.Name == "PartOf" ? "Whole" : key.Name[..^"Id".Length];
        var back = (target == dataset, forth) switch
        {
            (true, "Parent") => "Children",
            (true, "Whole") => "Parts",
            (false, _) when forth == target.Singular => dataset.Name,
            _ => $"{dataset.Name}As{forth}",
        };
        return (forth, back);
    }
}
