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

    private DatasetExtent Extent(Dataset dataset, IReadOnlyList<Revision> revisions)
    {
        var first = sequences.GetValueOrDefault(dataset) + 1;
        sequences[dataset] = first + revisions.Count - 1;
        return new(dataset.Name, first, revisions.Count, RevisionHash.Of(revisions));
    }
}
