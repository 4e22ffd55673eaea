using ConflictData.Datasets.Claims;

namespace ConflictData.Submissions;

/// <summary>Days and a place at which stored rows of an outcome may be of the same people as a submitted one.</summary>
/// <param name="Place">The place, in lower case.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day.</param>
/// <param name="IsOfMany">False where any row that touches the days touches a submitted row's own; true where it may lie between those of several.</param>
internal readonly record struct NearWindow(string Place, string Outcome, DateOnly First, DateOnly Last, bool IsOfMany);

/// <summary>Reckons where to look for stored rows that count the same people again: at the places of submitted rows, at those that hold them and at those that lie in them.</summary>
internal static class NearWindows
{
    /// <summary>More periods of one outcome at one place make one window: each row that is looked at is held against all windows of its place.</summary>
    private const int MostPeriods = 4;

    /// <param name="rows">Submitted rows that may count.</param>
    /// <param name="parentPlaces">The place that each place lies in, letter case ignored.</param>
    public static IReadOnlyList<NearWindow> Of(IEnumerable<ClaimRow> rows, IReadOnlyDictionary<string, string?> parentPlaces)
    {
        var own = new Places();
        foreach (var row in rows)
        {
            own.At(row.PlaceId!, row.Outcome).Add(row.Start ?? DateOnly.MinValue, row.End ?? DateOnly.MaxValue);
        }

        IEnumerable<string> Upwards(string place) => PlaceChain.Upwards(place, at => parentPlaces.GetValueOrDefault(at));
        var near = new Places();
        foreach (var (place, outcome, periods) in own)
        {
            foreach (var holder in Upwards(place))
            {
                near.At(holder, outcome).Add(periods);
            }
        }

        foreach (var within in parentPlaces.Keys)
        {
            foreach (var (place, outcome, periods) in Upwards(within).Skip(1).SelectMany(own.Of))
            {
                near.At(within, outcome).Add(periods);
            }
        }

        return [.. near.SelectMany(at => at.Periods.All.Select(period => new NearWindow(at.Place.ToLowerInvariant(), at.Outcome, period.First, period.Last, at.Periods.IsOfMany)))];
    }

    /// <summary>Periods by place, letter case ignored, and outcome.</summary>
    private sealed class Places : IEnumerable<(string Place, string Outcome, Periods Periods)>
    {
        private readonly Dictionary<string, Dictionary<string, Periods>> places = new(StringComparer.OrdinalIgnoreCase);

        public Periods At(string place, string outcome)
        {
            var outcomes = places.TryGetValue(place, out var known) ? known : places[place] = new(StringComparer.OrdinalIgnoreCase);
            return outcomes.TryGetValue(outcome, out var periods) ? periods : outcomes[outcome] = new();
        }

        public IEnumerable<(string Place, string Outcome, Periods Periods)> Of(string place) =>
            places.TryGetValue(place, out var outcomes) ? outcomes.Select(pair => (place, pair.Key, pair.Value)) : [];

        public IEnumerator<(string Place, string Outcome, Periods Periods)> GetEnumerator() => places.Keys.SelectMany(Of).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Different periods; of too many only from when until when they reach.</summary>
    private sealed class Periods
    {
        private readonly HashSet<(DateOnly First, DateOnly Last)> all = [];

        public bool IsOfMany { get; private set; }

        public IEnumerable<(DateOnly First, DateOnly Last)> All => all;

        public void Add(Periods others)
        {
            IsOfMany |= others.IsOfMany;
            foreach (var (first, last) in others.all)
            {
                Add(first, last);
            }
        }

        public void Add(DateOnly first, DateOnly last)
        {
            if (all.Add((first, last)) && (IsOfMany || all.Count > MostPeriods))
            {
                (first, last) = (all.Min(period => period.First), all.Max(period => period.Last));
                all.Clear();
                all.Add((first, last));
                IsOfMany = true;
            }
        }
    }
}
