using ConflictData.Submissions;
using CsCheck;

namespace ConflictData.Tests.Submissions;

/// <summary>
/// Random families of claims, sent in several submissions in random order: added, changed, retracted, sent again. Each submission is
/// refused exactly where <see cref="NaiveClaims"/> finds a rule broken, and what is stored in the end breaks none. FUZZ_CASES sets how
/// many are tried.
/// </summary>
public sealed class ClaimsPropertyTests
{
    private const string Header = "Id,PlaceId,Date,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade,Accumulation,PartOf,Breakdown,PartsComplete,ClaimGroup,Additive,Action\n";

    private static readonly long Cases = long.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var cases) ? cases : 20;

    [Fact]
    public async Task Submissions_are_refused_exactly_where_a_rule_is_broken_and_the_store_breaks_none()
    {
        await using var book = await Book.WithReferences();
        var (number, seen) = (0, new Dictionary<string, int>());
        await Submissions.SampleAsync(
            async submissions => await Send(book, $"c{++number}-", submissions, seen),
            iter: Cases, threads: 1, print: submissions => string.Join("\n", submissions.Select(rows => string.Concat(rows.Select(row => Csv(row, ""))))));

        // The rarer codes come up in long runs.
        Assert.All((string[])["accepted", "wholeAndPartAdditive", "partCycle", "referenceNotFound"], code => Assert.True(seen.GetValueOrDefault(code) > 0, $"No random submission came to {code}: the test says too little."));
    }

    private static async Task Send(Book book, string prefix, NaiveClaim[][] submissions, Dictionary<string, int> seen)
    {
        var stored = new NaiveClaims();
        foreach (var rows in submissions)
        {
            var sent = rows.Select(stored.Sent).OfType<NaiveClaim>().ToArray();
            var broken = stored.BrokenBy(sent);
            var csv = Header + string.Concat(sent.Select(row => Csv(row, prefix)));
            var changes = await book.Check("Arrests", csv);
            var found = changes.Errors.Kept.Select(error => error.Code).Distinct().ToList();
            Assert.True(found.Count == 0 == (broken.Count == 0), $"{csv}\nbreaks {string.Join(", ", broken)}\nfound {string.Join("\n", changes.Errors.Kept)}");
            Assert.Subset(broken, found.ToHashSet());
            found.DefaultIfEmpty("accepted").ToList().ForEach(code => seen[code] = seen.GetValueOrDefault(code) + 1);
            if (found.Count == 0)
            {
                await book.Commit("Arrests", csv);
                stored.Take(sent, changes.Revisions.ToDictionary(revision => revision.Id[prefix.Length..], revision => (bool?)revision.Values[revision.Dataset["Additive"].Ordinal]));
                Assert.Empty(stored.BrokenBy([]));
            }
        }
    }

    private static string Csv(NaiveClaim row, string prefix) => row.Retracts
        ? $"{prefix}{row.Id},,,,,,,,,,,,,,,retract\n"
        : $"{prefix}{row.Id},hasaka,2022-02,{row.Outcome},{row.Words},sdf,brief,p. 1,{row.Grade},{row.Accumulation},{(row.PartOf is null ? "" : prefix + row.PartOf)},"
            + $"{row.Breakdown},{(row.PartsComplete ? "true" : "")},{(row.ClaimGroup is null ? "" : prefix + row.ClaimGroup)},{row.Additive},\n";

    private static readonly Gen<NaiveClaim> Row = Gen.Select(
        Gen.Select(Gen.Int[0, 7], Gen.OneOf("arrested", "arrested", "arrested", "released"), Gen.Int[0, 11], Gen.Int[0, 9]),
        Gen.Select(Gen.Int[-3, 5], Gen.Int[0, 2], Gen.Int[0, 8], Gen.Int[0, 9]),
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 12], Gen.Int[0, 7]),
        (what, related, state) => new NaiveClaim($"r{what.Item1}")
        {
            Retracts = state.Item3 == 0,
            SentAgain = state.Item3 is 1 or 2,
            Outcome = what.Item2,
            Words = what.Item3 switch { 0 => $"more than {what.Item4 * 10}", 1 => $"up to {what.Item4 * 10}", 2 or 3 => $"{what.Item4 * 5}", 4 or 5 or 6 => "several", _ => $"about {what.Item4 + 1}" },
            PartOf = related.Item1 < 0 ? null : $"r{related.Item1}",
            Breakdown = related.Item2 switch { 0 => "byParty", 1 => "byPlace", _ => null },
            ClaimGroup = related.Item3 switch { 0 => "g", 1 => "h", _ => null },
            PartsComplete = related.Item4 == 0,
            Additive = state.Item1 switch { 0 or 1 => true, 2 => false, _ => null },
            Grade = state.Item2 switch { 0 => "discounted", 1 => "contested", _ => "fair" },
            Accumulation = state.Item2 switch { 2 => "stock", 3 => "cumulative", _ => "increment" },
        });

    /// <summary>First some rows that stand alone, for others to be parts of; then whatever comes.</summary>
    private static readonly Gen<NaiveClaim[][]> Submissions = Gen.Select(
        Row.Array[6].Select(rows => rows.Select((row, n) => row with { Id = $"r{n}", PartOf = null, PartsComplete = n < 3, Retracts = false }).ToArray()),
        Row.Array[1, 4].Select(rows => rows.DistinctBy(row => row.Id).ToArray()).Array[3, 12],
        (first, others) => (NaiveClaim[][])[first, .. others]);
}
