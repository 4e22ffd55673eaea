using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Tests.Query;

namespace ConflictData.Tests.OData.Fuzz;

/// <summary>
/// Made-up records over several releases, in which they come, are corrected, go and come back: as revisions to commit, and
/// as what each release must then hold.
/// </summary>
internal sealed class World
{
    private const int MostReleases = 5;

    public static readonly string[] Words = ["", "a", "ab", "AB", "x", "'", "%_", " b ", "b x", "حس", "سكة", "Éa", "a;b)", "1"];

    private readonly List<IReadOnlyList<Revision>> commits = [];
    private readonly List<Snapshot> snapshots = [];
    private readonly Random random;

    public World(Random random)
    {
        this.random = random;
        var sets = Shapes.All.Keys.ToDictionary(set => set, _ => new List<Entry>());
        for (var release = 1; release <= 1 + random.Next(MostReleases); release++)
        {
            var revisions = Ids().Where(_ => random.Next(release == 1 ? 5 : 20) < 4).Select(record => Change(record, sets, release)).OfType<Revision>().ToList();
            commits.Add(revisions);
            snapshots.Add(new(release, sets.ToDictionary(pair => pair.Key, pair => pair.Value.ToList())));
        }
    }

    public IReadOnlyList<IReadOnlyList<Revision>> Commits => commits;

    public IReadOnlyList<Snapshot> Snapshots => snapshots;

    private IEnumerable<(string Set, string Id)> Ids() =>
        new[] { ("Places", 'p', 12), ("Events", 'e', 8), ("Casualties", 'c', 40), ("ZoneMemberships", 'z', 16) }
            .SelectMany(set => Enumerable.Range(0, set.Item3).Select(number => (set.Item1, $"{set.Item2}{number}")))
            .OrderBy(_ => random.Next()).ToList();

    /// <summary>A new record, another version of one, or its end; the newest version is the last in stored order.</summary>
    private Revision? Change((string Set, string Id) record, Dictionary<string, List<Entry>> sets, int release)
    {
        var before = sets[record.Set].Find(entry => entry.Id == record.Id);
        if (before is null && release > 1 && random.Next(2) == 0)
        {
            return null;
        }
        if (before is not null)
        {
            sets[record.Set].Remove(before);
        }
        var revision = Make(record.Set, record.Id);
        if (before is not null && random.Next(4) == 0)
        {
            return Values.Retraction(revision);
        }
        var columns = Entry.ColumnsOf(record.Set);
        var values = columns.Zip(revision.Values).ToDictionary(pair => pair.First, pair => pair.Second);
        (values["Release"], values["ModifiedAt"], values["ChangeReason"]) = ((long)release, TestLog.Start.AddHours(release - 1), revision.Reason);
        sets[record.Set].Add(new(record.Set, columns, values));
        return revision;
    }

    private Revision Make(string set, string id)
    {
        var shape = Shapes.All[set];
        var values = new List<(string, object?)>();
        values.AddRange(shape.Numbers.Where(column => column != "Release").Select(column => (column, Maybe(() => (object)random.NextInt64(-3, 7)))));
        values.AddRange(shape.Fractions.Select(column => (column, Maybe(() => (object)(random.Next(-8, 9) / 4.0)))));
        values.AddRange(shape.Days.Select(column => (column, Maybe(() => (object)Day(random)))));
        values.AddRange(shape.Truths.Select(column => (column, Maybe(() => (object)(random.Next(2) == 0)))));
        values.AddRange(shape.Texts.Except(["Id", "Outcome", "Kind", "Grade", "ChangeReason"]).Concat(shape.Searched).Distinct().Select(column => (column, Maybe(() => (object)Text(random)))));
        values.AddRange(shape.ToOne.Select(way => (way.Column, Maybe(() => (object)Reference(way.To)))));
        var required = Catalog.Get(set).Columns.Where(column => column.Required).Select(column => column.Name).ToHashSet();
        var revision = Values.Record(set, id, [.. values.Where(value => value.Item2 is not null || !required.Contains(value.Item1))]);
        return revision with { Reason = random.Next(3) == 0 ? "correction" : "new" };
    }

    public static DateOnly Day(Random random) => new DateOnly(2021, 12, 1).AddDays(random.Next(90));

    public static string Text(Random random) => Words[random.Next(Words.Length)] + (random.Next(2) == 0 ? "" : Words[random.Next(Words.Length)]);

    /// <summary>The id of a record that may not be there.</summary>
    private string Reference(string set) => set switch
    {
        "Places" => $"p{random.Next(13)}",
        "Events" => $"e{random.Next(9)}",
        _ => $"c{random.Next(45)}",
    };

    private object? Maybe(Func<object> make) => random.Next(5) == 0 ? null : make();
}
