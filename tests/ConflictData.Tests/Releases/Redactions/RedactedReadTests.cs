using System.Globalization;
using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Tests.OData;
using ConflictData.Tests.Query;
using ConflictData.Tests.Views;
using CsCheck;

namespace ConflictData.Tests.Releases;

/// <summary>
/// An instance that has answered all kinds of questions, and keeps what it can of them, answers after a redaction as one does that was started after
/// it: at every release, and with tags of its own.
/// </summary>
public sealed class RedactedReadTests
{
    private const string Secrets = "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly (string, string)[] Gzip = [("Accept-Encoding", "gzip")];

    [Fact]
    public Task Nothing_that_is_kept_outlives_a_redaction() => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 2]).SampleAsync(
        async (seed, count) =>
        {
            var (log, chance) = (new TestLog(), new Random(seed));
            await using var warm = new Server(new Settings { PageSize = 7, TokenSecrets = Secrets }, log);
            new RandomHistory(seed).Commits.ForEach(revisions => warm.Commit(revisions));
            warm.Tag("early", 2);
            warm.Tag("late", 6);
            for (var redaction = 0; redaction < count; redaction++)
            {
                await Ask(warm, log);
                await warm.Engine.RowsTakenOver;
                warm.Engine.Apply([Redact(log, chance)], TestContext.Current.CancellationToken);
                await using var cold = new Server(new Settings { PageSize = 7, TokenSecrets = Secrets }, log);
                Assert.Equal(await Ask(cold, log), await Ask(warm, log));
            }
        },
        iter: 3, threads: 1);

    [Fact]
    public async Task A_text_is_gone_from_every_answer_and_what_a_client_holds_is_not_true_any_more()
    {
        var log = new TestLog();
        await using var server = new Server(new Settings { PageSize = 7 }, log);
        server.Commit(Values.Record("Places", "p", ("Name", "Hidden Country"), ("Kind", "country"), ("CountryCode", "SY")), Values.Record("Sources", "s", ("Title", "S")));
        server.Commit(Values.Record("Casualties", "c", ("PlaceId", "p"), ("Outcome", "killed"), ("StartDate", new DateOnly(2022, 1, 20)), ("Low", 3L), ("Best", 3L), ("High", 3L), ("Additive", true)));
        server.Commit(Values.Record("Places", "p", ("Name", "Country"), ("Kind", "country"), ("CountryCode", "SY")));
        server.Tag("old", 2);
        string[] addresses =
        [
            "Places", "Places('p')", "Places('p')/Name", "Places?$filter=Name eq 'Hidden Country'", "Places?$orderby=Name&$top=1", "Places?$search=hidden", "Places?$format=csv",
            "CasualtiesWide", "MonthlyTotals", "TotalsByTag", "Casualties?$expand=Place", "Casualties?$apply=groupby((Place/Name),aggregate($count as n))",
        ];
        var before = new Dictionary<string, Reply>();
        foreach (var address in addresses)
        {
            before[address] = await server.Get(address, "2", headers: Gzip);
            Assert.Contains("Hidden Country", before[address].Body, StringComparison.Ordinal);
        }

        const string Counted = "Places/$count?$filter=Name eq 'Hidden Country'", Ordered = "Places?$filter=Name ge 'D'&$orderby=Name&$top=1&$count=true";
        Assert.Equal(("1", 1), ((await server.Get(Counted, "2")).Body, (await server.Get(Ordered, "2")).Json["@odata.count"]!.GetValue<int>()));
        server.Engine.Apply([log.Redact(Catalog.Get("Places"), "p", ["Name"], 1)], TestContext.Current.CancellationToken);
        foreach (var address in addresses)
        {
            var after = await server.Get(address, "2", headers: [.. Gzip, ("If-None-Match", before[address].Header("ETag")!)]);
            Assert.Equal(200, after.Status);
            Assert.DoesNotContain("Hidden", after.Body, StringComparison.Ordinal);
            Assert.NotEqual(before[address].Header("ETag"), after.Header("ETag"));
            Assert.True(Changed(after) >= TestLog.Start.AddHours(3), address);
        }

        foreach (var release in new[] { 3, 4, 3 })
        {
            Assert.Equal(release, (await server.Get("Releases", $"{release}", headers: Gzip)).Ids.Count);
        }

        Assert.Equal(("0", 1), ((await server.Get(Counted, "2")).Body, (await server.Get(Ordered, "2")).Json["@odata.count"]!.GetValue<int>()));
        Assert.Contains(Redaction.Mark, (await server.Get("Places", "2")).Body, StringComparison.Ordinal);
        Assert.Equal(TestLog.Start, Changed(await server.Get("Sources", "2")));
    }

    private static DateTimeOffset Changed(Reply reply) => DateTimeOffset.Parse(reply.Header("Last-Modified")!, CultureInfo.InvariantCulture);

    /// <summary>Takes a text, if there is one, out of a revision that is not the last of its record.</summary>
    private static CommittedRevisions Redact(TestLog log, Random chance)
    {
        var all = log.Commits.SelectMany(item => item.Revisions, (item, revision) => (item.Commit.Release, Revision: revision)).ToList();
        var past = all.Where(item => Texts(item.Revision).Length > 0
            && (item.Revision.Action == RevisionAction.Retract || all.Exists(later => later.Release > item.Release && later.Revision.Id == item.Revision.Id && later.Revision.Dataset == item.Revision.Dataset))).ToList();
        var (release, revision) = past[chance.Next(past.Count)];
        return log.Redact(revision.Dataset, revision.Id, Texts(revision), release);
    }

    private static string[] Texts(Revision revision) =>
        [.. Redaction.ColumnsOf(revision.Dataset).Where(column => revision.Values[column.Ordinal] is string text && text != Redaction.Mark).Select(column => column.Name)];

    private static async Task<List<string>> Ask(Server server, TestLog log)
    {
        string[] more = ["Places?$filter=Name eq 'P1' or Name eq 'P2'", "Actors?$orderby=Name&$top=2", "Casualties?$expand=Place", "Places?$search=P1", "Actors?$filter=Name ne null&$count=true"];
        var answers = new List<string>();
        foreach (var release in new[] { 2, 4, log.Commits.Count })
        {
            foreach (var address in Catalog.All.Concat(Catalog.Views).Select(set => set.Name).Concat(more))
            {
                for (var next = address; next is not null;)
                {
                    var reply = await server.Get(next, $"{release}", headers: Gzip);
                    Assert.True(reply.Status == 200, $"{next}: {reply.Body}");
                    answers.Add($"{release} {next}: {reply.Header("ETag")} {reply.Body}");
                    next = reply.NextLink;
                }
            }
        }

        return answers;
    }
}
