using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Query;

/// <summary>Sorts the revisions of commits into one batch a dataset, and makes sure that they are what follows the head.</summary>
internal static class Batches
{
    public static IReadOnlyList<RevisionBatch> Of(IReadOnlyList<CommittedRevisions> commits, ReleaseHistory history, IdMap stored)
    {
        var batches = new Dictionary<string, RevisionBatch>(StringComparer.OrdinalIgnoreCase);
        var release = history.Commits.Count;
        foreach (var committed in commits)
        {
            var (commit, revisions) = committed;
            Require(commit.Release == ++release, commit, $"the engine is at release {release - 1}");
            Require(revisions.Count == commit.Datasets.Sum(extent => extent.Rows), commit, $"it came with {revisions.Count} revisions");
            var next = 0;
            foreach (var extent in commit.Datasets)
            {
                var batch = BatchOf(extent);
                Require(extent.FirstSequence == batch.FirstSequence + batch.Count, commit, $"{extent.Dataset} goes on elsewhere");
                var strange = batch.Add(committed, next, extent.Rows, stored);
                Require(strange is null, commit, $"revision {strange} is not one of {extent.Dataset}");
                next += extent.Rows;
            }
        }

        return [.. batches.Values];

        RevisionBatch BatchOf(DatasetExtent extent)
        {
            if (!batches.TryGetValue(extent.Dataset, out var batch))
            {
                var dataset = Catalog.Get(extent.Dataset);
                batches[extent.Dataset] = batch = new(dataset, history.LastSequence(dataset) + 1);
            }

            return batch;
        }
    }

    private static void Require(bool condition, Commit commit, string found)
    {
        if (!condition)
        {
            throw new InvalidDataException($"Release {commit.Release} does not fit: {found}.");
        }
    }
}
