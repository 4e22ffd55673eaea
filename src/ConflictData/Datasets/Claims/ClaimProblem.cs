namespace ConflictData.Datasets.Claims;

/// <summary>A rule of parts and claims that does not hold.</summary>
/// <param name="Row">The submitted row to mend; null where the cause is a row that is not in the graph, such as a retracted part.</param>
/// <param name="Id">One record that it is about.</param>
/// <param name="OtherId">The other.</param>
/// <param name="Column">The column to mend.</param>
/// <param name="Code">One of <see cref="Submissions.RowErrorCodes"/>.</param>
/// <param name="Message">Names both records, and what to do.</param>
public sealed record ClaimProblem(int? Row, string Id, string OtherId, string Column, string Code, string Message);

/// <summary>What the checks of a dataset's claims come to.</summary>
/// <param name="Additive">Whether each row counts, in the order in which the rows were given.</param>
/// <param name="Errors">Rules that do not hold; with any of them the submission is refused.</param>
/// <param name="Warnings">What looks like an undeclared relation, found when it is gone through, once.</param>
public sealed record ClaimsResult(IReadOnlyList<bool> Additive, IReadOnlyList<ClaimProblem> Errors, IEnumerable<ClaimWarning> Warnings);
