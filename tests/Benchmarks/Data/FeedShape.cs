namespace Benchmarks.Data;

/// <summary>
/// How many revisions there are and how they come: a first release of new records only, then releases that each bring new
/// records, correct earlier ones and retract a few.
/// </summary>
internal sealed record FeedShape(int FirstRecords, int LaterReleases, int NewRecords, int Corrections, int Retractions)
{
    /// <summary>Wholes with their parts, and rival claims, repeat after this many records; see <see cref="CasualtyCells"/>.</summary>
    public const int Group = 18;

    /// <summary>1,000,000 revisions in 101 releases; 900,000 of them are current.</summary>
    public static FeedShape Full { get; } = new(10_000, 100, 8_910, 980, 10);

    /// <summary>2,000 revisions in 11 releases, of the same make; 1,800 are current.</summary>
    public static FeedShape Small { get; } = new(200, 10, 161, 18, 1);

    public int Releases => LaterReleases + 1;

    public int Revisions => FirstRecords + (LaterReleases * PerLaterRelease);

    public int Current => FirstRecords + (LaterReleases * (NewRecords - Retractions));

    private int PerLaterRelease => NewRecords + Corrections + Retractions;

    /// <summary>How many revisions a release brings.</summary>
    public int RevisionsIn(int release) => release == 1 ? FirstRecords : PerLaterRelease;

    /// <summary>How many revisions all releases before this one brought.</summary>
    public int RevisionsBefore(int release) => release == 1 ? 0 : FirstRecords + ((release - 2) * PerLaterRelease);

    /// <summary>Numbers of the records that a release brings.</summary>
    public IEnumerable<int> New(int release) => release == 1
        ? Enumerable.Range(0, FirstRecords)
        : Enumerable.Range(FirstRecords + ((release - 2) * NewRecords), NewRecords);

    /// <summary>The records that a release corrects: each once, all older than the release, none with parts or rivals.</summary>
    public IEnumerable<int> Corrected(int release) => Turns(release, Corrections).Select(turn => (turn * Group / 2) + 4);

    /// <summary>The records that a release retracts: likewise, and none that is ever corrected.</summary>
    public IEnumerable<int> Retracted(int release)
    {
        var stride = NewRecords / Retractions / Group * Group;
        return Turns(release, Retractions).Select(turn => (turn * stride) + 7);
    }

    private static IEnumerable<int> Turns(int release, int each) =>
        release == 1 ? [] : Enumerable.Range((release - 2) * each, each);
}
