using ConflictData.Datasets;
using ConflictData.Datasets.Claims;

namespace ConflictData.Submissions;

/// <summary>
/// The rules of parts and claims for what a submission changes in one dataset: loads the rows that are linked with the changed
/// ones, step by step, and those that may be of the same people, and settles Additive where it was left open. Rows that change
/// nothing stand as they are stored, so they are not among the changes.
/// </summary>
internal sealed class ClaimsCheck(HeadReader head, Dataset dataset, IReadOnlyList<RowChange> changes, Dictionary<string, string?> parentPlaces)
{
    private readonly int additive = dataset["Additive"].Ordinal;
    private readonly int partOf = dataset["PartOf"].Ordinal;
    private readonly int claimGroup = dataset["ClaimGroup"].Ordinal;
    private readonly Dictionary<string, RowChange> submitted = changes.ToDictionary(change => change.Id, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, RowChange> byRow = changes.Where(change => !change.IsRetraction).ToDictionary(change => change.Row.Source.Row);

    /// <summary>What is linked with a change by any number of steps: all of it, so that parts can be summed.</summary>
    private readonly Dictionary<string, object?[]> linked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What lies near a change, is not linked with it and stays.</summary>
    private readonly List<ClaimRow> near = [];

    /// <summary>The first row that was in each whole, and in each claim group, before.</summary>
    private readonly Dictionary<string, RowChange> leftWholes = new(StringComparer.OrdinalIgnoreCase), leftGroups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Errors and warnings, each at the row to mend.</summary>
    public (IEnumerable<RowProblem> Errors, IEnumerable<RowProblem> Warnings) Check()
    {
        LoadLinked();
        LoadNear();
        var staying = changes.Where(change => change is { IsRetraction: false }).ToList();
        List<ClaimRow> rows = [.. Standing(linked), .. near, .. staying.Select(ToClaim)];
        var result = ClaimRules.Check(dataset, rows, place => parentPlaces.GetValueOrDefault(place));
        var first = rows.Count - staying.Count;
        for (var i = 0; i < staying.Count; i++)
        {
            staying[i].Set(additive, staying[i].Values[additive] ?? result.Additive[first + i]);
        }

        return (
            result.Errors.Select(error => AtItsRow(error, Cause(error) ?? changes[0])),
            result.Warnings.Select(warning => Cause(warning) is { } cause ? AtItsRow(warning, cause) : null).OfType<RowProblem>());
    }

    private IEnumerable<ClaimRow> Standing(Dictionary<string, object?[]> stored) =>
        stored.Where(row => !submitted.ContainsKey(row.Key)).Select(row => ClaimRow.From(dataset, row.Value, null));

    /// <summary>Of what a near row is linked with only some may be loaded, so no rule must be tried on its links.</summary>
    private static ClaimRow Alone(ClaimRow row) => row with { PartOf = null, ClaimGroup = null };

    private ClaimRow ToClaim(RowChange change)
    {
        var before = (bool?)change.Current?.Values[additive];

        // What counted goes on counting unless something forbids it now. What did not count stays out where the payload has no such
        // column; an empty cell in one asks for the default.
        var row = ClaimRow.From(dataset, change.Values, change.Row.Source.Row, replacesAdditive: before == true);
        return row.Additive is null && before == false && !change.Row.Source.Has(dataset.Columns[additive]) ? row with { Additive = false } : row;
    }

    private RowProblem AtItsRow(ClaimProblem problem, RowChange change) => change.Problem(dataset.Find(problem.Column), problem.Code, problem.Message);

    /// <summary>The row to mend: the one that the rules name, or else the one that left the whole or the claim group that they speak of.</summary>
    private RowChange? Cause(ClaimProblem problem) => problem.Row is { } row ? byRow[row]
        : problem.Code == RowErrorCodes.ClaimGroupWithoutAdditive ? Left(leftGroups, claimGroup, linked[problem.Id][claimGroup])
        : Left(leftWholes, partOf, problem.OtherId);

    private RowChange? Left(Dictionary<string, RowChange> left, int column, object? what)
    {
        if (left.Count == 0)
        {
            foreach (var change in changes.Where(change => change.Current?.Values[column] is not null))
            {
                left.TryAdd((string)change.Current!.Values[column]!, change);
            }
        }

        return what is string name ? left.GetValueOrDefault(name) : null;
    }

    /// <summary>Follows PartOf and ClaimGroup, as they were and as they will be, until nothing new is found.</summary>
    private void LoadLinked()
    {
        HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase), groups = new(StringComparer.OrdinalIgnoreCase);
        var known = changes.Where(change => change.Current is not null).Select(change => (string?)change.Id);
        var rows = changes.SelectMany(change => new[] { change.Values, change.Current?.Values }).OfType<object?[]>().ToList();
        var wholes = rows.Select(row => (string?)row[partOf]);
        List<string> newIds = [.. known.Concat(wholes).OfType<string>().Where(ids.Add)];
        List<string> newGroups = [.. rows.Select(row => (string?)row[claimGroup]).OfType<string>().Where(groups.Add)];
        while (newIds.Count + newGroups.Count > 0)
        {
            var found = head.Claims(dataset, newIds, newGroups).Where(row => linked.TryAdd((string)row[0]!, row)).ToList();
            newIds = [.. found.SelectMany(row => new[] { (string?)row[0], (string?)row[partOf] }).OfType<string>().Where(ids.Add)];
            newGroups = [.. found.Select(row => (string?)row[claimGroup]).OfType<string>().Where(groups.Add)];
        }
    }

    /// <summary>Loads what counts at places that hold a submitted row's or lie in it, for the warning of a possible double count.</summary>
    private void LoadNear()
    {
        var rows = changes.Where(change => !change.IsRetraction)
            .Select(change => ClaimRow.From(dataset, change.Values, null))
            .Where(row => row is { PlaceId: not null } and not { Additive: false })
            .ToList();
        if (rows.Count == 0 || !dataset.IsTotalled)
        {
            return;
        }

        var (first, last) = (rows.Min(row => row.Start ?? DateOnly.MinValue), rows.Max(row => row.End ?? DateOnly.MaxValue));
        var found = head.Counting(dataset, Related([.. rows.Select(row => row.PlaceId!)]), first, last);
        near.AddRange(found.Where(row => !linked.ContainsKey(row.Id) && !submitted.ContainsKey(row.Id)).Select(Alone));
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
