using System.Collections;
using ConflictData.Datasets;
using ConflictData.Datasets.Claims;

namespace ConflictData.Submissions;

/// <summary>
/// The rules of parts and claims for what a submission changes in one dataset: loads the rows that are linked with the changed
/// ones, step by step, and those that may be of the same people, and settles Additive where it was left open. Rows that change
/// nothing stand as they are stored, so they are not among the changes.
/// </summary>
internal sealed class ClaimsCheck(
    HeadReader head, Dataset dataset, SubmittedRows rows, ChangedRevisions revisions, IReadOnlyList<ClaimChange> changes, Dictionary<string, string?> parentPlaces)
{
    /// <summary>One bit a row of the submission, by its place: set where it is one of the changes.</summary>
    private readonly BitArray submitted = PlacesOf(rows, changes);

    /// <summary>Where among the changes that of each row is which is sent and stays, by the row's number. Only what is reported asks for it.</summary>
    private readonly Lazy<int[]> byNumber = new(() => ByNumber(changes));

    /// <summary>What is linked with a change by any number of steps and is none itself: all of it, so that parts can be summed.</summary>
    private readonly Dictionary<string, ClaimRow> linked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Some of what lies near a change, is not linked with it and stays.</summary>
    private readonly List<ClaimRow> near = [];

    /// <summary>The first row that was in each whole, and in each claim group, before.</summary>
    private readonly Dictionary<string, ClaimChange> leftWholes = new(StringComparer.OrdinalIgnoreCase), leftGroups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Errors and warnings, each at the row to mend.</summary>
    public (IEnumerable<RowProblem> Errors, IEnumerable<UnmadeWarning> Warnings) Check()
    {
        LoadLinked();
        LoadNear();
        var first = linked.Count + near.Count;
        var all = new List<ClaimRow>(first + changes.Count);
        all.AddRange(linked.Values);
        all.AddRange(near);
        all.AddRange(changes.Where(change => !change.IsRetraction).Select(change => change.Row));
        var result = ClaimRules.Check(dataset, all, place => parentPlaces.GetValueOrDefault(place));
        foreach (var (index, change) in changes.Where(change => !change.IsRetraction).Index())
        {
            revisions.Settle(change.Revision, result.Additive[first + index]);
        }

        return (
            result.Errors.Select(error => Problem(Cause(error) ?? changes[0], error.Column, error.Code, error.Message)),
            from warning in result.Warnings
            where warning.Row is not null || Left(warning) is not null
            select new UnmadeWarning(warning.Code, () => Problem(Cause(warning), warning.Column, warning.Code, warning.Message())));
    }

    /// <summary>Of what a near row is linked with only some may be loaded, so no rule must be tried on its links.</summary>
    private static ClaimRow Alone(ClaimRow row) => row with { PartOf = null, ClaimGroup = null };

    private static BitArray PlacesOf(SubmittedRows rows, IReadOnlyList<ClaimChange> changes)
    {
        var places = new BitArray(rows.Count);
        foreach (var change in changes)
        {
            places[change.Place] = true;
        }

        return places;
    }

    private static int[] ByNumber(IReadOnlyList<ClaimChange> changes)
    {
        var places = new int[changes.Max(change => change.Row.Row ?? 0) + 1];
        foreach (var (index, change) in changes.Index().Where(item => !item.Item.IsRetraction))
        {
            places[change.Row.Row!.Value] = index;
        }

        return places;
    }

    private ClaimChange Sent(int number) => changes[byNumber.Value[number]];

    private bool IsSubmitted(string id) => rows.Find(dataset, id) is { } place && submitted[place];

    private RowProblem Problem(ClaimChange change, string column, string code, string message) => rows.Problem(change.Place, dataset.Find(column), code, message);

    /// <summary>The row to mend: the one that the rules name, or else the one that left the whole that they speak of.</summary>
    private ClaimChange? Cause(ClaimProblem error) => error.Row is { } row ? Sent(row) : Left(leftWholes, links => links.PartOf, error.OtherId);

    /// <summary>The same of a warning, of which there must be one.</summary>
    private ClaimChange Cause(ClaimWarning warning) => warning.Row is { } row ? Sent(row) : Left(warning)!;

    /// <summary>The row that left the claim group that a warning speaks of; null where none did.</summary>
    private ClaimChange? Left(ClaimWarning warning) => Left(leftGroups, links => links.ClaimGroup, warning.About);

    private ClaimChange? Left(Dictionary<string, ClaimChange> left, Func<ClaimChange.Links, string?> link, string what)
    {
        foreach (var change in left.Count == 0 ? changes : [])
        {
            if (change.Before is { } before && link(before) is { } name)
            {
                left.TryAdd(name, change);
            }
        }

        return left.GetValueOrDefault(what);
    }

    /// <summary>Follows PartOf and ClaimGroup, as they were and as they will be, until nothing new is found.</summary>
    private void LoadLinked()
    {
        HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase), groups = new(StringComparer.OrdinalIgnoreCase);
        var asked = new BitArray(rows.Count);
        bool IsNew(string id)
        {
            if (rows.Find(dataset, id) is not { } place || !submitted[place])
            {
                return ids.Add(id);
            }

            var isNew = !asked[place];
            asked[place] = true;
            return isNew;
        }

        var known = changes.Where(change => change.Before is not null).Select(change => (string?)change.Row.Id);
        var wholes = changes.SelectMany(change => new[] { change.Row.PartOf, change.Before?.PartOf });
        List<string> newIds = [.. known.Concat(wholes).OfType<string>().Where(IsNew)];
        List<string> newGroups = [.. changes.SelectMany(change => new[] { change.Row.ClaimGroup, change.Before?.ClaimGroup }).OfType<string>().Where(groups.Add)];
        while (newIds.Count + newGroups.Count > 0)
        {
            var found = head.Claims(dataset, newIds, newGroups);
            (newIds, newGroups) = ([], []);
            foreach (var row in found)
            {
                newIds.AddRange(new[] { row.Id, row.PartOf }.OfType<string>().Where(IsNew));
                newGroups.AddRange(new[] { row.ClaimGroup }.OfType<string>().Where(groups.Add));
                if (!IsSubmitted(row.Id))
                {
                    linked.TryAdd(row.Id, row);
                }
            }
        }
    }

    /// <summary>Loads some of what counts at places that hold a submitted row's or lie in it, for the warning of a possible double count: one is enough.</summary>
    private void LoadNear()
    {
        var counting = changes.Where(change => change is { IsRetraction: false, MayCount: true }).Select(change => change.Row);
        if (!dataset.IsTotalled || !counting.Any())
        {
            return;
        }

        var others = linked.Keys.Concat(changes.Where(change => change.Before is not null).Select(change => change.Row.Id));
        near.AddRange(head.Counting(dataset, NearWindows.Of(counting, parentPlaces), others).Select(Alone));
    }
}
