using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConflictData.Datasets;

namespace ConflictFunctions.Tests.Running;

/// <summary>Published files, releases and datasets over HTTP.</summary>
public sealed class FilesAndReleasesTests(RunningApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_numbered_file_is_cacheable_for_ever_and_answers_304_to_who_has_it()
    {
        using var answer = await app.Anonymous.GetAsync("snapshots/1/casualties.csv", Cancellation);
        Assert.Equal(("text/csv", "utf-8"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentType.CharSet));
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"", answer.Headers.ETag!.Tag);

        using var request = new HttpRequestMessage(HttpMethod.Get, "snapshots/1/casualties.csv");
        request.Headers.IfNoneMatch.Add(answer.Headers.ETag);
        using var again = await app.Anonymous.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Latest_may_change_and_says_so()
    {
        using var answer = await app.Anonymous.GetAsync("snapshots/latest/zones.csv", Cancellation);
        Assert.True(answer.Headers.CacheControl!.NoCache);
        Assert.True(int.Parse(Assert.Single(answer.Headers.GetValues("Conflict-Release"))) >= 1);
    }

    [Fact]
    public async Task HEAD_gives_the_headers_and_a_range_gives_a_part()
    {
        using var whole = await app.Anonymous.GetAsync("snapshots/1/places.csv", Cancellation);
        var bytes = await whole.Content.ReadAsByteArrayAsync(Cancellation);
        using var head = await app.Anonymous.SendAsync(new(HttpMethod.Head, "snapshots/1/places.csv"), Cancellation);
        Assert.Equal((HttpStatusCode.OK, bytes.Length), (head.StatusCode, (int)head.Content.Headers.ContentLength!));
        using var request = new HttpRequestMessage(HttpMethod.Get, "snapshots/1/places.csv") { Headers = { Range = new RangeHeaderValue(10, 19) } };
        using var part = await app.Anonymous.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[10..20], await part.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("items=0-1", 200)]
    [InlineData("lines=1-2,4-5", 200)]
    [InlineData("Bytes=0-1", 206)]
    public async Task A_range_of_a_unit_that_is_not_known_is_passed_over(string range, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "snapshots/1/places.csv");
        Assert.True(request.Headers.TryAddWithoutValidation("Range", range));
        using var answer = await app.Anonymous.SendAsync(request, Cancellation);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 206 ? 2 : answer.Content.Headers.ContentLength, (await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length);
    }

    [Theory]
    [InlineData(8_100)]
    [InlineData(10_019)]
    [InlineData(100_000)]
    public async Task An_address_that_is_too_long_is_refused_by_the_app_and_in_words(int length)
    {
        using var answer = await app.Anonymous.GetAsync($"odata/Places?$filter=Id%20eq%20'{new string('x', length)}'", Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = (await Json(answer)).GetProperty("error");

        Assert.Equal("badQuery", error.GetProperty("code").GetString());
        Assert.Contains("longer than 8000 characters", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("odata/Places", "If-Match", "\"x\"")]
    [InlineData("odata/Places", "If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")]
    [InlineData("datasets", "If-Match", "\"x\"")]
    [InlineData("releases.atom", "If-Match", "\"x\"")]
    [InlineData("openapi/v3.json", "If-Match", "\"x\"")]
    [InlineData("explorer", "If-Match", "\"x\"")]
    [InlineData("geo/places", "If-Match", "\"x\"")]
    public async Task An_answer_with_a_tag_is_never_given_against_a_condition(string address, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        using var answer = await app.Anonymous.SendAsync(request, Cancellation);
        using var any = new HttpRequestMessage(HttpMethod.Get, address);
        any.Headers.TryAddWithoutValidation("If-Match", "*");
        using var whole = await app.Anonymous.SendAsync(any, Cancellation);

        Assert.Equal((412, 200), ((int)answer.StatusCode, (int)whole.StatusCode));
        Assert.Contains("\"preconditionFailed\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "If-Match", "\"other\"", 412, "preconditionFailed")]
    [InlineData("HEAD", "If-Match", "\"other\"", 412, null)]
    [InlineData("GET", "If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT", 412, "preconditionFailed")]
    [InlineData("GET", "Range", "bytes=99999999-", 416, "rangeNotSatisfiable")]
    public async Task A_file_that_is_not_as_it_is_asked_for_is_refused_in_words(string method, string header, string value, int status, string? code)
    {
        using var request = new HttpRequestMessage(new(method), "snapshots/1/places.csv");
        Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        using var answer = await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal((status, "application/problem+json", "no-store"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, $"{answer.Headers.CacheControl}"));
        Assert.Null(answer.Content.Headers.ContentDisposition);
        Assert.Equal(code, code is null ? null : JsonElement.Parse(body).GetProperty("code").GetString());
        Assert.Equal(header == "Range", answer.Content.Headers.ContentRange is { HasLength: true });
    }

    [Fact]
    public async Task Diffs_and_histories_are_read_over_HTTP_as_JSON_and_CSV()
    {
        var diff = await Json(await app.Anonymous.GetAsync("releases/1/diff/1", Cancellation));
        Assert.Empty(diff.GetProperty("changes").EnumerateArray());
        var history = await Json(await app.Anonymous.GetAsync("datasets/Places/records/raqqa/history", Cancellation));
        Assert.Equal(1, history.GetProperty("revisions")[0].GetProperty("release").GetInt32());
        using var request = new HttpRequestMessage(HttpMethod.Get, "datasets/Places/records/raqqa/history") { Headers = { Accept = { new("text/csv") } } };
        using var csv = await app.Anonymous.SendAsync(request, Cancellation);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal(JsonValueKind.Null, history.GetProperty("next").ValueKind);
        Assert.StartsWith("Action,Message,Id,Name", await csv.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("snapshots/1/nothing.csv", "notFound")]
    [InlineData("datasets/Places/records/never/history", "notFound")]
    [InlineData("releases/1/diff/99999999", "releaseNotFound")]
    [InlineData("snapshots/99999999/places.csv", "releaseNotFound")]
    [InlineData("snapshots/never/places.csv", "releaseNotFound")]
    [InlineData("releases/0", "releaseNotFound")]
    [InlineData("datasets/Nothing", "notFound")]
    public async Task What_is_not_there_is_404_with_a_code(string address, string code)
    {
        using var answer = await app.Anonymous.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(code, (await Json(answer)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("releases/99999999/odata/")]
    [InlineData("releases/never/odata/$metadata")]
    public async Task A_release_that_is_not_there_has_no_feed(string address)
    {
        using var answer = await app.Anonymous.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("releaseNotFound", (await Json(answer)).GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("snapshots?before=x")]
    [InlineData("releases?before=-1")]
    [InlineData("datasets/Places/records/raqqa/history?before=1.5")]
    [InlineData("datasets/Places/records/raqqa/history?after=1")]
    public async Task A_list_that_begins_nowhere_is_400(string address) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Anonymous.GetAsync(address, Cancellation)).StatusCode);

    [Theory]
    [InlineData("releases?befor=5", "befor is no option here: did you mean before? Known here: before.")]
    [InlineData("releases?top=5", "top is no option here. Known here: before.")]
    [InlineData("releases/1?foo=1", "foo is no option here. There are none; leave it out.")]
    [InlineData("snapshots?befor=5", "befor is no option here: did you mean before? Known here: before.")]
    public async Task An_option_that_is_none_is_refused_by_its_name(string address, string detail)
    {
        using var answer = await app.Anonymous.GetAsync(address, Cancellation);
        var problem = await Json(answer);
        Assert.Equal((HttpStatusCode.BadRequest, detail), (answer.StatusCode, problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task The_lists_of_releases_and_files_lead_to_what_they_name()
    {
        var release = (await Json(await app.Anonymous.GetAsync("releases?before=2", Cancellation))).GetProperty("releases")[0];
        Assert.Equal(1, release.GetProperty("number").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.GetAsync(release.GetProperty("feed").GetString(), Cancellation)).StatusCode);
        var snapshot = (await Json(await app.Anonymous.GetAsync("snapshots?before=2", Cancellation))).GetProperty("snapshots")[0];
        Assert.Equal((Catalog.Published.Count * 4) + 2, snapshot.GetProperty("files").GetArrayLength());
        foreach (var file in snapshot.GetProperty("files").EnumerateArray())
        {
            using var answer = await app.Anonymous.GetAsync(file.GetProperty("url").GetString(), Cancellation);
            var bytes = await answer.Content.ReadAsByteArrayAsync(Cancellation);
            Assert.Equal(file.GetProperty("bytes").GetInt64(), bytes.Length);
            Assert.Equal(file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
            Assert.Equal(file.GetProperty("mediaType").GetString(), answer.Content.Headers.ContentType!.ToString());
            Assert.Equal($"attachment; filename=\"{file.GetProperty("name").GetString()}\"", answer.Content.Headers.ContentDisposition!.ToString());
        }
    }

    [Fact]
    public async Task Every_dataset_of_the_sample_is_in_the_feed_with_all_its_rows()
    {
        using var tagged = await app.Admin.PutAsync("releases/1/tag", new StringContent("""{"tag":"sample"}""", Encoding.UTF8, "application/json"), Cancellation);
        foreach (var dataset in Catalog.Sets)
        {
            var counted = await app.Anonymous.GetStringAsync($"releases/1/odata/{dataset.Name}/$count", Cancellation);
            var page = await Json(await app.Anonymous.GetAsync($"releases/1/odata/{dataset.Name}", Cancellation));
            var csv = await app.Anonymous.GetStringAsync(dataset.ReadsTags ? $"releases/1/odata/{dataset.Name}?$format=csv" : $"snapshots/1/{dataset.FileName}.csv", Cancellation);
            Assert.Equal(counted, $"{page.GetProperty("value").GetArrayLength()}");
            Assert.Equal(dataset.Columns.Select(column => column.Name), page.GetProperty("value")[0].EnumerateObject().Select(property => property.Name));
            Assert.StartsWith(string.Join(',', dataset.Columns.Select(column => column.Name)) + "\r\n", csv);
            Assert.True(int.Parse(counted) >= (dataset.IsView ? 1 : 10), dataset.Name);
        }
    }

    [Fact]
    public async Task What_tells_of_tags_has_no_file_that_could_not_follow_them()
    {
        var listed = (await Json(await app.Anonymous.GetAsync("datasets", Cancellation))).GetProperty("datasets").EnumerateArray();
        Assert.Equal(["Releases", "TotalsByTag"], listed.Where(set => set.GetProperty("csv").ValueKind == JsonValueKind.Null).Select(set => set.GetProperty("name").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync("snapshots/1/releases.csv", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_schema_of_a_dataset_is_served_as_it_stands()
    {
        var listed = (await Json(await app.Anonymous.GetAsync("datasets", Cancellation))).GetProperty("datasets").EnumerateArray().ToList();
        Assert.Equal(Catalog.Sets.Select(dataset => dataset.Name), listed.Select(dataset => dataset.GetProperty("name").GetString()));
        var schema = await app.Anonymous.GetByteArrayAsync(listed[0].GetProperty("schema").GetString(), Cancellation);
        Assert.Equal(Catalog.All[0].Schema.ToArray(), schema);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
}
