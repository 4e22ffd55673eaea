using ConflictData.Submissions;

namespace ConflictData.Datasets.Claims;

/// <summary>What looks like a relation between rows that nobody declared. There may be one for every row, so that its words are made when they are asked for.</summary>
/// <param name="Row">The submitted row to mend; null where the cause is a row that is not in the graph, such as a retracted member.</param>
/// <param name="Id">One record that it is about.</param>
/// <param name="OtherId">The other.</param>
/// <param name="Code">possibleDoubleCount or claimGroupWithoutAdditive.</param>
/// <param name="About">The outcome that both count, or the claim group.</param>
public sealed record ClaimWarning(int? Row, string Id, string OtherId, string Code, string About)
{
    /// <summary>The column to mend.</summary>
    public string Column => Code == RowErrorCodes.PossibleDoubleCount ? "Additive" : "ClaimGroup";

    /// <summary>Names both records, and what to do.</summary>
    public string Message() => Code == RowErrorCodes.PossibleDoubleCount
        ? $"{Id} and {OtherId} both count {About} in places of which one holds the other and in periods that overlap. "
            + "If they are of the same, say so by PartOf or ClaimGroup, or set Additive of one to false; if not, there is nothing to do."
        : $"No member of the claim group {About}, {Id} among them, is additive: what it claims is in no total. If it is to be, set Additive to true for one of them.";
}
