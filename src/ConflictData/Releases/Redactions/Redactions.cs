using System.Collections.Frozen;
using ConflictData.Datasets;

namespace ConflictData.Releases;

/// <summary>All redactions up to a release, and what they make of what was committed before them. Never changes.</summary>
public sealed class Redactions
{
    /// <summary>By dataset: when each was made, and the first release that it changes.</summary>
    private readonly FrozenDictionary<string, (int Made, int First)[]> spans;

    private readonly FrozenDictionary<(int Release, string Dataset), string> hashes;

    /// <summary>By the release that brought the revisions.</summary>
    private readonly FrozenDictionary<int, (Redaction Redaction, long Sequence)[]> revisions;

    private Redactions(IReadOnlyList<Commit> all)
    {
        All = all;
        spans = all.GroupBy(commit => commit.Redaction!.Dataset)
            .ToFrozenDictionary(group => group.Key, group => group.Select(commit => (commit.Release, commit.Redaction!.Releases[0])).ToArray());
        // What a later one says holds: it was made from what the earlier ones had left.
        hashes = all.SelectMany(commit => commit.Redaction!.Revisions, (commit, revision) => (commit.Redaction!.Dataset, revision))
            .GroupBy(item => (item.revision.Release, item.Dataset))
            .ToFrozenDictionary(group => group.Key, group => group.Last().revision.Hash);
        revisions = all.SelectMany(commit => commit.Redaction!.Revisions, (commit, revision) => (commit.Redaction!, revision))
            .GroupBy(item => item.revision.Release, item => (item.Item1, item.revision.Sequence))
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    public static Redactions None { get; } = new([]);

    /// <summary>The releases that are redactions, oldest first.</summary>
    public IReadOnlyList<Commit> All { get; }

    /// <summary>Those among some commits, which are in the order of the log.</summary>
    public static Redactions Of(IEnumerable<Commit> commits) => commits.Where(commit => commit.Redaction is not null).ToList() is { Count: > 0 } all ? new(all) : None;

    /// <summary>
    /// The number of the last redaction that changed what a release, and those before it, have in any of the datasets or of those that
    /// the views are computed from; 0 where none did. With another number the same release may read otherwise.
    /// </summary>
    public int Last(int release, IEnumerable<Dataset> read)
    {
        if (All.Count == 0)
        {
            return 0;
        }

        return read.SelectMany(set => set.IsView ? set.Reads : [set.Name])
            .SelectMany(dataset => spans.GetValueOrDefault(dataset, []))
            .Where(span => span.First <= release)
            .Select(span => span.Made)
            .DefaultIfEmpty(0)
            .Max();
    }

    /// <summary>The hash that what a release brought to a dataset has now.</summary>
    public string HashOf(int release, DatasetExtent extent) => hashes.GetValueOrDefault((release, extent.Dataset), extent.Hash);

    /// <summary>What was taken out of the revisions of a commit, by their ordinals in it.</summary>
    public ILookup<int, Redaction> In(Commit commit) =>
        revisions.GetValueOrDefault(commit.Release, []).ToLookup(item => commit.OrdinalOf(item.Redaction.Dataset, item.Sequence), item => item.Redaction);
}
