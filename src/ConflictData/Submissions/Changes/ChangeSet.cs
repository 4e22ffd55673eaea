using ConflictData.Releases;

namespace ConflictData.Submissions;

/// <summary>What a submission comes to when it is built on a release. Its revisions are gone when it is disposed of.</summary>
/// <param name="Release">The release that it is built on; 0 = the empty store.</param>
/// <param name="Revisions">By dataset in the order of the catalogue, then in the order of the payload. Meaningless with errors.</param>
/// <param name="Counts">How many rows do what.</param>
/// <param name="Errors">With any of them nothing is stored.</param>
/// <param name="Warnings">What the submitter should look at.</param>
internal sealed record ChangeSet(int Release, IReadOnlyList<Revision> Revisions, SubmissionCounts Counts, ProblemList Errors, WarningList Warnings) : IDisposable
{
    public void Dispose() => (Revisions as IDisposable)?.Dispose();
}
