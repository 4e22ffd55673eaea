using ConflictData.Datasets;
using PowerBI.Tests.Model.Dax;
using PowerBI.Tests.Model.Evaluation;

namespace PowerBI.Tests.Model;

/// <summary>What the model repeats of the closed lists of the datasets is all of them, in their order.</summary>
public class ClosedListTests
{
    [Theory]
    [InlineData("Grade", "Grade", "Casualties", "Grade")]
    [InlineData("Precision", "DatePrecision", "Casualties", "DatePrecision")]
    public void A_table_of_words_has_each_in_its_order(string table, string column, string dataset, string source) =>
        Assert.Equal(Catalog.Get(dataset)[source].Allowed, LoadedTables.Listed(ModelFiles.Model.Table(table)!).Select(row => (string)row[column]!));

    [Fact]
    public void Kinds_of_zone_are_ranked_in_their_order() =>
        Assert.Contains($"Kinds = {{\"{string.Join("\", \"", Catalog.Get("Zones")["Kind"].Allowed)}\"}},", ModelFiles.Model.Table("Zone")!.M);

    [Fact]
    public void Grades_that_make_a_zone_are_all_but_the_contested_and_the_discounted()
    {
        var sure = Catalog.Get("ZoneMemberships")["Grade"].Allowed.Except(["contested", "discounted"]);
        foreach (var measure in (string[])["Places in zones", "Zone kind as of date"])
        {
            var list = Assert.Single(ModelFiles.Model.Measure(measure)!.Expression.All.OfType<DaxList>());
            Assert.Equal(sure, list.Values.Cast<DaxLiteral>().Select(value => (string)value.Value));
        }
    }

    [Fact]
    public void Every_criterion_counts_and_is_a_column()
    {
        var criteria = Catalog.Get("ZoneMemberships").Columns.Where(column => column.Type == ColumnType.Boolean && column.Role == ColumnRole.Given).Select(column => column.Name).ToList();
        Assert.Equal(9, criteria.Count);
        Assert.Equal(criteria, ModelFiles.Model.Measure("Criteria said to hold")!.Expression.All.OfType<DaxColumn>().Select(column => column.Name).Intersect(criteria));
        Assert.All(criteria, criterion => Assert.Equal("string", ModelFiles.Model.Column("ZoneMemberships", criterion)!.DataType));
    }

    [Theory]
    [InlineData("Casualties")]
    [InlineData("Arrests")]
    public void Every_outcome_has_its_measure(string dataset)
    {
        var measures = ModelFiles.Model.Table(dataset)!.Measures.Where(measure => measure.DisplayFolder == "By outcome")
            .SelectMany(measure => measure.Expression.All.OfType<DaxLiteral>()).Select(outcome => (string)outcome.Value).Distinct();
        Assert.Equal(Catalog.Get(dataset)["Outcome"].Allowed.Order(), measures.Order());
    }
}
