namespace PowerBI.Tests.Model.Evaluation;

/// <summary>The evaluator keeps the rules of DAX that the measures depend on, as its documentation has them.</summary>
public class EvaluatorTests
{
    private const string Tables = """
        table Sales
        	column Item
        		dataType: string
        	column Colour
        		dataType: string
        	column Amount
        		dataType: int64
        	measure X = {0}
        	measure Total = SUM(Sales[Amount])
        table Items
        	column Item
        		dataType: string
        		isKey
        	column Group
        		dataType: string
        relationship Sales_Items
        	fromColumn: Sales.Item
        	toColumn: Items.Item
        """;

    [Theory]
    [InlineData("COUNTROWS(Sales)", 4)]
    [InlineData("SUM(Sales[Amount])", 15)]
    [InlineData("CALCULATE([Total], Sales[Colour] = \"red\")", 6)]
    [InlineData("CALCULATE([Total], Items[Group] = \"fruit\")", 7)]
    [InlineData("CALCULATE(COUNTROWS(Sales), Sales[Colour] = \"green\")", null)]
    [InlineData("CALCULATE([Total], Sales[Amount] > 100)", null)]
    [InlineData("COALESCE(CALCULATE([Total], Sales[Amount] > 100), 0)", 0)]
    [InlineData("CALCULATE(CALCULATE([Total], Sales[Colour] = \"blue\"), Sales[Colour] = \"red\")", 9)]
    [InlineData("CALCULATE(CALCULATE([Total], KEEPFILTERS(Sales[Colour] = \"blue\")), Sales[Colour] = \"red\")", null)]
    [InlineData("CALCULATE(CALCULATE([Total], REMOVEFILTERS(Sales)), Items[Group] = \"fruit\")", 15)]
    [InlineData("CALCULATE(CALCULATE([Total], ALLEXCEPT(Sales, Sales[Colour])), Items[Group] = \"fruit\", Sales[Colour] = \"red\")", 6)]
    [InlineData("CALCULATE(COUNTROWS(Items), Sales[Colour] = \"red\")", 2)]
    [InlineData("COUNTROWS(FILTER(VALUES(Sales[Item]), [Total] > 4))", 2)]
    [InlineData("COUNTROWS(FILTER(VALUES(Sales[Item]), SUM(Sales[Amount]) > 5))", 3)]
    [InlineData("COUNTROWS(SUMMARIZE(Sales, Items[Group]))", 3)]
    [InlineData("DISTINCTCOUNT(Sales[Colour])", 2)]
    [InlineData("CALCULATE([Total], ISBLANK(Items[Group]))", 5)]
    [InlineData("DIVIDE(1, 0)", null)]
    [InlineData("DIVIDE(6, 4)", 1.5)]
    [InlineData("BLANK() - 5", -5)]
    [InlineData("BLANK() + BLANK()", null)]
    [InlineData("IF(BLANK() = 0, 1, 2)", 1)]
    [InlineData("IF(BLANK() = \"\", 1, 2)", 1)]
    [InlineData("IF(\"\" & BLANK() <> \"\", 1)", null)]
    [InlineData("IF(\"A\" = \"a\", 1)", 1)]
    [InlineData("IF(BLANK() > 0, 1)", null)]
    [InlineData("IF(1 IN {2, 1}, 1)", 1)]
    [InlineData("SWITCH(TRUE(), 1 > 2, 1, 2 > 1, 2, 3)", 2)]
    [InlineData("VAR A1 = 2 RETURN A1 + IF(A1 > 1, VAR B1 = 3 RETURN B1 * A1)", 8)]
    [InlineData("1 + 2 * 3 - 4", 3)]
    public void A_rule_of_DAX(string dax, object? value)
    {
        var model = new SemanticModel(new Dictionary<string, string> { ["model.tmdl"] = Tables.Replace("{0}", dax) });

        Assert.Equal(value is null ? null : Convert.ToDecimal(value), DaxEvaluator.Measure(new(new(model, Rows), []), "X"));
    }

    // A sale of something that is no item leads to the blank row of Items.
    private static readonly Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>> Rows = new()
    {
        ["Sales"] = [Sale("apple", "red", 1m), Sale("apple", "blue", 6m), Sale("nail", "blue", 3m), Sale("dream", "red", 5m)],
        ["Items"] = [Item("apple", "fruit"), Item("nail", "metal")],
    };

    private static Dictionary<string, object?> Sale(string item, string colour, decimal amount) => new() { ["Item"] = item, ["Colour"] = colour, ["Amount"] = amount };

    private static Dictionary<string, object?> Item(string item, string group) => new() { ["Item"] = item, ["Group"] = group };
}
