using ConflictData.Datasets;
using ConflictData.RowFiles;

namespace ConflictData.Releases;

/// <summary>Describes revisions for the commit row.</summary>
public static class Extents
{
    /// <summary>One extent a dataset, in the order of the revisions, which must be sorted by the catalogue's order of datasets.</summary>
    /// <param name="revisions">The revisions of one attempt.</param>
    /// <param name="lastSequence">The last sequence number of a dataset at the release that is built on; 0 where it has none.</param>
    public static IReadOnlyList<DatasetExtent> Of(IReadOnlyList<Revision> revisions, Func<Dataset, long> lastSequence)
    {
        var extents = new List<DatasetExtent>();
        using var hash = new RevisionHash();
        for (int first = 0, next; first < revisions.Count; first = next)
        {
            var dataset = revisions[first].Dataset;
            next = first;
            foreach (var revision in revisions.Between(first, revisions.Count).TakeWhile(revision => revision.Dataset == dataset))
            {
                hash.Add(revision);
                next++;
            }

            extents.Add(new DatasetExtent(dataset.Name, lastSequence(dataset) + 1, next - first, hash.End()));
        }

        return extents.Select(extent => extent.Dataset).Distinct().Count() == extents.Count
            ? extents
            : throw new ArgumentException("The revisions of a dataset must stand together.", nameof(revisions));
    }
}
