using System.Net;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using ConflictData.Releases;

namespace ConflictFunctions.Tests.Running;

/// <summary>The releases as a feed, read by a reader of feeds and held against the list of releases.</summary>
public sealed class ReleaseAtomTests(RunningApp app)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_of_feeds_finds_every_release_with_its_links()
    {
        using var sent = await app.Admin.PostAsync("submissions/Sources?reason=correction&message=" + Uri.EscapeDataString("Told <b>in</b> the feed & \uFFFF"), Csv("atom-told"), Cancellation);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var feed = SyndicationFeed.Load(XmlReader.Create(new StringReader(await app.Anonymous.GetStringAsync("releases.atom", Cancellation))));
        var releases = JsonElement.Parse(await app.Anonymous.GetStringAsync("releases", Cancellation)).GetProperty("releases").EnumerateArray().ToDictionary(release => release.GetProperty("number").GetInt32());

        Assert.Equal(feed.Items.Max(item => item.LastUpdatedTime), feed.LastUpdatedTime);
        Assert.Equal(feed.Items.Count(), feed.Items.Select(item => item.Id).Append(feed.Id).Distinct().Count() - 1);
        Assert.DoesNotContain(feed.Authors, author => author.Name == "admin");
        Assert.InRange(feed.Items.Count(), 2, ReleaseAtom.Most);
        foreach (var item in feed.Items)
        {
            var address = item.Links.Single(link => link.RelationshipType == "alternate").Uri;
            var release = JsonElement.Parse(await app.Anonymous.GetStringAsync(address, Cancellation));
            Assert.Equal(releases[release.GetProperty("number").GetInt32()].GetRawText(), release.GetRawText());
            // The reader passes over parts of a second.
            Assert.Equal(release.GetProperty("committedAt").GetDateTimeOffset().ToUnixTimeSeconds(), item.LastUpdatedTime.ToUnixTimeSeconds());
            Assert.All(release.GetProperty("revisions").EnumerateObject(), dataset => Assert.Contains($"{dataset.Name}: {dataset.Value}", item.Summary.Text));
            var changes = item.Links.SingleOrDefault(link => link.RelationshipType == "related")?.Uri;
            Assert.Equal(release.GetProperty("number").GetInt32() > 1, changes is not null);
            if (changes is not null)
            {
                var diff = JsonElement.Parse(await app.Anonymous.GetStringAsync(changes, Cancellation));
                Assert.Equal(release.GetProperty("number").GetInt32() - 1, diff.GetProperty("from").GetInt32());
                Assert.Equal(release.GetProperty("number").GetInt32(), diff.GetProperty("to").GetInt32());
            }
        }

        Assert.Contains(feed.Items, item => item.Summary.Text.Contains("Reason: correction\nTold <b>in</b> the feed & \uFFFD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_as_RFC_4287_has_it_and_its_ids_stay()
    {
        var before = await Read();
        using var sent = await app.Admin.PostAsync("submissions/Sources", Csv("atom-stays"), Cancellation);
        var after = await Read();

        Assert.Equal(before.Element(Atom + "id")!.Value, after.Element(Atom + "id")!.Value);
        Assert.Equal(Ids(before).Take(10), Ids(after).Where(Ids(before).Take(10).Contains));
        Assert.Equal($"{app.Root}/api/releases.atom", after.Elements(Atom + "link").Single(link => (string?)link.Attribute("rel") == "self").Attribute("href")!.Value);
        Assert.NotEmpty(after.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        foreach (var part in after.Elements(Atom + "entry").Prepend(after))
        {
            Assert.All(new[] { "id", "title", "updated" }, name => Assert.NotEmpty(Assert.Single(part.Elements(Atom + name)).Value));
            Assert.True(Uri.IsWellFormedUriString(part.Element(Atom + "id")!.Value, UriKind.Absolute));
            Assert.EndsWith("Z", part.Element(Atom + "updated")!.Value, StringComparison.Ordinal);
        }

        Assert.Equal(after.Elements(Atom + "entry").Select(Time).OrderDescending(), after.Elements(Atom + "entry").Select(Time));
    }

    [Fact]
    public async Task Who_has_it_gets_304_until_there_is_another_release()
    {
        using var answer = await app.Anonymous.GetAsync("releases.atom", Cancellation);
        Assert.Equal("application/atom+xml; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        using var sent = await app.Admin.PostAsync("submissions/Sources", Csv("atom-another"), Cancellation);
        using var old = new HttpRequestMessage(HttpMethod.Get, "releases.atom") { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
        using var changed = await app.Anonymous.SendAsync(old, Cancellation);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(answer.Headers.ETag, changed.Headers.ETag);
        using var unknown = await app.Anonymous.GetAsync("releases.atom?before=2", Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    private async Task<XElement> Read() => XDocument.Parse(await app.Anonymous.GetStringAsync("releases.atom", Cancellation)).Root!;

    private static IEnumerable<string> Ids(XElement feed) => feed.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value);

    private static DateTimeOffset Time(XElement entry) => (DateTimeOffset)entry.Element(Atom + "updated")!;

    private static StringContent Csv(string id) => new($"Id,Title,Kind\n{id},Told,report\n", new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv"));
}
