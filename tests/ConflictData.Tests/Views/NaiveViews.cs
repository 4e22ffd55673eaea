using ConflictData.Datasets;
using ConflictData.Datasets.Counts;
using ConflictData.Releases;

namespace ConflictData.Tests.Views;

/// <summary>The views over the live records of a release, as their definition reads: record by record, everything looked up anew.</summary>
internal sealed class NaiveViews(IReadOnlyList<Revision> live)
{
    /// <summary>The engine follows no more steps: then there is a circle.</summary>
    private const int MostSteps = 64;

    private static readonly string[] Grades = ["confirmed", "fair", "weak"];

    private static readonly IReadOnlyList<string> Kinds = Catalog.Get("Zones")["Kind"].Allowed;

    /// <summary>A widened dataset: Id and what the view adds, by column; rows in stored order.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Wide(Dataset view) => [.. All(view.Extends!).Select(fact => Widened(view, fact))];

    /// <summary>The rows of MonthlyTotals, in the order of their keys.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Totals() =>
    [
        .. Catalog.Views.Where(view => view.HasCounts).SelectMany(Counted)
            .GroupBy(item => item.Key, item => item)
            .OrderBy(group => group.Key.Dataset, StringComparer.Ordinal).ThenBy(group => group.Key.Month).ThenBy(group => group.Key.Code, StringComparer.Ordinal)
            .ThenBy(group => group.Key.First, StringComparer.Ordinal).ThenBy(group => group.Key.Party, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Outcome, StringComparer.Ordinal).ThenBy(group => group.Key.Zone, StringComparer.Ordinal)
            .Select(group => TotalOf(group.Key, [.. group])),
    ];

    private Dictionary<string, object?> Widened(Dataset view, Revision fact)
    {
        if (view.Extends == "Places")
        {
            return WidenedPlace(fact);
        }

        var row = new Dictionary<string, object?> { ["Id"] = fact.Id };
        AddPlace(row, fact);
        foreach (var (column, key, of) in new[]
        {
            ("Event", "EventId", "Name"), ("EventKind", "EventId", "Kind"), ("Claimant", "ClaimantId", "Name"), ("Source", "SourceId", "Title"), ("CitedSource", "CitedSourceId", "Title"),
            ("Party", "PartyId", "Name"), ("Perpetrator", "PerpetratorId", "Name"), ("Target", "TargetId", "Name"),
            ("ArrestingActor", "ArrestingActorId", "Name"), ("SuspectActor", "SuspectActorId", "Name"),
        })
        {
            if (view.Find(column) is not null)
            {
                row[column] = Find(fact.Dataset[key].References!, Text(fact, key)) is { } found ? Value(found, of) : null;
            }
        }

        (row["ZoneKind"], row["ZoneKinds"]) = Zones(Text(fact, "PlaceId"), (DateOnly?)Value(fact, "StartDate"));
        return row;
    }

    private Dictionary<string, object?> WidenedPlace(Revision place)
    {
        var row = new Dictionary<string, object?> { ["Id"] = place.Id, ["Parent"] = Find("Places", Text(place, "ParentId")) is { } parent ? Value(parent, "Name") : null };
        AddHolders(row, place.Id);
        return row;
    }

    private void AddPlace(Dictionary<string, object?> row, Revision fact)
    {
        var place = Find("Places", Text(fact, "PlaceId"));
        AddHolders(row, Text(fact, "PlaceId"));
        row["Place"] = place is null ? null : Value(place, "Name");
        row["PlaceKind"] = place is null ? null : Value(place, "Kind");
        row["CountryCode"] = place is null ? null : Value(place, "CountryCode");
        row["Latitude"] = place is null ? null : Value(place, "Latitude");
        row["Longitude"] = place is null ? null : Value(place, "Longitude");
        row["PlacePrecision"] = place is null ? null : Value(place, "PlacePrecision");
    }

