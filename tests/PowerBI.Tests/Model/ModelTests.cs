using PowerBI.Tests.Model.Dax;
using PowerBI.Tests.Model.M;
using PowerBI.Tests.Model.Rules;

namespace PowerBI.Tests.Model;

/// <summary>The model of the project passes every check that needs no feed.</summary>
public class ModelTests
{
    [Fact]
    public void Every_reference_leads_somewhere_and_every_name_is_given_once() => Assert.Empty(References.Run(ModelFiles.Model));

    [Fact]
    public void Every_measure_is_sound() => Assert.Empty(DaxChecks.Run(ModelFiles.Model));

    [Fact]
    public void No_rule_of_best_practice_is_broken() => Assert.Empty(BestPractice.Run(ModelFiles.Model));

    [Fact]
    public void Every_query_opens_the_feed_alike_and_can_be_refreshed_in_the_service() => Assert.Empty(MChecks.Run(ModelFiles.Model));

    [Fact]
    public async Task Power_Querys_own_parser_knows_every_name_of_every_query() => Assert.Empty(await MChecks.Parse(ModelFiles.Model));
}
