using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>No place lies in itself, step by step: what is counted there would lie in no country.</summary>
internal static class PlaceNesting
{
    /// <summary>The views follow places no further.</summary>
    private const int Deepest = 64;

    /// <param name="changes">The rows of places.</param>
    /// <param name="parents">Which place lies in which once the submission stands.</param>
    public static IEnumerable<RowProblem> Check(IEnumerable<RowChange> changes, IReadOnlyDictionary<string, string?> parents)
    {
        foreach (var change in changes.Where(change => change is { IsRetraction: false, Kind: not ChangeKind.Unchanged }))
        {
            var holders = Holders(change.Id, parents);
            if (holders.Count > Deepest)
            {
                yield return Problem(change, $"{change.Id} lies more than {Deepest} places deep");
            }
            else if (holders.Count > 0 && IsSame(holders[^1], change.Id))
            {
                yield return Problem(change, $"{change.Id} lies in {string.Join(", which lies in ", holders)}");
            }
        }
    }

    /// <summary>The places that hold a place, from the next on: to the last one, to itself, or to one more than there may be.</summary>
    private static List<string> Holders(string place, IReadOnlyDictionary<string, string?> parents)
    {
        var holders = new List<string>();
        for (var next = parents.GetValueOrDefault(place); next is not null; next = parents.GetValueOrDefault(next))
        {
            holders.Add(next);
            if (holders.Count > Deepest || IsSame(next, place))
            {
                break;
            }
        }

        return holders;
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static RowProblem Problem(RowChange change, string what) =>
        change.Problem(change.Dataset["ParentId"], RowErrorCodes.PlaceCircle, $"{what}; name the place that holds it, or leave ParentId empty for a country.");
}
