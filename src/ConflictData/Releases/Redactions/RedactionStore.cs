using System.Globalization;
using Azure.Data.Tables;
using ConflictData.Datasets;
using ConflictData.Storage;

namespace ConflictData.Releases;

/// <summary>
/// Redactions in Table storage: the texts that are to go from the revisions, and, in partition redacted of table Commits, how far the removal of
/// each redaction is.
/// </summary>
public sealed class RedactionStore(StorageAccount account, TimeProvider clock)
{
    private const string Partition = "redacted";

    /// <summary>What the keys of the rows begin with that say how far the copies are looked through; they sort after the others.</summary>
    private const string Copies = "copies.";

    private readonly TableClient log = account.Table("Commits");
    private readonly RevisionTable revisions = new(account.Table("Revisions"));

    /// <summary>The texts that the revisions have yet, each once; none when all are removed.</summary>
    /// <param name="redaction">The redaction.</param>
    /// <param name="commits">The releases, as they are in the log.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<IReadOnlySet<string>> Texts(Redaction redaction, IReadOnlyList<Commit> commits, CancellationToken cancellation)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (commit, ordinal) in Places(redaction, commits))
        {
            texts.UnionWith(await revisions.Texts(commit, ordinal, ColumnsOf(redaction), cancellation));
        }

        return texts;
    }

    /// <summary>Removes the texts from the revisions, also from those of attempts that did not count. The last thing to be done: nobody can find the copies after it.</summary>
    public async Task RemoveTexts(Redaction redaction, IReadOnlyList<Commit> commits, CancellationToken cancellation)
    {
        var places = Places(redaction, commits).ToList();
        foreach (var commit in places.Select(place => place.Commit).Distinct())
        {
            await revisions.Remove(commit.SubmissionId, commit.Attempt, cancellation);
        }

        foreach (var (commit, ordinal) in places)
        {
            await revisions.Redact(commit, ordinal, ColumnsOf(redaction), cancellation);
        }
    }

    /// <summary>How far the removal of each redaction is, by the release that it is; nothing of those whose copies are still looked for.</summary>
    public async Task<IReadOnlyDictionary<int, RemovalStage>> Stages(CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey lt {Copies}");
        return await log.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).ToDictionaryAsync(
            row => int.Parse(row.RowKey, CultureInfo.InvariantCulture),
            row => new RemovalStage(row.GetDateTimeOffset("CopiesRemovedAt")!.Value, row.GetDateTimeOffset("RemovedAt")),
            cancellationToken: cancellation);
    }

    /// <summary>The last of the copies that were looked through; null where none were.</summary>
    public async Task<string?> Passed(int release, CancellationToken cancellation)
    {
        var row = await log.GetEntityIfExistsAsync<TableEntity>(Partition, Copies + Key(release), cancellationToken: cancellation);
        return row.HasValue ? row.Value!.GetString("Passed") : null;
    }

    /// <summary>Says how far the copies are looked through, so that whoever goes on need not begin anew; null = they are to be looked through again.</summary>
    public Task Pass(int release, string? copy, CancellationToken cancellation) =>
        log.UpsertEntityAsync(new TableEntity(Partition, Copies + Key(release)) { ["Passed"] = copy }, TableUpdateMode.Replace, cancellation);

    /// <summary>Says that no copy is left that was there at the redaction, and no text.</summary>
    public Task MarkCopiesRemoved(int release, CancellationToken cancellation) =>
        log.UpsertEntityAsync(new TableEntity(Partition, Key(release)) { ["CopiesRemovedAt"] = clock.GetUtcNow() }, TableUpdateMode.Merge, cancellation);

    /// <summary>Says that nothing is left, and nobody can bring it back.</summary>
    public Task MarkRemoved(int release, CancellationToken cancellation) =>
        log.UpsertEntityAsync(new TableEntity(Partition, Key(release)) { ["RemovedAt"] = clock.GetUtcNow() }, TableUpdateMode.Merge, cancellation);

    private static string Key(int release) => release.ToString("D10", CultureInfo.InvariantCulture);

    private static IEnumerable<(Commit Commit, int Ordinal)> Places(Redaction redaction, IReadOnlyList<Commit> commits) => redaction.Revisions.Select(revision =>
    {
        var commit = commits[revision.Release - 1];
        return (commit, commit.OrdinalOf(redaction.Dataset, revision.Sequence));
    });

    private static Column[] ColumnsOf(Redaction redaction) => [.. redaction.Columns.Select(name => Catalog.Get(redaction.Dataset)[name])];
}

/// <summary>How far the removal of a redaction is.</summary>
/// <param name="CopiesRemovedAt">When the copies, and the texts themselves, were removed, UTC.</param>
/// <param name="RemovedAt">When it was sure that nothing was put back, UTC; null before.</param>
public sealed record RemovalStage(DateTimeOffset CopiesRemovedAt, DateTimeOffset? RemovedAt);
