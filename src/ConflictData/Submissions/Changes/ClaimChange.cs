using ConflictData.Datasets;
using ConflictData.Datasets.Claims;

namespace ConflictData.Submissions;

/// <summary>What the rules of parts and claims need to know of a row that changes something.</summary>
/// <param name="Place">The row's place among all of the submission.</param>
/// <param name="Revision">That of its revision.</param>
/// <param name="Row">The claim as it will be.</param>
/// <param name="MayCount">True where it is at a place and counts, unless a rule about other rows forbids it.</param>
/// <param name="IsRetraction">True where it retracts its record.</param>
/// <param name="Before">The claim as it stands; null where there is none.</param>
internal sealed record ClaimChange(int Place, int Revision, ClaimRow Row, bool MayCount, bool IsRetraction, ClaimChange.Links? Before)
{
    /// <summary>What a row is linked with.</summary>
    public sealed record Links(string? PartOf, string? ClaimGroup)
    {
        private static readonly Links None = new(null, null);

        /// <summary>One and the same for all that are linked with nothing.</summary>
        public static Links Of(string? partOf, string? claimGroup) => partOf is null && claimGroup is null ? None : new(partOf, claimGroup);
    }

    /// <param name="change">The row.</param>
    /// <param name="id">Its record's id, as the one string that memory holds of it.</param>
    /// <param name="revision">The place of its revision.</param>
    /// <param name="shared">Gives texts that come again as one string each.</param>
    public static ClaimChange Of(RowChange change, string id, int revision, SharedTexts shared)
    {
        var (dataset, current) = (change.Dataset, change.Current?.Values);
        var additive = dataset["Additive"];
        var before = (bool?)current?[additive.Ordinal];
        var row = ClaimRow.From(dataset, change.Values, change.Row.Source.Row, replacesAdditive: before == true, shared);

        // What counted goes on counting unless something forbids it now. What did not count stays out where the payload has no such
        // column; an empty cell in one asks for the default.
        row = row with { Id = id, Additive = row.Additive is null && before == false && !change.Row.Source.Has(additive) ? false : row.Additive };
        var mayCount = row.PlaceId is not null && (row.Additive ?? ClaimRules.CountsByDefault(row));
        return new(change.Place, revision, row, mayCount, change.IsRetraction, current is null ? null : Links.Of(Text("PartOf"), Text("ClaimGroup")));

        string? Text(string column) => (string?)current[dataset[column].Ordinal] is { } text ? shared.Of(text) : null;
    }
}
