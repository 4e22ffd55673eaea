using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Tests.Query;

/// <summary>A commit log and tags made by hand: numbers, times and sequence numbers as the store would give them.</summary>
internal sealed class TestLog
{
    public static readonly DateTimeOffset Start = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<Dataset, long> sequences = [];
    private readonly List<CommittedRevisions> commits = [];

    public IReadOnlyList<CommittedRevisions> Commits => commits;

    /// <summary>Adds a release; one hour after the one before unless told.</summary>
    public CommittedRevisions Add(IEnumerable<Revision> revisions, DateTimeOffset? at = null)
    {
        var groups = revisions.GroupBy(revision => revision.Dataset).ToList();
        var commit = new Commit
        {
            Release = commits.Count + 1,
            SubmissionId = $"s{commits.Count + 1}",
            Attempt = 1,
            CommittedAt = at ?? Start.AddHours(commits.Count),
            Owner = "tester",
            Mode = "upsert",
            PayloadHash = "",
            Datasets = [.. groups.Select(group => Extent(group.Key, [.. group]))],
        };
        commits.Add(new(commit, [.. groups.SelectMany(group => group)]));
        return commits[^1];
    }

    /// <summary>Adds a release that takes texts out of what releases brought of a record.</summary>
    public CommittedRevisions Redact(Dataset dataset, string id, string[] columns, params int[] releases)
    {
        var known = Redactions.Of(commits.Select(item => item.Commit));
        var places = releases.Select(release => (Release: release, Sequence: SequenceOf(dataset, id, release))).ToList();
        var redaction = new Redaction(dataset.Name, id, columns, [.. places.Select(place => new RedactedRevision(place.Release, place.Sequence, ""))]);
        var hashes = releases.ToDictionary(release => release, release =>
        {
            var (commit, rows) = Read(commits[release - 1].Commit, known);
            return RevisionHash.Of([.. rows.Where(row => row.Dataset == dataset).Select(row => row.Id == id ? redaction.Apply(row) : row)]);
        });
        var made = redaction with { Revisions = [.. redaction.Revisions.Select(revision => revision with { Hash = hashes[revision.Release] })] };
        var release = Add([]);
        commits[^1] = release with { Commit = release.Commit with { Mode = "redaction", Redaction = made } };
        return commits[^1];
    }

    /// <summary>What a store gives of a commit.</summary>
    public CommittedRevisions Read(Commit commit, Redactions redactions)
    {
        var (found, redacted) = (commits[commit.Release - 1], redactions.In(commit));
        return found with { Revisions = [.. found.Revisions.Select((row, ordinal) => redacted[ordinal].Aggregate(row, (now, redaction) => redaction.Apply(now)))] };
    }

    public TagHistory Tags { get; private set; } = TagHistory.Empty;

    /// <summary>Moves a tag, one minute after the move before; null takes it away.</summary>
    public TagMove Tag(string tag, int? release)
    {
        var last = Tags.Find(tag);
        var move = new TagMove
        {
            Version = Tags.Version + 1,
            Id = $"m{Tags.Version + 1}",
            Tag = last?.Tag ?? tag,
            From = last?.To,
            To = release,
            MovedAt = Start.AddDays(1).AddMinutes(Tags.Version),
            Owner = "curator",
        };
        Tags = Tags.With([move]);
        return move;
    }

    public static Revision Place(string id, string? name, RevisionAction action = RevisionAction.Upsert, string reason = "new") =>
        Make(Catalog.Get("Places"), id, action, reason, ("Name", name));

    public static Revision Actor(string id, string? name, RevisionAction action = RevisionAction.Upsert) =>
        Make(Catalog.Get("Actors"), id, action, "new", ("Name", name));

    public static Revision Make(Dataset dataset, string id, RevisionAction action, string reason, params (string Column, object? Value)[] values)
    {
        var row = new object?[dataset.Columns.Count];
        row[0] = id;
        foreach (var (column, value) in values)
        {
            row[dataset[column].Ordinal] = value;
        }

        return new(dataset, id, action, reason, row);
    }

    private long SequenceOf(Dataset dataset, string id, int release)
    {
        var (commit, rows) = commits[release - 1];
        var extent = commit.Datasets.Single(extent => extent.Dataset == dataset.Name);
        return extent.FirstSequence + rows.Where(row => row.Dataset == dataset).Index().Single(row => row.Item.Id == id).Index;
    }

    private DatasetExtent Extent(Dataset dataset, IReadOnlyList<Revision> revisions)
    {
        var first = sequences.GetValueOrDefault(dataset) + 1;
        sequences[dataset] = first + revisions.Count - 1;
        return new(dataset.Name, first, revisions.Count, RevisionHash.Of(revisions));
    }
}