    private void AddHolders(Dictionary<string, object?> row, string? place)
    {
        var holders = Holders(place).ToList();
        var first = holders.Find(holder => Find("Places", Text(holder, "ParentId")) is { } parent && Text(parent, "Kind") == "country");
        row["PlacePath"] = holders.Count == 0 ? null : string.Join(" / ", Enumerable.Reverse(holders).Select(holder => Text(holder, "Name")));
        row["Country"] = holders.Find(holder => Text(holder, "Kind") == "country") is { } country ? Value(country, "Name") : null;
        row["FirstLevelPlaceId"] = first?.Id;
        row["FirstLevelPlace"] = first is null ? null : Value(first, "Name");
    }

    /// <summary>The place and those that hold it, outwards.</summary>
    private IEnumerable<Revision> Holders(string? place)
    {
        for (var (at, steps) = (Find("Places", place), 0); at is not null && steps <= MostSteps; (at, steps) = (Find("Places", Text(at, "ParentId")), steps + 1))
        {
            yield return at;
        }
    }

    private (string? Kind, string? Kinds) Zones(string? place, DateOnly? day)
    {
        foreach (var holder in day is null ? [] : Holders(place))
        {
            var valid = All("ZoneMemberships")
                .Where(item => Text(item, "PlaceId") == holder.Id && Grades.Contains(Text(item, "Grade")))
                .Where(item => !((DateOnly?)Value(item, "ValidFrom") > day) && !((DateOnly?)Value(item, "ValidTo") < day))
                .Select(item => (Grade: Array.IndexOf(Grades, Text(item, "Grade")), Zone: Find("Zones", Text(item, "ZoneId"))))
                .Where(item => item.Zone is not null)
                .Select(item => (item.Grade, Kind: Kinds.TakeWhile(kind => kind != Text(item.Zone!, "Kind")).Count()))
                .ToList();
            if (valid.Count > 0)
            {
                return (Kinds[valid.Min().Kind], string.Join("; ", valid.Select(item => item.Kind).Distinct().Order().Select(kind => Kinds[kind])));
            }
        }

        return (null, null);
    }

    private IEnumerable<(GroupKey Key, Count Count, string? Country)> Counted(Dataset view)
    {
        var party = view.Extends switch { "Casualties" => "PartyId", "Arrests" => "SuspectActorId", _ => "PerpetratorId" };
        foreach (var (fact, row) in All(view.Extends!).Zip(Wide(view)).Where(pair => Value(pair.First, "Additive") is true))
        {
            var outcome = view.Extends == "AttackCounts" ? "attacks" : Text(fact, "Outcome")!;
            yield return (
                new(view.Extends!, (DateOnly?)Value(fact, "Month"), (string?)row["CountryCode"], (string?)row["FirstLevelPlaceId"], Text(fact, party), outcome, (string?)row["ZoneKind"]),
                new((long?)Value(fact, "Low"), (long?)Value(fact, "Best"), (long?)Value(fact, "High")),
                (string?)row["Country"]);
        }
    }

    private Dictionary<string, object?> TotalOf(GroupKey key, IReadOnlyList<(GroupKey Key, Count Count, string? Country)> rows)
    {
        var total = Total.Of(rows.Select(row => row.Count));
        return new()
        {
            ["Id"] = string.Join(':', key.Dataset, key.Month is { } month ? $"{month:yyyy-MM}" : "-", key.Code ?? "-", key.First ?? "-", key.Party ?? "-", key.Outcome, key.Zone ?? "-"),
            ["Country"] = rows.Select(row => row.Country).Where(name => name is not null).Order(StringComparer.Ordinal).FirstOrDefault(),
            ["FirstLevelPlace"] = Find("Places", key.First) is { } first ? Value(first, "Name") : null,
            ["Party"] = Find("Actors", key.Party) is { } party ? Value(party, "Name") : null,
            ["Low"] = (long?)total.Low,
            ["High"] = (long?)total.High,
            ["Label"] = total.Label,
        };
    }

    private IEnumerable<Revision> All(string dataset) => live.Where(revision => revision.Dataset.Name == dataset);

    private Revision? Find(string dataset, string? id) => All(dataset).FirstOrDefault(revision => revision.Id == id);

    private static object? Value(Revision revision, string column) => revision.Values[revision.Dataset[column].Ordinal];

    private static string? Text(Revision revision, string column) => (string?)Value(revision, column);

    private sealed record GroupKey(string Dataset, DateOnly? Month, string? Code, string? First, string? Party, string Outcome, string? Zone);
}
