using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace ConflictFunctions.Tests.Running.PowerBI;

/// <summary>A refresh: the root, the model, the sets, page by page, again and again.</summary>
[Collection(nameof(GuardedApp))]
public sealed class RefreshTests(RunningApp app, GuardedApp guarded)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Mashup Engine => new(app.Anonymous, app.AdminKey);

    [Theory]
    [InlineData("odata")]
    [InlineData("odata/")]
    [InlineData("releases/1/odata")]
    [InlineData("releases/daily/odata/")]
    public async Task It_reads_the_root_the_model_and_then_each_table(string root)
    {
        var service = await Engine.Json(Engine.WithKey(root));
        var context = service.GetProperty("@odata.context").GetString()!;
        Assert.Equal($"{app.Root}/api/{root.TrimEnd('/')}/$metadata", context);
        var model = await Model(Engine.WithKey(context));

        foreach (var table in service.GetProperty("value").EnumerateArray())
        {
            var (name, url) = (table.GetProperty("name").GetString()!, table.GetProperty("url").GetString()!);
            Assert.Equal("EntitySet", table.GetProperty("kind").GetString());
            var preview = await Engine.Json(Engine.WithKey($"{root.TrimEnd('/')}/{url}?$top=1000"));
            Assert.Equal($"{context}#{name}", preview.GetProperty("@odata.context").GetString());
            var columns = Columns(model, name);
            Assert.All(preview.GetProperty("value").EnumerateArray(), row => Assert.Equal(columns, row.EnumerateObject().Select(member => member.Name)));
        }
    }

    [Fact]
    public async Task It_may_evaluate_the_same_many_times_and_what_it_has_is_not_sent_again()
    {
        foreach (var address in (string[])["releases/1/odata/", "releases/1/odata/$metadata", "releases/1/odata/Places", "releases/1/odata/Places?$top=1000", "releases/daily/odata/Events"])
        {
            using var first = await Engine.Get(Engine.WithKey(address));
            using var second = await Engine.Get(Engine.WithKey(address));
            using var known = await Engine.Get(Engine.WithKey(address), ("If-None-Match", first.Headers.ETag!.ToString()));
            using var head = await Engine.Send(HttpMethod.Head, Engine.WithKey(address), null);

            Assert.Equal(await Mashup.Read(first), await Mashup.Read(second));
            Assert.Equal((first.Headers.ETag, first.Headers.ETag), (second.Headers.ETag, head.Headers.ETag));
            Assert.Equal((HttpStatusCode.NotModified, ""), (known.StatusCode, await Mashup.Read(known)));
            Assert.Equal((HttpStatusCode.OK, first.Content.Headers.ContentType!.ToString(), ""), (head.StatusCode, head.Content.Headers.ContentType!.ToString(), await Mashup.Read(head)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Its_next_links_work_without_the_key_with_it_and_with_it_twice(int keysOnLinks)
    {
        var all = await Engine.Rows("releases/1/odata/ZoneMemberships?$select=Id");
        var paged = await Engine.Rows("releases/1/odata/ZoneMemberships?$select=Id", "maxpagesize=10", keysOnLinks);

        Assert.Equal(86, all.Count);
        Assert.Equal(all.Select(row => row.GetRawText()), paged.Select(row => row.GetRawText()));
    }

    [Fact]
    public async Task All_sets_at_once_are_of_one_release_while_another_process_commits()
    {
        var sets = (await Engine.Json("releases/daily/odata/")).GetProperty("value").EnumerateArray().Select(set => set.GetProperty("url").GetString()!).ToList();
        var before = await NewestRelease();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = Commit(stop.Token);

        var reads = await Task.WhenAll(sets.Concat(sets).Select(async set =>
        {
            using var answer = await Served($"releases/daily/odata/{set}");
            var body = await Mashup.Read(answer);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
            return (Set: set, Release: Assert.Single(answer.Headers.GetValues("Conflict-Release")), Body: body);
        }));
        await stop.CancelAsync();
        await writing;

        Assert.True(await NewestRelease() > before);
        var release = Assert.Single(reads.Select(read => read.Release).Distinct());
        foreach (var (set, _, body) in reads)
        {
            Assert.Equal(Values(await Engine.Json($"releases/{release}/odata/{set}")), Values(JsonElement.Parse(body)));
        }
    }

    // The engine comes again where it is told to; how busy this machine is, is not what is tested.
    private async Task<HttpResponseMessage> Served(string address)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await Engine.Get(Engine.WithKey(address));
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || tries == 20)
            {
                return answer;
            }

            Assert.NotNull(answer.Headers.RetryAfter);
            answer.Dispose();
        }
    }

    // At least one release, and further ones until the reads are done.
    private async Task Commit(CancellationToken stop)
    {
        do
        {
            var id = Guid.NewGuid();
            using var content = new StringContent($"Id,Title,Kind\n{id},A source that comes in during a refresh,web\n", Encoding.UTF8, "text/csv");
            using var answer = await guarded.Admin.PostAsync("submissions/Sources", content, Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancellation));
        }
        while (!stop.IsCancellationRequested);
    }

    private async Task<int> NewestRelease()
    {
        using var answer = await guarded.Admin.GetAsync("odata/Sources?$top=1", Cancellation);
        return int.Parse(Assert.Single(answer.Headers.GetValues("Conflict-Release")));
    }

    private static string Values(JsonElement page) => page.GetProperty("value").GetRawText();

    private async Task<XDocument> Model(string address)
    {
        using var answer = await Engine.Get(address);
        Assert.Equal((HttpStatusCode.OK, "application/xml"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var model = XDocument.Parse(await Mashup.Read(answer));
        Assert.Equal("4.0", model.Root!.Attribute("Version")!.Value);
        return model;
    }

    private static IEnumerable<string> Columns(XDocument model, string set)
    {
        var type = Assert.Single(model.Descendants(), element => element.Name.LocalName == "EntitySet" && element.Attribute("Name")!.Value == set).Attribute("EntityType")!.Value;
        var entity = Assert.Single(model.Descendants(), element => element.Name.LocalName == "EntityType" && type.EndsWith("." + element.Attribute("Name")!.Value, StringComparison.Ordinal));
        Assert.Contains(entity.Elements(), element => element.Name.LocalName == "Key");
        return entity.Elements().Where(element => element.Name.LocalName == "Property").Select(property => property.Attribute("Name")!.Value);
    }
}
