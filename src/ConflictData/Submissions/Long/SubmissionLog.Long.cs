using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace ConflictData.Submissions;

/// <content>Submissions whose callers were told that the work will be done, and what it takes to keep that promise.</content>
public sealed partial class SubmissionLog
{
    /// <summary>
    /// Keeps what a submission asks for beside its payload, which must be kept already. From then on it is never forgotten: any
    /// instance can finish it. False as for <see cref="Touch"/>.
    /// </summary>
    internal async Task<bool> Promise(Attempt attempt, SubmissionRequest request, CancellationToken cancellation)
    {
        await blobs.SaveRequest(attempt.SubmissionId, KeptRequest.Write(request), cancellation);
        await table.Open(attempt, clock.GetUtcNow(), cancellation);
        return await Change(attempt, state => state["Promised"] = true, cancellation) is not null;
    }

    /// <summary>A promised submission as it came in; dispose of its body.</summary>
    /// <exception cref="InvalidDataException">Its payload or its request is gone.</exception>
    internal async Task<SubmissionRequest> Promised(string submissionId, CancellationToken cancellation)
    {
        var request = await blobs.FindRequest(submissionId, cancellation);
        var payload = await blobs.OpenPayload(submissionId, cancellation);
        return request is { } json && payload is not null
            ? KeptRequest.Read(json, payload)
            : throw new InvalidDataException($"Submission {submissionId} was promised, but storage lacks its payload.");
    }

    /// <summary>
    /// Keeps the report of a refused submission before it says so: for one that nobody asks for again, and which can be committed no
    /// more. False as for <see cref="Touch"/>.
    /// </summary>
    public async Task<bool> RejectPromised(Attempt attempt, SubmissionAnswer answer, CancellationToken cancellation)
    {
        await blobs.SaveAnswer(attempt.SubmissionId, answer, cancellation);
        return await EndRefused(attempt, cancellation);
    }

    /// <summary>
    /// Counts a try before it begins, so that one which ends its instance counts too; gives their number and why the one before failed,
    /// where that is known. Null as for <see cref="NextAttempt"/>.
    /// </summary>
    internal async Task<(int Tries, string? LastFailure)?> BeginTry(Attempt attempt, CancellationToken cancellation) =>
        await Change(attempt, state => state["Tries"] = SubmissionRows.Tries(state) + 1, cancellation) is { } state
            ? (SubmissionRows.Tries(state), SubmissionRows.FailureBefore(state))
            : null;

    /// <summary>Takes back the try that began last: what stood in its way was not the submission. False as for <see cref="Touch"/>.</summary>
    internal async Task<bool> TakeBackTry(Attempt attempt, CancellationToken cancellation) =>
        await Change(attempt, state => state["Tries"] = SubmissionRows.Tries(state) - 1, cancellation) is not null;

    /// <summary>Keeps why a try failed, for those who look. False as for <see cref="Touch"/>.</summary>
    internal async Task<bool> NoteFailure(Attempt attempt, string why, CancellationToken cancellation) =>
        await Change(attempt, state => SubmissionRows.PutFailure(state, why), cancellation) is not null;

    /// <summary>
    /// Takes over promised submissions whose worker fell silent, as <see cref="IsSilent(SubmissionStatus)"/> has it, each when it is
    /// asked for.
    /// </summary>
    internal async IAsyncEnumerable<Attempt> TakeOverSilent([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entry in table.OpenEntries(cancellation))
        {
            if (await table.State(entry.RowKey, cancellation) is { } state && IsSilent(state)
                && SubmissionRows.TakenOver(state, SubmissionRows.NewId(), clock.GetUtcNow()) is var next
                && await table.Replace(state, next, cancellation))
            {
                yield return new Attempt(entry.RowKey, SubmissionRows.AttemptOf(next));
            }
        }
    }

    /// <summary>
    /// True where nobody was heard of for so long that another may do the work. One that outlived several workers is left alone for
    /// longer each time: it may be what ended them.
    /// </summary>
    internal bool IsSilent(SubmissionStatus status) => IsSilent(status.HeardAt, status.Attempt.Number);

    private bool IsSilent(TableEntity state) =>
        SubmissionRows.IsPromised(state)
        && SubmissionRows.IsOpen(state)
        && IsSilent(SubmissionRows.Time(state, "HeardAt"), SubmissionRows.AttemptOf(state));

    private bool IsSilent(DateTimeOffset heardAt, int attempt) => clock.GetUtcNow() - heardAt >= Silence * attempt;
}
