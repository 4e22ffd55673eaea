using ConflictData.Query;

namespace ConflictData.Submissions;

/// <summary>
/// Whose a record is: the owner's whose submission brought the revision that stands. Only that owner may change it, and who may
/// curate. So what a curator corrects is the curator's from then on: a contributor who sends an uncorrected file again is told, and does
/// not undo it. A record that is retracted is nobody's. No owner is named to another.
/// </summary>
internal sealed class Ownership(ReleaseHistory history, int release, SubmissionRequest request)
{
    /// <summary>The releases whose records the submission may change; null = all.</summary>
    public IEnumerable<int>? Releases => request.MayCurate ? null
        : history.Commits.Take(release).Where(commit => commit.Owner == request.Owner).Select(commit => commit.Release);

    public IEnumerable<RowProblem> Errors(RowChange change) => request.MayCurate || !IsAnothers(change) ? []
        : [change.Problem(null, RowErrorCodes.NotYours,
            $"{change.Current!.Id} belongs to another contributor, who sent its last change in release {change.Current.Release}. Leave it out, send it unchanged, or {request.WayToCurate}.")];

    public IEnumerable<RowProblem> Warnings(RowChange change) => !request.MayCurate || !IsAnothers(change) ? []
        : [change.Problem(null, RowErrorCodes.ReplacedOtherOwner,
            $"{change.Current!.Id} was another contributor's, as release {change.Current.Release} brought it. If it was not to be replaced, send it again as it was there.")];

    private bool IsAnothers(RowChange change) => change is { Kind: not ChangeKind.Unchanged, Current: { } current }
        && history.Find(current.Release)!.Owner != request.Owner;
}
