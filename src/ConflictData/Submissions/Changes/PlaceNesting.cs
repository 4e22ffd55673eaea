using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>No place lies in itself, step by step: what is counted there would lie in no country.</summary>
internal static class PlaceNesting
{
    /// <summary>The views follow places no further.</summary>
    private const int Deepest = 64;

    /// <param name="changes">The rows of places.</param>
    /// <param name="parents">Which place lies in which once the submission stands.</param>
    /// <returns>A problem for each row that brings places, its own or those within it, into a circle or too deep.</returns>
    public static IEnumerable<RowProblem> Check(IEnumerable<RowChange> changes, IReadOnlyDictionary<string, string?> parents)
    {
        var moved = changes.Where(change => change is { IsRetraction: false, Kind: not ChangeKind.Unchanged })
            .ToDictionary(change => change.Id, StringComparer.OrdinalIgnoreCase);
        var blamed = new HashSet<RowChange>();
        foreach (var place in moved.Count > 0 ? parents.Keys : [])
        {
            var holders = Holders(place, parents);
            if (IsWrong(place, holders)
                && holders.Prepend(place).Select(id => moved.GetValueOrDefault(id)).FirstOrDefault(change => change is not null) is { } cause
                && blamed.Add(cause))
            {
                yield return cause.Problem(cause.Dataset["ParentId"], RowErrorCodes.PlaceCircle,
                    $"{What(cause.Id, Holders(cause.Id, parents), place)}; name the place that holds it, or leave ParentId empty for a country.");
            }
        }
    }

    private static bool IsWrong(string place, List<string> holders) => holders.Count > Deepest || IsCircle(place, holders);

    private static bool IsCircle(string place, List<string> holders) => holders.Count > 0 && IsSame(holders[^1], place);

    private static string What(string place, List<string> holders, string deepest) =>
        IsCircle(place, holders) ? $"{place} lies in {string.Join(", which lies in ", holders)}" : $"With this, {deepest} lies more than {Deepest} places deep";

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
}
