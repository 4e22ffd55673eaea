using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>No place lies in itself, and no actor belongs to itself, step by step: whatever follows them upwards would come to no end.</summary>
internal sealed class Nesting
{
    /// <summary>The views follow places no further.</summary>
    private const int Deepest = 64;

    private static readonly Nesting Places = new("Places", RowErrorCodes.PlaceCircle, "lies in", "name the place that holds it, or leave ParentId empty for a country");
    private static readonly Nesting Actors = new("Actors", RowErrorCodes.ActorCircle, "belongs to", "name the actor that it belongs to, or leave ParentId empty");

    private readonly string code;
    private readonly string isIn;
    private readonly string remedy;

    private Nesting(string dataset, string code, string isIn, string remedy) =>
        (Dataset, this.code, this.isIn, this.remedy) = (Catalog.Get(dataset), code, isIn, remedy);

    /// <summary>The datasets whose records name another of the same dataset that holds them, in ParentId.</summary>
    public static IReadOnlyList<Nesting> All { get; } = [Places, Actors];

    public Dataset Dataset { get; }

    /// <param name="changes">The rows of the dataset.</param>
    /// <param name="parents">Which record each names once the submission stands.</param>
    /// <returns>A problem for each row that brings records, its own or those within it, into a circle or too deep.</returns>
    public IEnumerable<RowProblem> Check(IEnumerable<RowChange> changes, IReadOnlyDictionary<string, string?> parents)
    {
        var moved = changes.Where(change => change is { IsRetraction: false, Kind: not ChangeKind.Unchanged })
            .ToDictionary(change => change.Id, StringComparer.OrdinalIgnoreCase);
        var blamed = new HashSet<RowChange>();
        foreach (var record in moved.Count > 0 ? parents.Keys : [])
        {
            var holders = Holders(record, parents);
            if (IsWrong(record, holders)
                && holders.Prepend(record).Select(id => moved.GetValueOrDefault(id)).FirstOrDefault(change => change is not null) is { } cause
                && blamed.Add(cause))
            {
                yield return cause.Problem(cause.Dataset["ParentId"], code, $"{What(cause.Id, Holders(cause.Id, parents), record)}; {remedy}.");
            }
        }
    }

    private static bool IsWrong(string record, List<string> holders) => holders.Count > Deepest || IsCircle(record, holders);

    private static bool IsCircle(string record, List<string> holders) => holders.Count > 0 && IsSame(holders[^1], record);

    private string What(string record, List<string> holders, string deepest) => IsCircle(record, holders)
        ? $"{record} {isIn} {string.Join($", which {isIn} ", holders)}"
        : $"With this, {deepest} {isIn} more than {Deepest} others, one within the other";

    /// <summary>The records that hold one, from the next on: to the last one, to itself, or to one more than there may be.</summary>
    private static List<string> Holders(string record, IReadOnlyDictionary<string, string?> parents)
    {
        var holders = new List<string>();
        for (var next = parents.GetValueOrDefault(record); next is not null; next = parents.GetValueOrDefault(next))
        {
            holders.Add(next);
            if (holders.Count > Deepest || IsSame(next, record))
            {
                break;
            }
        }

        return holders;
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
