namespace ConflictFunctions.Tests.Infra;

/// <summary>The page's costs are what its own numbers come to.</summary>
public sealed class CostTests
{
    [Fact]
    public void The_costs_on_the_page_follow_from_its_prices_sizes_and_calls()
    {
        var page = InfraPage.Table("README.md", "### A month").Select(Row);
        var worked = Costs.Rows().Select(Row).ToList();

        Assert.True(page.SequenceEqual(worked), $"The page must say:\n{string.Join('\n', worked)}");
    }

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells)} |";
}
