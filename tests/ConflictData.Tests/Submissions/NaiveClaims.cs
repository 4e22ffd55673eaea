using ConflictData.Datasets.Counts;

namespace ConflictData.Tests.Submissions;

/// <summary>A claim as a submission gives it, without what the rules of parts and claims do not look at.</summary>
internal sealed record NaiveClaim(string Id)
{
    public bool Retracts { get; init; }

    /// <summary>Sent as it is stored, Additive left open; where it is not stored, as it is here.</summary>
    public bool SentAgain { get; init; }

    public required string Outcome { get; init; }

    public required string Words { get; init; }

    public string? PartOf { get; init; }

    public string? Breakdown { get; init; }

    public string? ClaimGroup { get; init; }

    public bool PartsComplete { get; init; }

    /// <summary>Null = left to the rules.</summary>
    public bool? Additive { get; init; }

    public required string Grade { get; init; }

    public required string Accumulation { get; init; }

    public Count Count
    {
        get
        {
            Assert.Null(CountCheck.Settle(new(Words, null, default, HasNote: false), out var settled));
            return settled.Count;
        }
    }
}

/// <summary>
/// The rules of parts and claims a second time, word for word and over all records that are live: every whole with every row below
/// it, every pair of members of a group. Rows whose Additive is open break nothing, as they need not count.
/// </summary>
internal sealed class NaiveClaims
{
    private readonly Dictionary<string, NaiveClaim> live = [];

    public static string[] Codes { get; } =
    [
        "referenceNotFound", "stillReferenced", "partCycle", "wholeAndPartAdditive", "breakdownsAdditive", "rivalClaimsAdditive",
        "discountedAdditive", "partsExceedWhole", "partsFallShort",
    ];

    /// <summary>The row as it is sent; null where it would retract what is not there.</summary>
    public NaiveClaim? Sent(NaiveClaim row) => live.GetValueOrDefault(row.Id) is not { } stored ? row.Retracts ? null : row with { SentAgain = false }
        : row is { SentAgain: true, Retracts: false } ? stored with { Additive = null }
        : row with { SentAgain = false };

    /// <summary>The codes of all rules that would not hold once the rows were stored.</summary>
    public HashSet<string> BrokenBy(NaiveClaim[] rows) => [.. Broken(After(rows), rows)];

    /// <summary>Stores the rows, with what Additive was settled to in those that made a revision.</summary>
    public void Take(NaiveClaim[] rows, IReadOnlyDictionary<string, bool?> settled)
    {
        foreach (var row in rows)
        {
            if (row.Retracts)
            {
                live.Remove(row.Id);
            }
            else if (settled.TryGetValue(row.Id, out var additive))
            {
                live[row.Id] = row with { Additive = additive };
            }
        }
    }

    /// <summary>A row that says what is stored and leaves Additive open changes nothing, so what is stored stays.</summary>
    private NaiveClaim[] After(NaiveClaim[] rows)
    {
        var after = new Dictionary<string, NaiveClaim>(live);
        foreach (var row in rows)
        {
            var isSame = live.TryGetValue(row.Id, out var before) && row == before with { Additive = null };
            after[row.Id] = isSame ? before! : row;
        }

        return [.. after.Values.Where(row => !row.Retracts)];
    }

    private static IEnumerable<string> Broken(NaiveClaim[] all, NaiveClaim[] rows)
    {
        var lost = all.Where(row => row.PartOf is not null && Find(all, row.PartOf) is null).ToList();
        if (lost.Count > 0)
        {
            return lost.Select(row => rows.Any(sent => sent.Id == row.Id) ? "referenceNotFound" : "stillReferenced");
        }

        var rings = all.Any(row => Above(all, row).Contains(row));
        return rings ? ["partCycle", .. Codes] : [.. BrokenTotals(all), .. BrokenSums(all)];
    }

    private static IEnumerable<string> BrokenTotals(NaiveClaim[] all)
    {
        var counted = all.Where(row => row.Additive == true).ToArray();
        foreach (var row in counted.Where(row => row.Grade == "discounted"))
        {
            yield return "discountedAdditive";
        }

        foreach (var (a, b) in from a in counted from b in counted where a != b select (a, b))
        {
            if (a.Outcome == b.Outcome && Above(all, a).Contains(b))
            {
                yield return "wholeAndPartAdditive";
            }

            if (a.Outcome == b.Outcome && Family(all, a).Any(x => Family(all, b).Any(y => x.PartOf is not null && x.PartOf == y.PartOf && Key(x) != Key(y))))
            {
                yield return "breakdownsAdditive";
            }

            if (Family(all, a).Any(x => Family(all, b).Any(y => x.ClaimGroup is not null && x.ClaimGroup == y.ClaimGroup && x != y)))
            {
                yield return "rivalClaimsAdditive";
            }
        }
    }

    private static IEnumerable<string> BrokenSums(NaiveClaim[] all)
    {
        foreach (var parts in all.Where(row => row.PartOf is not null).GroupBy(row => (row.PartOf, Key: Key(row))))
        {
            var whole = Find(all, parts.Key.PartOf!)!;
            if (parts.Sum(part => part.Count.Low ?? 0) > whole.Count.High)
            {
                yield return "partsExceedWhole";
            }

            var mayComplete = parts.First().Breakdown is not null || parts.First().Outcome == whole.Outcome;
            if (whole.PartsComplete && mayComplete && parts.All(part => part.Count.High is not null) && parts.Sum(part => part.Count.High) < whole.Count.Low)
            {
                yield return "partsFallShort";
            }
        }
    }

    /// <summary>The breakdown of its whole that a part belongs to; parts that name none make one an outcome.</summary>
    private static string Key(NaiveClaim part) => part.Breakdown ?? $"unnamed {part.Outcome}";

    private static NaiveClaim? Find(NaiveClaim[] all, string id) => all.FirstOrDefault(row => row.Id == id);

    private static IEnumerable<NaiveClaim> Family(NaiveClaim[] all, NaiveClaim row) => [row, .. Above(all, row)];

    /// <summary>Every whole above a row; in a ring every row of it, the row itself too.</summary>
    private static List<NaiveClaim> Above(NaiveClaim[] all, NaiveClaim row)
    {
        var above = new List<NaiveClaim>();
        for (var at = row.PartOf; at is not null && Find(all, at) is { } whole && !above.Contains(whole); at = whole.PartOf)
        {
            above.Add(whole);
        }

        return above;
    }
}
