using Azure.Data.Tables;

namespace ConflictData.Submissions;

/// <summary>A try to load a file of the inbox.</summary>
/// <param name="Number">How many there were with it.</param>
/// <param name="BeganAt">When, UTC.</param>
/// <param name="BeganBefore">When the one before began, UTC; null where it is the first.</param>
/// <param name="LastFailure">Why the one before failed; null where that is not known.</param>
internal sealed record FileTry(int Number, DateTimeOffset BeganAt, DateTimeOffset? BeganBefore, string? LastFailure);

/// <content>
/// How often it was tried to load a file of the inbox. This has a row of its own beside the key: a try may end before there is a submission,
/// and leave none.
/// </content>
public sealed partial class SubmissionLog
{
    /// <summary>
    /// Counts a try before it begins, so that one which ends its instance counts too. Null where it is too early: a minute lies between the
    /// first two and one more each time, so that nobody begins either while another is still reading the file.
    /// </summary>
    internal async Task<FileTry?> BeginFileTry(string idempotencyKey, CancellationToken cancellation)
    {
        var partition = FilePartition(idempotencyKey);
        var (write, now) = (SubmissionRows.NewId(), clock.GetUtcNow());
        for (var looks = 0; ; SubmissionTable.LookAgain(ref looks))
        {
            var before = await table.FileTries(partition, cancellation);
            if (before is not null && SubmissionRows.WriteOf(before) == write)
            {
                return SubmissionRows.FileTry(before);
            }

            if (before is not null && now - SubmissionRows.Time(before, "BeganAt") < Silence * SubmissionRows.Tries(before))
            {
                return null;
            }

            var next = SubmissionRows.NextFileTry(partition, before, write, now);
            if (before is null ? await table.Insert(next, cancellation) : await table.Replace(before, next, cancellation))
            {
                return SubmissionRows.FileTry(next);
            }
        }
    }

    /// <summary>Takes back a try: what stood in its way was not the file.</summary>
    internal Task TakeBackFileTry(string idempotencyKey, CancellationToken cancellation) =>
        ChangeFileTries(idempotencyKey, row => row["Tries"] = SubmissionRows.Tries(row) - 1, cancellation);

    /// <summary>Keeps why a try failed.</summary>
    internal Task NoteFileFailure(string idempotencyKey, string why, CancellationToken cancellation) =>
        ChangeFileTries(idempotencyKey, row => SubmissionRows.PutFailure(row, why), cancellation);

    /// <summary>
    /// The newest attempt under a file's key. Where there is none that could go on, one is made that nobody works on, so that nobody else can
    /// begin. Null: somebody is faster, or it is over.
    /// </summary>
    internal async Task<Attempt?> HoldFile(string idempotencyKey, CancellationToken cancellation) =>
        await Under(InboxFile.Owner, idempotencyKey, cancellation) is { IsOpen: true } status ? status.Attempt
        : await Reserve(InboxFile.Owner, idempotencyKey, "", null, cancellation) is Reservation.Granted granted ? granted.Attempt
        : null;

    /// <summary>
    /// Ends a submission with the report that it failed, and leaves its key to nobody; only when it can be committed no more. The first
    /// report stands, and comes back.
    /// </summary>
    internal async Task<SubmissionAnswer> Fail(Attempt attempt, SubmissionAnswer answer, CancellationToken cancellation)
    {
        var standing = await blobs.SaveAnswer(attempt.SubmissionId, answer, cancellation);
        await Change(attempt, state => SubmissionRows.Finish(state, standing), cancellation);
        return standing;
    }

    private static string FilePartition(string idempotencyKey) => SubmissionRows.KeyPartition(InboxFile.Owner, idempotencyKey);

    private async Task ChangeFileTries(string idempotencyKey, Action<TableEntity> change, CancellationToken cancellation)
    {
        var write = SubmissionRows.NewId();
        for (var looks = 0; await table.FileTries(FilePartition(idempotencyKey), cancellation) is { } row && SubmissionRows.WriteOf(row) != write; SubmissionTable.LookAgain(ref looks))
        {
            var next = new TableEntity(row) { ["Write"] = write };
            change(next);
            if (await table.Replace(row, next, cancellation))
            {
                return;
            }
        }
    }
}
