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
    private readonly HashSet<string> submitted = new(changes.Select(change => change.Row.Id), StringComparer.OrdinalIgnoreCase);

    /// <summary>The change of each row that is sent and stays, by its number.</summary>
    private readonly Dictionary<int, ClaimChange> byNumber = changes.Where(change => !change.IsRetraction).ToDictionary(change => change.Row.Row!.Value);

    /// <summary>What is linked with a change by any number of steps: all of it, so that parts can be summed.</summary>
    private readonly Dictionary<string, ClaimRow> linked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What lies near a change, is not linked with it and stays.</summary>
    private readonly List<ClaimRow> near = [];

    /// <summary>The first row that was in each whole, and in each claim group, before.</summary>
    private readonly Dictionary<string, ClaimChange> leftWholes = new(StringComparer.OrdinalIgnoreCase), leftGroups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Errors and warnings, each at the row to mend.</summary>
    public (IEnumerable<RowProblem> Errors, IEnumerable<UnmadeWarning> Warnings) Check()
    {
        LoadLinked();
        LoadNear();
        List<ClaimRow> all = [.. linked.Values.Where(row => !submitted.Contains(row.Id)), .. near];
        var first = all.Count;
        all.AddRange(changes.Where(change => !change.IsRetraction).Select(change => change.Row));
        var result = ClaimRules.Check(dataset, all, place => parentPlaces.GetValueOrDefault(place));
        foreach (var (index, change) in changes.Where(change => !change.IsRetraction).Index())
        {
            revisions.Settle(change.Revision, result.Additive[first + index]);
        }

        return (
            result.Errors.Select(error => Problem(Cause(error) ?? changes[0], error.Column, error.Code, error.Message)),
            from warning in result.Warnings
            let cause = Cause(warning)
            where cause is not null
            select new UnmadeWarning(warning.Code, () => Problem(cause, warning.Column, warning.Code, warning.Message())));
    }

    /// <summary>Of what a near row is linked with only some may be loaded, so no rule must be tried on its links.</summary>
    private static ClaimRow Alone(ClaimRow row) => row with { PartOf = null, ClaimGroup = null };

    private RowProblem Problem(ClaimChange change, string column, string code, string message) => rows.Problem(change.Place, dataset.Find(column), code, message);

    /// <summary>The row to mend: the one that the rules name, or else the one that left the whole that they speak of.</summary>
    private ClaimChange? Cause(ClaimProblem error) => error.Row is { } row ? byNumber[row] : Left(leftWholes, links => links.PartOf, error.OtherId);

    /// <summary>The same of a warning, whose row may have left the claim group that it speaks of.</summary>
    private ClaimChange? Cause(ClaimWarning warning) => warning.Row is { } row ? byNumber[row] : Left(leftGroups, links => links.ClaimGroup, warning.About);

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
        var known = changes.Where(change => change.Before is not null).Select(change => (string?)change.Row.Id);
        var wholes = changes.SelectMany(change => new[] { change.Row.PartOf, change.Before?.PartOf });
        List<string> newIds = [.. known.Concat(wholes).OfType<string>().Where(ids.Add)];
        List<string> newGroups = [.. changes.SelectMany(change => new[] { change.Row.ClaimGroup, change.Before?.ClaimGroup }).OfType<string>().Where(groups.Add)];
        while (newIds.Count + newGroups.Count > 0)
        {
            var found = head.Claims(dataset, newIds, newGroups).Where(row => linked.TryAdd(row.Id, row)).ToList();
            newIds = [.. found.SelectMany(row => new[] { row.Id, row.PartOf }).OfType<string>().Where(ids.Add)];
            newGroups = [.. found.Select(row => row.ClaimGroup).OfType<string>().Where(groups.Add)];
        }
    }

    /// <summary>Loads what counts at places that hold a submitted row's or lie in it, for the warning of a possible double count.</summary>
    private void LoadNear()
    {
        var counting = changes.Where(change => change is { IsRetraction: false, MayCount: true }).Select(change => change.Row).ToList();
        if (counting.Count == 0 || !dataset.IsTotalled)
        {
            return;
        }

        var (first, last) = (counting.Min(row => row.Start ?? DateOnly.MinValue), counting.Max(row => row.End ?? DateOnly.MaxValue));
        var found = head.Counting(dataset, Related([.. counting.Select(row => row.PlaceId!)]), first, last);
        near.AddRange(found.Where(row => !linked.ContainsKey(row.Id) && !submitted.Contains(row.Id)).Select(Alone));
    }

    private HashSet<string> Related(HashSet<string> places)
    {
        places = new(places, StringComparer.OrdinalIgnoreCase);
        var related = new HashSet<string>(places.SelectMany(Upwards), StringComparer.OrdinalIgnoreCase);
        related.UnionWith(parentPlaces.Keys.Where(place => Upwards(place).Any(places.Contains)));
        return related;
    }

    /// <summary>The place and those that hold it; a circle of places, should there be one, is left after as many steps as parts may be deep.</summary>
    private IEnumerable<string> Upwards(string place)
    {
        string? at = place;
        for (var level = 0; at is not null && level < ClaimGraph.DeepestPart; level++, at = parentPlaces.GetValueOrDefault(at))
        {
            yield return at;
        }
    }
}
