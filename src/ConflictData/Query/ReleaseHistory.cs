using System.Collections.Frozen;
using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Query;

/// <summary>The releases that an engine holds, from the first to its head, and their tags. Never changes: a later state is another object.</summary>
public sealed class ReleaseHistory
{
    private readonly FrozenDictionary<string, Touch[]> touches;

    public ReleaseHistory(IReadOnlyList<Commit> commits, TagHistory? tags = null)
        : this(commits, TouchesOf(commits), tags ?? TagHistory.Empty)
    {
    }

    private ReleaseHistory(IReadOnlyList<Commit> commits, FrozenDictionary<string, Touch[]> touches, TagHistory tags) =>
        (Commits, this.touches, Tags) = (commits, touches, tags);

    public static ReleaseHistory Empty { get; } = new([]);

    /// <summary>All releases; release n is at index n - 1.</summary>
    public IReadOnlyList<Commit> Commits { get; }

    /// <summary>The tags. They come from the store on a way of their own, so one may be on a release that is not here yet.</summary>
    public TagHistory Tags { get; }

    /// <summary>The newest release; null while there is none.</summary>
    public Commit? Head => Commits is [.., var head] ? head : null;

    public Commit? Find(int release) => release >= 1 && release <= Commits.Count ? Commits[release - 1] : null;

    /// <summary>The newest release that was committed by then; null when there was none.</summary>
    public Commit? At(DateTimeOffset instant) => Find(CountWhile(Commits, commit => commit.CommittedAt <= instant));

    /// <summary>The newest release before the last midnight in UTC, else the first; null while there is none.</summary>
    public Commit? Daily(DateTimeOffset now)
    {
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return Find(Math.Max(1, CountWhile(Commits, commit => commit.CommittedAt < midnight)));
    }

    /// <summary>The last release up to <paramref name="release"/> that touched any of the datasets, or of those that the views are computed from; 0 if none did. What is read from them is the same from there on.</summary>
    public int EffectiveRelease(int release, IEnumerable<Dataset> read) =>
        read.SelectMany(set => set.IsView ? set.Reads.Select(Catalog.Get) : [set]).Select(dataset => LastTouch(dataset, release).Release).DefaultIfEmpty(0).Max();

    /// <summary>
    /// The first point since which nothing that is read has changed; its rows are the same. Where tags are read, a tag on a release
    /// counts as touching it, and of the tags' versions only those count that moved one to or from a release up to the point's.
    /// </summary>
    public AsOf Effective(AsOf at, IReadOnlyCollection<Dataset> read)
    {
        var touched = EffectiveRelease(at.Release, read);
        if (!read.Any(set => set.ReadsTags))
        {
            return new(touched);
        }

        var tags = Tags.At(at.Tags);
        return new(Math.Max(touched, tags.LastTagged(at.Release)), tags.LastMove(at.Release)?.Version ?? 0);
    }

    /// <summary>When what a query reads became what it is; null where it has never been touched.</summary>
    public DateTimeOffset? ChangedAt(AsOf at, IReadOnlyCollection<Dataset> read)
    {
        var effective = Effective(at, read);
        var committed = Find(effective.Release)?.CommittedAt;
        var moved = effective.Tags == 0 ? null : (DateTimeOffset?)Tags.Moves[effective.Tags - 1].MovedAt;
        return committed is null || moved > committed ? moved : committed;
    }

    /// <summary>Sequence number of the dataset's last revision at a release; 0 while it has none.</summary>
    public long LastSequence(Dataset dataset, int release = int.MaxValue) => LastTouch(dataset, release).LastSequence;

    internal ReleaseHistory With(IEnumerable<Commit> next) => new([.. Commits, .. next], Tags);

    internal ReleaseHistory With(TagHistory tags) => new(Commits, touches, tags);

    private static FrozenDictionary<string, Touch[]> TouchesOf(IReadOnlyList<Commit> commits) => commits
        .SelectMany(commit => commit.Datasets, (commit, extent) => (commit.Release, extent))
        .GroupBy(pair => pair.extent.Dataset, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(
            group => group.Key,
            group => group.Select(pair => new Touch(pair.Release, pair.extent.FirstSequence + pair.extent.Rows - 1)).ToArray(),
            StringComparer.OrdinalIgnoreCase);

    private Touch LastTouch(Dataset dataset, int release)
    {
        var all = touches.GetValueOrDefault(dataset.Name, []);
        var count = CountWhile(all, touch => touch.Release <= release);
        return count == 0 ? default : all[count - 1];
    }

    /// <summary>How many items at the start meet a condition that, once not met, is never met again.</summary>
    private static int CountWhile<T>(IReadOnlyList<T> items, Func<T, bool> condition)
    {
        var (low, high) = (0, items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = condition(items[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly record struct Touch(int Release, long LastSequence);
}
