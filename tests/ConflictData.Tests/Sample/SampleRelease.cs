using ConflictData.Datasets;
using ConflictData.Datasets.Claims;
using ConflictData.Releases;
using ConflictData.Submissions;

namespace ConflictData.Tests.Sample;

/// <summary>The bundled sample as the revisions of one release.</summary>
internal static class SampleRelease
{
    public static IEnumerable<Revision> Revisions() => Catalog.All.SelectMany(Revisions);

    private static IEnumerable<Revision> Revisions(Dataset dataset)
    {
        var rows = SampleFiles.Rows(dataset).ConvertAll(row => (Values: RowCheck.Check(row).Row!.Values, row.Row));
        if (dataset.HasCounts)
        {
            var claims = rows.ConvertAll(row => ClaimRow.From(dataset, row.Values, row.Row));
            var additive = ClaimRules.Check(dataset, claims, _ => null).Additive;
            foreach (var (index, row) in rows.Index())
            {
                row.Values[dataset["Additive"].Ordinal] = additive[index];
            }
        }
        return rows.Select(row => new Revision(dataset, (string)row.Values[0]!, RevisionAction.Upsert, "new", row.Values));
    }
}
