using PowerBI.Tests.Model.Evaluation;

namespace PowerBI.Tests.Model;

/// <summary>What looks counted twice: several claimants, one outcome, party, place and month.</summary>
public class DoubleCountTests
{
    private const string Longer = "longer than a month";

    [Theory]
    [InlineData(0, "sdf", "2022-01", "killed", true, "sdf", "2022-01", "killed", true, "one")]
    [InlineData(1, "sdf", "2022-01", "killed", true, "sdf", "2022-01", "killed", true, "other")]
    [InlineData(1, null, "2022-01", "killed", true, null, "2022-01", "killed", true, "other")]
    [InlineData(0, "sdf", "2022-01", "killed", true, "is", "2022-01", "killed", true, "other")]
    [InlineData(0, "sdf", "2022-01", "killed", true, "sdf", "2022-02", "killed", true, "other")]
    [InlineData(0, "sdf", "2022-01", "killed", true, "sdf", "2022-01", "injured", true, "other")]
    [InlineData(0, "sdf", "2022-01", "killed", true, "sdf", "2022-01", "killed", false, "other")]
    [InlineData(0, "sdf", Longer, "killed", true, "sdf", Longer, "killed", true, "other")]
    public void Two_claims_are_suspected_where_all_but_the_claimant_is_the_same(
        int suspected, string? party, string month, string outcome, bool additive, string? otherParty, string otherMonth, string otherOutcome, bool otherAdditive, string otherClaimant)
    {
        var rows = new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>
        {
            ["Casualties"] = [Claim(party, month, outcome, additive, "one"), Claim(otherParty, otherMonth, otherOutcome, otherAdditive, otherClaimant)],
            ["Arrests"] = [],
            ["AttackCounts"] = [],
        };
        Assert.Equal((decimal)suspected, DaxEvaluator.Measure(new(new(ModelFiles.Model, rows), []), "Possible double counts"));
    }

    private static Dictionary<string, object?> Claim(string? party, string month, string outcome, bool additive, string claimant) => new()
    {
        ["PartyId"] = party, ["MonthKey"] = month, ["Outcome"] = outcome, ["Additive"] = additive, ["ClaimantId"] = claimant, ["PlaceId"] = "raqqa",
    };
}
