using Azure.Data.Tables;

namespace ConflictData.Submissions;

/// <summary>Who may work on what was sent under an idempotency key.</summary>
internal sealed class SubmissionKeys(SubmissionTable table, Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Every write that loses, or whose answer is lost, is followed by a fresh look, until there is an answer. The new submission's id,
    /// made for this call alone, also marks the state row that the call writes. A call that was held up may find that others took its
    /// submission over and ended it: then it wants another.
    /// </summary>
    public async Task<Reservation> Reserve(string owner, string idempotencyKey, string payloadHash, TimeSpan? life, CancellationToken cancellation)
    {
        var partition = SubmissionRows.KeyPartition(owner, idempotencyKey);
        var wanted = Wanted();
        for (var looks = 0; ; SubmissionTable.LookAgain(ref looks))
        {
            var key = await table.Key(partition, cancellation);
            var reservation = key is null || Expired(key)
                ? await Take(key, wanted, owner, cancellation)
                : await Judge(key, wanted, owner, cancellation);
            if (reservation is not null)
            {
                return reservation;
            }

            if (GaveWay(wanted, await table.State(wanted.GetString("SubmissionId"), cancellation)))
            {
                wanted = Wanted();
            }
        }

        TableEntity Wanted() => SubmissionRows.Key(partition, SubmissionRows.NewId(), payloadHash, clock.GetUtcNow(), life);
    }

    public async Task Free(string keyPartition, string submissionId, CancellationToken cancellation)
    {
        if (await table.Key(keyPartition, cancellation) is { } key && key.GetString("SubmissionId") == submissionId)
        {
            await table.Delete(key, cancellation);
        }
    }

    /// <summary>Gives the key to a new submission: where there was none, or where the one before let go of it.</summary>
    private async Task<Reservation?> Take(TableEntity? before, TableEntity wanted, string owner, CancellationToken cancellation)
    {
        var won = before is null ? await table.Insert(wanted, cancellation) : await table.Replace(before, wanted, cancellation);
        return won ? await Begin(wanted, owner, 1, wanted.GetString("SubmissionId"), cancellation) : null;
    }

    private async Task<Reservation?> Judge(TableEntity key, TableEntity wanted, string owner, CancellationToken cancellation)
    {
        var submissionId = key.GetString("SubmissionId");
        var state = await table.State(submissionId, cancellation);
        var write = wanted.GetString("SubmissionId");
        if (state is not null && SubmissionRows.WriteOf(state) == write)
        {
            return new Reservation.Granted(new Attempt(submissionId, SubmissionRows.AttemptOf(state)));
        }

        if (GaveWay(key, state))
        {
            return await Take(key, wanted, owner, cancellation);
        }

        if (key.GetString("PayloadHash") != wanted.GetString("PayloadHash"))
        {
            return new Reservation.OtherPayload(submissionId);
        }

        if (state is not null && SubmissionRows.StateOf(state) == SubmissionState.Finished)
        {
            return new Reservation.Finished(submissionId);
        }

        if (state is null && submissionId == write)
        {
            return await Begin(key, owner, 1, write, cancellation);
        }

        var patience = TimeSpan.FromSeconds(settings.TakeOverSeconds) - (clock.GetUtcNow() - HeardAt(key, state));
        return patience > TimeSpan.Zero
            ? new Reservation.InProgress(submissionId, patience < LongestRetryAfter ? patience : LongestRetryAfter)
            : await TakeOver(key, state, owner, write, cancellation);
    }

    private async Task<Reservation?> TakeOver(TableEntity key, TableEntity? silent, string owner, string write, CancellationToken cancellation)
    {
        if (silent is null)
        {
            return await Begin(key, owner, 2, write, cancellation);
        }

        var submissionId = key.GetString("SubmissionId");
        var next = SubmissionRows.TakenOver(silent, write, clock.GetUtcNow());
        return await table.Replace(silent, next, cancellation)
            ? new Reservation.Granted(new Attempt(submissionId, SubmissionRows.AttemptOf(next)))
            : null;
    }

    private async Task<Reservation?> Begin(TableEntity key, string owner, int attempt, string write, CancellationToken cancellation)
    {
        var submissionId = key.GetString("SubmissionId");
        var state = SubmissionRows.State(submissionId, owner, key.PartitionKey, attempt, write, clock.GetUtcNow());
        return await table.Insert(state, cancellation) ? new Reservation.Granted(new Attempt(submissionId, attempt)) : null;
    }

    /// <summary>
    /// True where the submission has ended and left its key to the next. One that stored nothing keeps only a key that the client gave:
    /// what it found stored may be so no longer.
    /// </summary>
    private static bool GaveWay(TableEntity key, TableEntity? state) => state is not null
        && (SubmissionRows.StateOf(state) is SubmissionState.Rejected or SubmissionState.Abandoned
            || (SubmissionRows.IsUnchanged(state) && SubmissionRows.IsDerived(key)));

    /// <summary>Without a state row the first worker fell silent between its two inserts.</summary>
    private static DateTimeOffset HeardAt(TableEntity key, TableEntity? state) =>
        state is null ? SubmissionRows.Time(key, "ReservedAt") : SubmissionRows.Time(state, "HeardAt");

    private bool Expired(TableEntity key) => key.GetDateTimeOffset("ExpiresAt") <= clock.GetUtcNow();
}
