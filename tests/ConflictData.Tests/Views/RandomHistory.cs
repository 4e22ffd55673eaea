using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Releases;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.Views;

/// <summary>
/// Releases in which everything that the views read comes, changes and goes: places that hold each other in circles or lie in
/// places that are gone, memberships that overlap, tie, never end or end before they begin, keys that lead nowhere.
/// </summary>
internal sealed class RandomHistory
{
    private const int Releases = 6;

    /// <summary>How many ids each dataset has.</summary>
    private static readonly (string Dataset, int Ids)[] Pools =
        [("Places", 9), ("Zones", 6), ("ZoneMemberships", 14), ("Events", 4), ("Actors", 6), ("Sources", 4), ("Casualties", 14), ("Arrests", 6), ("AttackCounts", 6)];

    private readonly Random chance;
    private readonly Dictionary<(string Dataset, string Id), (long Sequence, Revision Revision)> live = [];
    private readonly Dictionary<string, long> sequences = [];

    public RandomHistory(int seed)
    {
        chance = new(seed);
        for (var release = 1; release <= Releases; release++)
        {
            Commits.Add([.. Pools.SelectMany(pool => Changes(pool.Dataset, pool.Ids, isFirst: release == 1))]);
            States.Add([.. live.OrderBy(item => item.Value.Sequence).Select(item => item.Value.Revision)]);
        }
    }

    /// <summary>The revisions of each release.</summary>
    public List<IReadOnlyList<Revision>> Commits { get; } = [];

    /// <summary>What is live at each release, every dataset in stored order.</summary>
    public List<IReadOnlyList<Revision>> States { get; } = [];

    private IEnumerable<Revision> Changes(string dataset, int ids, bool isFirst)
    {
        var share = isFirst ? 80 : Happens(40) ? 0 : 35;
        foreach (var number in Enumerable.Range(0, ids).Where(_ => Happens(share)).OrderBy(_ => chance.Next()).ToList())
        {
            var key = (dataset, Id: Id(dataset, number));
            var isRetraction = live.ContainsKey(key) && Happens(25);
            var revision = isRetraction ? Retraction(live[key].Revision) : Record(dataset, key.Id, [.. Values(dataset)]);
            var sequence = sequences[dataset] = sequences.GetValueOrDefault(dataset) + 1;
            live.Remove(key);
            if (!isRetraction)
            {
                live[key] = (sequence, revision);
            }

            yield return revision;
        }
    }

    private IEnumerable<(string Column, object? Value)> Values(string dataset) => dataset switch
    {
        "Places" =>
        [
            ("Name", Name("P")), ("Kind", One("country", "governorate", "district", "town")), ("ParentId", Happens(25) ? null : AnyId("Places")),
            ("CountryCode", One(null, "SY", "IQ")), ("Latitude", Happens(50) ? null : chance.Next(30, 37) + 0.5), ("PlacePrecision", (long)chance.Next(1, 8)),
        ],
        "Zones" => [("Kind", One([.. Catalog.Get("Zones")["Kind"].Allowed]))],
        "ZoneMemberships" =>
        [
            ("PlaceId", AnyId("Places")), ("ZoneId", AnyId("Zones")), ("ValidFrom", Day(30)), ("ValidTo", Day(40)),
            ("Grade", One("confirmed", "fair", "weak", "weak", "contested", "discounted")),
        ],
        "Sources" => [("Title", Name("S"))],
        "Events" => [("Name", Name("E")), ("Kind", One("attack", "operation"))],
        "Actors" => [("Name", Name("A"))],
        _ => Claim(Catalog.Get(dataset)),
    };

    private IEnumerable<(string Column, object? Value)> Claim(Dataset dataset)
    {
        var low = chance.Next(1, 9);
        (long? Low, long? Best, long? High) = chance.Next(4) switch { 0 => (low, low, low), 1 => (low, null, null), 2 => (null, low, null), _ => ((long?)null, (long?)null, (long?)null) };
        return
        [
            .. dataset.Columns.Where(column => column.References is { } set && set != dataset.Name).Select(column => (column.Name, Happens(25) ? null : (object?)AnyId(column.References!))),
            ("PlaceId", AnyId("Places")), ("StartDate", Day(5)), ("Month", One(null, "2022-01-01", "2022-02-01") is { } month ? DateOnly.Parse(month, CultureInfo.InvariantCulture) : null),
            ("Low", Low), ("Best", Best), ("High", High), ("Additive", Happens(70)),
        ];
    }

    private string AnyId(string dataset) => Id(dataset, chance.Next(Pools.Single(pool => pool.Dataset == dataset).Ids));

    private static string Id(string dataset, int number) => $"{dataset.ToLowerInvariant()}-{number}";

    /// <summary>Some have the same.</summary>
    private string Name(string letter) => $"{letter}{chance.Next(20)}";

    private DateOnly? Day(int share) => Happens(share) ? null : new DateOnly(2022, 1, 1).AddDays(chance.Next(12));

    private string? One(params string?[] values) => values[chance.Next(values.Length)];

    private bool Happens(int share) => chance.Next(100) < share;
}
