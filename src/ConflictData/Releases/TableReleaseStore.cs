using ConflictData.Api;
using ConflictData.RowFiles;
using ConflictData.Storage;

namespace ConflictData.Releases;

/// <summary>Releases, revisions and tags in Azure Table storage.</summary>
public sealed class TableReleaseStore(StorageAccount account, TimeProvider clock) : IReleaseStore
{
    private readonly CommitLog log = new(account.Table("Commits"), clock);
    private readonly TagLog tags = new(account.Table("Commits"), clock);
    private readonly RevisionTable revisions = new(account.Table("Revisions"));
    private readonly CommitTurn turn = new(account.Container("submissions"), clock);

    public Task EnsureCreated(CancellationToken cancellation) => account.EnsureCreated(cancellation);

    public Task<Commit?> Head(CancellationToken cancellation) => log.Head(cancellation);

    public IAsyncEnumerable<Commit> CommitsAfter(int release, CancellationToken cancellation) => log.After(release, cancellation);

    public async Task<CommittedRevisions> Revisions(Commit commit, Redactions redactions, CancellationToken cancellation)
    {
        var rows = await revisions.Read(commit, redactions, cancellation);
        try
        {
            var first = 0;
            foreach (var extent in commit.Datasets)
            {
                Check(commit, extent with { Hash = redactions.HashOf(commit.Release, extent) }, rows, first);
                first += extent.Rows;
            }

            return new CommittedRevisions(commit, rows);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    public Task WriteRevisions(string submissionId, int attempt, IReadOnlyList<Revision> rows, CancellationToken cancellation, Action<int>? written = null) =>
        revisions.Write(submissionId, attempt, rows, cancellation, written);

    public Task<CommitResult> TryCommit(Commit commit, CancellationToken cancellation) => log.TryCommit(commit, cancellation);

    public Task<CommitResult?> Find(string submissionId, CancellationToken cancellation) => log.Find(submissionId, cancellation);

    public Task<bool> TryAbandon(string submissionId, CancellationToken cancellation) => log.TryAbandon(submissionId, cancellation);

    public Task RemoveRevisions(string submissionId, int? keptAttempt, CancellationToken cancellation) =>
        revisions.Remove(submissionId, keptAttempt, cancellation);

    public IAsyncEnumerable<TagMove> TagMovesAfter(int version, CancellationToken cancellation) => tags.After(version, cancellation);

    public Task<Result<TagResult>> MoveTag(TagOrder order, TagHistory known, CancellationToken cancellation) => tags.Move(order, known, cancellation);

    public Task<IAsyncDisposable> TakeTurn(CancellationToken cancellation) => turn.Take(cancellation);

    private static void Check(Commit commit, DatasetExtent extent, RowFile<Revision> rows, int first)
    {
        using var hash = new RevisionHash();
        foreach (var (index, row) in rows.Between(first, first + extent.Rows).Index())
        {
            if (row.Dataset.Name != extent.Dataset)
            {
                throw new InvalidDataException($"Release {commit.Release}: row {first + index} should be of {extent.Dataset}, but is of {row.Dataset}.");
            }

            hash.Add(row);
        }

        var found = hash.End();
        if (found != extent.Hash)
        {
            throw new InvalidDataException($"Release {commit.Release}: the revisions of {extent.Dataset} have the hash {found}, the commit says {extent.Hash}.");
        }
    }
}
