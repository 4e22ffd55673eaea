using System.Collections.Frozen;
using System.Runtime.InteropServices;
using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Query;

/// <summary>The releases that an engine holds, from the first to its head, and their tags. Never changes: a later state is another object.</summary>
public sealed class ReleaseHistory
{
    private readonly FrozenDictionary<string, Touch[]> touches;

    public ReleaseHistory(IReadOnlyList<Commit> commits, TagHistory? tags = null)
        : this(commits, TouchesOf(commits), Redactions.Of(commits), tags ?? TagHistory.Empty)
    {
    }

    private ReleaseHistory(IReadOnlyList<Commit> commits, FrozenDictionary<string, Touch[]> touches, Redactions redactions, TagHistory tags) =>
        (Commits, this.touches, Redactions, Tags) = (commits, touches, redactions, tags);

    public static ReleaseHistory Empty { get; } = new([]);

    /// <summary>All releases; release n is at index n - 1.</summary>
    public IReadOnlyList<Commit> Commits { get; }

    /// <summary>The tags. They come from the store on a way of their own, so one may be on a release that is not here yet.</summary>
    public TagHistory Tags { get; }

    /// <summary>What was taken out of the releases.</summary>
    public Redactions Redactions { get; }

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
    /// counts as touching it, and of the tags' versions only those count that moved one to or from a release up to the point's. With it goes
    /// the last redaction that took something out of what is read.
    /// </summary>
    public AsOf Effective(AsOf at, IReadOnlyCollection<Dataset> read)
    {
        var touched = EffectiveRelease(at.Release, read);
        var redacted = Redactions.Last(at.Release, read);
        if (!read.Any(set => set.ReadsTags))
        {
            return new(touched) { Redaction = redacted };
        }

        var tags = Tags.At(at.Tags);
        return new(Math.Max(touched, tags.LastTagged(at.Release)), tags.LastMove(at.Release)?.Version ?? 0) { Redaction = redacted };
    }

    /// <summary>When what a query reads became what it is; null where it has never been touched.</summary>
    public DateTimeOffset? ChangedAt(AsOf at, IReadOnlyCollection<Dataset> read)
    {
        var effective = Effective(at, read);
        var committed = Find(Math.Max(effective.Release, effective.Redaction))?.CommittedAt;
        var moved = effective.Tags == 0 ? null : (DateTimeOffset?)Tags.Moves[effective.Tags - 1].MovedAt;
        return committed is null || moved > committed ? moved : committed;
    }

    /// <summary>Sequence number of the dataset's last revision at a release; 0 while it has none.</summary>
    public long LastSequence(Dataset dataset, int release = int.MaxValue) => LastTouch(dataset, release).LastSequence;

    internal ReleaseHistory With(IEnumerable<Commit> next) => new([.. Commits, .. next], Tags);

    internal ReleaseHistory With(TagHistory tags) => new(Commits, touches, Redactions, tags);

    /// <summary>A redaction touches its dataset and brings no row: what tells of releases has one more.</summary>
    private static FrozenDictionary<string, Touch[]> TouchesOf(IReadOnlyList<Commit> commits)
    {
        var touches = new Dictionary<string, List<Touch>>(StringComparer.OrdinalIgnoreCase);
        foreach (var commit in commits)
        {
            foreach (var extent in commit.Datasets)
            {
                Of(extent.Dataset).Add(new(commit.Release, extent.FirstSequence + extent.Rows - 1));
            }

            if (commit.Redaction is { } redaction)
            {
                Of(redaction.Dataset).Add(Of(redaction.Dataset)[^1] with { Release = commit.Release });
            }
        }

        return touches.ToFrozenDictionary(item => item.Key, item => item.Value.ToArray(), StringComparer.OrdinalIgnoreCase);

        List<Touch> Of(string dataset) => CollectionsMarshal.GetValueRefOrAddDefault(touches, dataset, out _) ??= [];
    }

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
