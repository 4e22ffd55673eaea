using System.Collections.Concurrent;
using ConflictData.Releases;

namespace Benchmarks.Baseline;

/// <summary>Collects the rows that are current at the last release, in the order in which their revisions came: that of our feed.</summary>
internal sealed class CasualtyList
{
    private readonly ConcurrentDictionary<int, List<Entry>> releases = [];

    /// <summary>Takes a release; they may come in any order.</summary>
    public void Add(CommittedRevisions release) => releases[release.Commit.Release] =
    [
        .. release.Revisions
            .Where(revision => revision.Dataset.Name == "Casualties")
            .Select(revision => new Entry(revision.Action == RevisionAction.Retract, Row(release.Commit, revision))),
    ];

    public List<Casualty> Current()
    {
        List<Entry> all = [.. releases.OrderBy(release => release.Key).SelectMany(release => release.Value)];
        var last = new Dictionary<string, int>(all.Count);
        for (var index = 0; index < all.Count; index++)
        {
            last[all[index].Row.Id] = index;
        }

        return [.. all.Where((entry, index) => last[entry.Row.Id] == index && !entry.Retracted).Select(entry => entry.Row)];
    }

    private static Casualty Row(Commit commit, Revision revision)
    {
        var row = new Reader(revision);
        return new()
        {
            Id = revision.Id,
            EventId = row.Text("EventId"),
            PlaceId = row.Text("PlaceId"),
            Date = row.Text("Date"),
            StartDate = row.Value<DateOnly>("StartDate"),
            EndDate = row.Value<DateOnly>("EndDate"),
            DatePrecision = row.Text("DatePrecision"),
            DateApproximate = row.Value<bool>("DateApproximate"),
            Month = row.Value<DateOnly>("Month"),
            PartyId = row.Text("PartyId"),
            VictimType = row.Text("VictimType"),
            Outcome = row.Text("Outcome"),
            PerpetratorId = row.Text("PerpetratorId"),
            CountText = row.Text("CountText"),
            Qualifier = row.Text("Qualifier"),
            Low = row.Value<long>("Low"),
            Best = row.Value<long>("Best"),
            High = row.Value<long>("High"),
            CountRule = row.Text("CountRule"),
            ClaimantId = row.Text("ClaimantId"),
            SourceId = row.Text("SourceId"),
            CitedSourceId = row.Text("CitedSourceId"),
            SourceLocator = row.Text("SourceLocator"),
            Grade = row.Text("Grade"),
            PartOf = row.Text("PartOf"),
            Breakdown = row.Text("Breakdown"),
            PartsComplete = row.Value<bool>("PartsComplete"),
            ClaimGroup = row.Text("ClaimGroup"),
            Additive = row.Value<bool>("Additive"),
            Accumulation = row.Text("Accumulation"),
            ReportedOn = row.Value<DateOnly>("ReportedOn"),
            Note = row.Text("Note"),
            Release = commit.Release,
            ModifiedAt = commit.CommittedAt,
            ChangeReason = revision.Reason,
        };
    }

    private readonly record struct Entry(bool Retracted, Casualty Row);

    private readonly struct Reader(Revision revision)
    {
        public string? Text(string column) => (string?)revision.Values[revision.Dataset[column].Ordinal];

        public T? Value<T>(string column)
            where T : struct => (T?)revision.Values[revision.Dataset[column].Ordinal];
    }
}
