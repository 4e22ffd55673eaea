using System.Security.Cryptography;
using System.Text;
using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Submissions;

namespace Benchmarks.Data;

/// <summary>
/// Releases of generated revisions. Same seed and shape, same rows. Every row has passed the app's own check of a row;
/// what goes beyond a row (references, parts, rival claims) holds by the way the rows are made. Nothing is kept: a
/// release is generated when it is asked for.
/// </summary>
internal sealed class GeneratedReleases(FeedShape shape, ulong seed = GeneratedReleases.Seed)
{
    public const ulong Seed = 20220120;

    private static readonly DateTimeOffset FirstCommit = new(2022, 1, 20, 18, 30, 0, TimeSpan.Zero);

    private readonly Dataset casualties = Catalog.Get("Casualties");
    private readonly CasualtyCells cells = new(seed);

    public FeedShape Shape => shape;

    public IEnumerable<CommittedRevisions> All() => Enumerable.Range(1, shape.Releases).Select(Release);

    public Commit Commit(int release) => new()
    {
        Release = release,
        SubmissionId = $"generated-{release:D4}",
        Attempt = 1,
        CommittedAt = FirstCommit.AddHours(release),
        Owner = "generator",
        Mode = "upsert",
        PayloadHash = "",
        Datasets = [new(casualties.Name, shape.RevisionsBefore(release) + 1, shape.RevisionsIn(release), ""), .. ReferenceExtents(release)],
    };

    public CommittedRevisions Release(int release) => new(Commit(release),
    [
        .. shape.New(release).Select(record => Casualty(record, RevisionAction.Upsert, "new")),
        .. shape.Corrected(release).Select(record => Casualty(record, RevisionAction.Upsert, "correction")),
        .. shape.Retracted(release).Select(record => Casualty(record, RevisionAction.Retract, "retraction")),
        .. References(release).Select(row => Checked(row.Dataset, row.Cells, RevisionAction.Upsert, "new")),
    ]);

    /// <summary>A release after the generated ones, which gives one place another name.</summary>
    /// <param name="release">Its number.</param>
    /// <param name="sequence">The sequence number of the place's new revision.</param>
    public CommittedRevisions Renaming(int release, long sequence)
    {
        var (dataset, row) = ReferenceCells.Renamed(0, $"renamed in {release}");
        return new(Commit(release) with { Datasets = [new(dataset.Name, sequence, 1, "")] }, [Checked(dataset, row, RevisionAction.Upsert, "correction")]);
    }

    /// <summary>SHA-256 over all values of all revisions, hex: tells whether the rows are still the same.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var revision in All().SelectMany(release => release.Revisions))
        {
            var line = $"{revision.Dataset}|{revision.Action}|{revision.Reason}|{string.Join('|', revision.Values.Select(Text))}\n";
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static string Text(object? value) => value is DateOnly day ? Words.Day(day) : FormattableString.Invariant($"{value}");

    /// <summary>All that is referred to comes with the first release.</summary>
    private static IEnumerable<(Dataset Dataset, string?[] Cells)> References(int release) => release > 1 ? [] : ReferenceCells.All();

    private static IEnumerable<DatasetExtent> ReferenceExtents(int release) => References(release)
        .GroupBy(row => row.Dataset)
        .Select(group => new DatasetExtent(group.Key.Name, 1, group.Count(), ""));

    private Revision Casualty(int record, RevisionAction action, string reason) =>
        Checked(casualties, cells.Of(record, corrected: reason == "correction"), action, reason);

    private static Revision Checked(Dataset dataset, string?[] cells, RevisionAction action, string reason)
    {
        var (row, problems) = RowCheck.Check(new() { Dataset = dataset, Row = 1, Line = 2, Cells = cells, Present = ulong.MaxValue });
        return row is not null
            ? new(dataset, row.Id, action, reason, row.Values)
            : throw new InvalidOperationException(
                $"The app refuses a generated row of {dataset}: {string.Join(" ", problems.Select(problem => $"{problem.Column}: {problem.Message}"))}");
    }
}
