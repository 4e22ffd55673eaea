using ConflictData.Submissions;

namespace ConflictData.Housekeeping;

/// <summary>Forgets idempotency keys that have expired. What was submitted under them stays.</summary>
public sealed class ExpiredKeys(UnfinishedSubmissions submissions) : IHousekeepingPart
{
    public Task Run(CancellationToken cancellation) => submissions.ForgetExpiredKeys(cancellation);
}
