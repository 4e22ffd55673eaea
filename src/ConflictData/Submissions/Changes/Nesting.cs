using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>No place lies in itself, and no actor belongs to itself, step by step: whatever follows them upwards would come to no end.</summary>
internal sealed class Nesting
{
    /// <summary>The views follow places no further.</summary>
    private const int Deepest = 64;

    public static readonly Nesting Places = new("Places", RowErrorCodes.PlaceCircle, "lies in", "name the place that holds it, or leave ParentId empty for a country");
    public static readonly Nesting Actors = new("Actors", RowErrorCodes.ActorCircle, "belongs to", "name the actor that it belongs to, or leave ParentId empty");

    private readonly string code;
    private readonly string isIn;
    private readonly string remedy;

    private Nesting(string dataset, string code, string isIn, string remedy) =>
        (Dataset, this.code, this.isIn, this.remedy) = (Catalog.Get(dataset), code, isIn, remedy);

    /// <summary>The dataset whose records name another of the same dataset that holds them, in ParentId.</summary>
    public Dataset Dataset { get; }

    /// <param name="rows">The rows of the submission.</param>
    /// <param name="moved">Where among them are those that bring or change a record, by its id.</param>
    /// <param name="parents">Which record each names once the submission stands.</param>
    /// <returns>A problem for each row that brings records, its own or those within it, into a circle or too deep.</returns>
    public IEnumerable<RowProblem> Check(SubmittedRows rows, IReadOnlyDictionary<string, int> moved, IReadOnlyDictionary<string, string?> parents)
    {
        var blamed = new HashSet<int>();
        foreach (var record in parents.Keys)
        {
            var holders = Holders(record, parents);
            if (IsWrong(record, holders) && holders.Prepend(record).FirstOrDefault(moved.ContainsKey) is { } cause && blamed.Add(moved[cause]))
            {
                var id = rows[moved[cause]].Id;
                yield return rows.Problem(moved[cause], Dataset["ParentId"], code, $"{What(id, Holders(id, parents), record)}; {remedy}.");
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
