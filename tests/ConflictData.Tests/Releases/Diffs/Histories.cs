using ConflictData.Releases;
using CsCheck;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.Releases.Diffs;

/// <summary>Random histories of a few casualties: added, corrected, corrected back, retracted, added again.</summary>
internal static class Histories
{
    public const int Releases = 6;

    private const int Records = 5;

    /// <summary>The revisions of each release; the first has none that retracts.</summary>
    public static Gen<Revision[][]> Any { get; } =
        Gen.Int[-1, 3].Array[Records].Array[Releases].Select(Revisions);

    /// <summary>Low of each record at a release.</summary>
    public static Dictionary<string, long> StateAt(Revision[][] history, int release)
    {
        var state = new Dictionary<string, long>();
        foreach (var revision in history.Take(release).SelectMany(revisions => revisions).Where(revision => revision.Dataset.Name == "Casualties"))
        {
            if (revision.Action == RevisionAction.Retract)
            {
                state.Remove(revision.Id);
            }
            else
            {
                state[revision.Id] = (long)revision.Values[revision.Dataset["Low"].Ordinal]!;
            }
        }

        return state;
    }

    /// <summary>A wish of 0 leaves a record as it is, one below 0 retracts it where it stands.</summary>
    private static Revision[][] Revisions(int[][] wishes)
    {
        var live = new HashSet<string>();
        return [.. wishes.Select(Of).Select((revisions, index) => revisions.Length > 0 ? revisions : [Record("Actors", $"x{index}")])];

        Revision[] Of(int[] release) =>
        [
            .. from wish in release.Index()
               let id = $"c{wish.Index}"
               where wish.Item > 0 ? live.Add(id) || true : wish.Item < 0 && live.Remove(id)
               let row = Casualty(id, ("Low", (long)wish.Item))
               select wish.Item > 0 ? row : Retraction(row),
        ];
    }
}
