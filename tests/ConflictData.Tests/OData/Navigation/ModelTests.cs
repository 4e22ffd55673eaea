using ConflictData.Datasets;
using ConflictData.OData;
using Microsoft.OData.Edm;

namespace ConflictData.Tests.OData.Navigation;

public sealed class ModelTests
{
    [Fact]
    public void Names_clash_with_nothing_in_any_letter_case()
    {
        foreach (var dataset in Catalog.All)
        {
            var names = dataset.Columns.Select(column => column.Name).Concat(Navigations.Of(dataset).Select(way => way.Name)).ToArray();

            Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }
    }

    [Theory]
    [InlineData("Casualties", "Event Place Party Perpetrator Claimant Source CitedSource Whole Parts")]
    [InlineData("Zones", "ZoneMemberships Source")]
    [InlineData("Events", "Casualties Arrests AttackCounts Figures Place")]
    [InlineData("Places", "Casualties Arrests AttackCounts Figures ZoneMemberships Events Parent Children")]
    public void Names_follow_from_the_keys(string dataset, string names) =>
        Assert.Equal(names, string.Join(' ', Navigations.Of(Catalog.Get(dataset)).Select(way => way.Name)));

    [Theory]
    [InlineData("CasualtiesAsParty", "PartyId")]
    [InlineData("CasualtiesAsPerpetrator", "PerpetratorId")]
    [InlineData("CasualtiesAsClaimant", "ClaimantId")]
    [InlineData("ZoneMembershipsAsControllingActor", "ControllingActorId")]
    [InlineData("Children", "ParentId")]
    public void Several_keys_to_the_same_dataset_lead_back_by_several_names(string name, string key) =>
        Assert.Equal(key, Assert.Single(Navigations.Of(Catalog.Get("Actors")), way => way.Name == name).Key.Name);

    [Fact]
    public async Task What_the_model_says_of_expanding_is_so()
    {
        await using var server = new Server();
        server.Commit(Values.Record("Places", "p"));
        var container = (await server.Get("$metadata?$format=json")).Json["ConflictData"]!["Container"]!;
        foreach (var set in Catalog.Sets)
        {
            var said = container[set.Name]!["@Capabilities.ExpandRestrictions"];
            Assert.Equal((bool)said!["Expandable"]!, (await server.Get($"{set.Name}?$expand={Navigations.Of(set).FirstOrDefault()?.Name ?? "Place"}")).Status == 200);
        }

        Assert.Contains("CasualtiesWide has no way Place. A view has none", (await server.Get("CasualtiesWide?$expand=Place")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_foreign_key_leads_forth_and_back_in_the_model()
    {
        var ways = Catalog.All.SelectMany(Navigations.Of).ToList();

        Assert.Equal(2 * Catalog.All.Sum(dataset => dataset.Columns.Count(column => column.References is not null)), ways.Count);
        Assert.All(ways, way =>
        {
            var property = (IEdmNavigationProperty)ODataModel.Edm.FindDeclaredEntitySet(way.From.Name).EntityType.FindProperty(way.Name);
            Assert.Equal((way.Partner, way.To, way.ToMany), (property.Partner.Name, ODataModel.DatasetOf(property.ToEntityType()), property.TargetMultiplicity() == EdmMultiplicity.Many));
            Assert.Equal(way.ToMany, property.ReferentialConstraint is null);
        });
    }
}
