using System.Collections.Frozen;
using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Query;

/// <summary>The releases that an engine holds, from the first to its head. Never changes: a later state is another object.</summary>
public sealed class ReleaseHistory
{
    private readonly FrozenDictionary<string, Touch[]> touches;

    public ReleaseHistory(IReadOnlyList<Commit> commits)
    {
        Commits = commits;
        touches = commits
            .SelectMany(commit => commit.Datasets, (commit, extent) => (commit.Release, extent))
            .GroupBy(pair => pair.extent.Dataset, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(
                group => group.Key,
                group => group.Select(pair => new Touch(pair.Release, pair.extent.FirstSequence + pair.extent.Rows - 1)).ToArray(),
                StringComparer.OrdinalIgnoreCase);
    }

    public static ReleaseHistory Empty { get; } = new([]);

    /// <summary>All releases; release n is at index n - 1.</summary>
    public IReadOnlyList<Commit> Commits { get; }

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

    /// <summary>Sequence number of the dataset's last revision at a release; 0 while it has none.</summary>
    public long LastSequence(Dataset dataset, int release = int.MaxValue) => LastTouch(dataset, release).LastSequence;

    internal ReleaseHistory With(IEnumerable<Commit> next) => new([.. Commits, .. next]);

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
