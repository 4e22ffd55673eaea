using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConflictData.Datasets;

namespace ConflictFunctions.Tests.Running;

/// <summary>Records on their way in over HTTP, and out again.</summary>
public sealed class SubmissionTests(RunningApp app)
{
    private const string Header = "Id,PlaceId,Date,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submission_becomes_a_release_that_older_releases_do_not_see()
    {
        var id = NewId();
        using var answer = await Submit("Arrests", Csv($"{Header}{id},raqqa,2022-02,arrested,more than 30,sdf,brief,p. 1,weak\n"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var report = await Json(answer);
        var release = report.GetProperty("release").GetInt32();
        Assert.Equal($"{release}", Assert.Single(answer.Headers.GetValues("Conflict-Release")));
        Assert.Equal("committed", report.GetProperty("state").GetString());
        Assert.Equal(1, report.GetProperty("counts").GetProperty("added").GetInt32());

        var row = await Json(await app.Anonymous.GetAsync($"releases/{release}/odata/Arrests('{id}')", Cancellation));
        Assert.Equal((31, "moreThan", release), (row.GetProperty("Low").GetInt32(), row.GetProperty("CountRule").GetString(), row.GetProperty("Release").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync($"releases/{release - 1}/odata/Arrests('{id}')", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Its_report_and_payload_can_be_read_again_byte_for_byte()
    {
        var payload = $"{Header}{NewId()},raqqa,2022-02,arrested,12,sdf,brief,p. 1,weak\n";
        using var answer = await Submit("Arrests", Csv(payload));
        var report = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(report, await app.Admin.GetStringAsync(answer.Headers.Location, Cancellation));
        using var sent = await app.Admin.GetAsync($"{answer.Headers.Location}/payload", Cancellation);
        Assert.Equal(payload, await sent.Content.ReadAsStringAsync(Cancellation));
        Assert.EndsWith(".csv\"", sent.Content.Headers.ContentDisposition!.ToString());
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_answer_and_no_second_release()
    {
        var (id, key) = (NewId(), Guid.NewGuid().ToString());
        var payload = $"{Header}{id},raqqa,2022-02,arrested,12,sdf,brief,p. 1,weak\n";
        using var first = await Submit("Arrests", Csv(payload), key);
        using var again = await Submit("Arrests", Csv(payload), key);
        using var other = await Submit("Arrests", Csv(payload.Replace(",12,", ",13,")), key);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancellation), await FirstAnswer(again));
        Assert.False(first.Headers.Contains("Conflict-Repeated"));
        Assert.Equal((HttpStatusCode.Conflict, "idempotencyMismatch"), (other.StatusCode, (await Json(other)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Who_would_rather_not_wait_finds_the_report_at_the_address_of_the_submission()
    {
        var (id, key) = (NewId(), Guid.NewGuid().ToString());
        var payload = $"{Header}{id},raqqa,2022-02,arrested,12,sdf,brief,p. 1,weak\n";
        using var promise = await Submit("Arrests", Csv(payload), key, "wait=1, Respond-Async");
        var document = await Json(promise);
        Assert.Equal(HttpStatusCode.Accepted, promise.StatusCode);
        Assert.Equal("respond-async", Assert.Single(promise.Headers.GetValues("Preference-Applied")));
        Assert.EndsWith($"/api/submissions/{document.GetProperty("id").GetString()}", promise.Headers.Location!.AbsoluteUri);
        Assert.Equal(["id", "state", "rows", "failure"], document.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["read", "checked", "written"], document.GetProperty("rows").EnumerateObject().Select(property => property.Name));

        var report = await Report(promise.Headers.Location);
        Assert.Equal("committed", JsonElement.Parse(report).GetProperty("state").GetString());
        using var again = await Submit("Arrests", Csv(payload), key);
        Assert.Equal((HttpStatusCode.Created, report), (again.StatusCode, await FirstAnswer(again)));
        Assert.Equal("12", await app.Anonymous.GetStringAsync($"releases/{JsonElement.Parse(report).GetProperty("release")}/odata/Arrests('{id}')/High/$value", Cancellation));
    }

    [Fact]
    public async Task Without_a_key_a_value_that_is_set_back_is_told_to_be_a_repetition()
    {
        var id = NewId();
        string Named(string name) => $"Id,Name,Kind\n{id},{name},other\n";
        using var first = await Submit("Actors", Csv(Named("v1")));
        using var second = await Submit("Actors", Csv(Named("v2")));
        using var again = await Submit("Actors", Csv(Named("v1")));
        using var meant = await Submit("Actors", Csv(Named("v1")), Guid.NewGuid().ToString());

        Assert.Equal((HttpStatusCode.Created, false), (second.StatusCode, second.Headers.Contains("Conflict-Repeated")));
        Assert.Equal((HttpStatusCode.Created, await first.Content.ReadAsStringAsync(Cancellation)), (again.StatusCode, await FirstAnswer(again)));
        Assert.Equal((HttpStatusCode.Created, false), (meant.StatusCode, meant.Headers.Contains("Conflict-Repeated")));
        Assert.Equal("v1", await app.Anonymous.GetStringAsync($"odata/Actors('{id}')/Name/$value", Cancellation));
    }

    [Fact]
    public async Task Every_error_of_every_row_is_reported_and_nothing_is_stored()
    {
        var id = NewId();
        using var answer = await Submit("Arrests", Csv(
            $"{Header}{id},raqqa,2022-02,arrested,12,sdf,brief,p. 1,weak\n{id}-2,nowhere,2022-13,arested,lots,sdf,brief,p. 1,weak\n"));
        var report = await Json(answer);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "rejected"), (answer.StatusCode, report.GetProperty("code").GetString()));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var errors = report.GetProperty("errors").EnumerateArray().ToList();
        Assert.All(errors, error => Assert.Equal((2, 3), (error.GetProperty("row").GetInt32(), error.GetProperty("line").GetInt32())));
        Assert.Subset(errors.Select(error => error.GetProperty("column").GetString()).ToHashSet(), new HashSet<string?> { "Date", "Outcome", "CountText" });
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync($"odata/Arrests('{id}')", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("application/json", """[{"Id":"%","PlaceId":"raqqa","Date":"2022","Outcome":"released","Low":3,"High":3,"Best":3,"ClaimantId":"sdf","SourceId":"brief","SourceLocator":"p","Grade":"weak"}]""")]
    [InlineData("application/x-ndjson", """{"Id":"%","PlaceId":"raqqa","Date":"2022","Outcome":"released","CountText":"three","ClaimantId":"sdf","SourceId":"brief","SourceLocator":"p","Grade":"weak"}""")]
    public async Task Rows_come_as_JSON_and_NDJSON_too(string mediaType, string payload)
    {
        var id = NewId();
        using var answer = await Submit("Arrests", Content(payload.Replace("%", id), mediaType));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("3", await app.Anonymous.GetStringAsync($"odata/Arrests('{id}')/High/$value", Cancellation));
    }

    [Fact]
    public async Task Several_datasets_come_in_one_submission_and_may_refer_to_each_other()
    {
        var id = NewId();
        using var set = new MultipartFormDataContent
        {
            { Csv($"{Header}{id},{id}-place,2022-02,arrested,12,{id}-actor,brief,p. 1,weak\n"), "Arrests", "arrests.csv" },
            { Csv($"Id,Name,Kind,ParentId,PlacePrecision\n{id}-place,Somewhere,village,raqqa,7\n"), "Places", "places.csv" },
            { Csv($"Id,Name,Kind\n{id}-actor,Somebody,person\n"), "Actors", "actors.csv" },
        };
        using var answer = await app.Admin.PostAsync("submissions", set, Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(3, (await Json(answer)).GetProperty("counts").GetProperty("added").GetInt32());
    }

    [Theory]
    [InlineData(".csv", "text/csv")]
    [InlineData(".ndjson", "application/x-ndjson")]
    public async Task Every_published_file_can_be_sent_back_unedited_and_changes_nothing(string ending, string mediaType)
    {
        foreach (var dataset in Catalog.All)
        {
            var file = await app.Anonymous.GetByteArrayAsync($"snapshots/1/{dataset.FileName}{ending}", Cancellation);
            using var content = new ByteArrayContent(file);
            content.Headers.ContentType = new(mediaType);
            using var answer = await Submit(dataset.Name, content);
            var report = await Json(answer);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{dataset}: {report}");
            Assert.Equal("unchanged", report.GetProperty("state").GetString());
        }
    }

    [Fact]
    public async Task The_archive_of_a_release_can_be_sent_back_unedited_and_changes_nothing()
    {
        using var content = new ByteArrayContent(await app.Anonymous.GetByteArrayAsync("snapshots/1/conflict-data.zip", Cancellation));
        content.Headers.ContentType = new("application/zip");
        using var answer = await app.Admin.PostAsync("submissions", content, Cancellation);
        var report = await Json(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, report.ToString());
        Assert.Equal("unchanged", report.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    public async Task A_gzipped_payload_comes_back_byte_for_byte_as_a_file_that_says_so(string coding)
    {
        var bytes = Gzipped($"{Header}{NewId()},raqqa,2022-02,arrested,12,sdf,brief,p. 1,weak\n");
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new("text/csv") } };
        content.Headers.ContentEncoding.Add(coding);
        using var answer = await Submit("Arrests", content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        using var payload = await app.Admin.GetAsync($"{answer.Headers.Location}/payload", Cancellation);
        Assert.Equal(bytes, await payload.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("application/gzip", payload.Content.Headers.ContentType!.ToString());
        Assert.EndsWith(".csv.gz\"", payload.Content.Headers.ContentDisposition!.ToString());
    }

    [Theory]
    [InlineData("submissions/Arrest", HttpStatusCode.NotFound, "notFound")]
    [InlineData("submissions/Arrests?dryrunn=true", HttpStatusCode.BadRequest, "badRequest")]
    [InlineData("submissions/Arrests?dryRun=perhaps", HttpStatusCode.BadRequest, "badRequest")]
    [InlineData("submissions/Arrests?base=x", HttpStatusCode.BadRequest, "badRequest")]
    [InlineData("submissions/Arrests?base=99999999", HttpStatusCode.NotFound, "releaseNotFound")]
    [InlineData("submissions/Arrests?mode=replace", HttpStatusCode.BadRequest, "badRequest")]
    [InlineData("submissions/Arrests?mode=merge", HttpStatusCode.BadRequest, "badRequest")]
    [InlineData("submissions/Arrests?maxRetractions=3", HttpStatusCode.BadRequest, "badRequest")]
    [InlineData("submissions/Arrests?mode=replace&base=1&maxRetractions=all", HttpStatusCode.BadRequest, "badRequest")]
    [InlineData("submissions/Arrests?reason=whim", HttpStatusCode.BadRequest, "badRequest")]
    public async Task An_address_that_asks_for_the_impossible_is_answered_with_the_reason(string address, HttpStatusCode status, string code)
    {
        using var answer = await app.Admin.PostAsync(address, Csv(Header), Cancellation);
        var problem = await Json(answer);
        Assert.Equal((status, code), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Matches(@"(\.|: did you mean \S+\?)$", problem.GetProperty("detail").GetString()!);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 5 * 1024 * 1024)]
    public async Task A_body_over_50_MB_is_refused_and_sent_to_the_inbox(bool inChunks, int tooMuch)
    {
        using var content = new ByteArrayContent(new byte[(50 * 1024 * 1024) + tooMuch]);
        content.Headers.ContentType = new("text/csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, "submissions/Arrests") { Content = content };
        request.Headers.TransferEncodingChunked = inChunks;
        using var answer = await app.Admin.SendAsync(request, Cancellation);
        var problem = await Json(answer);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "tooLarge"), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains("inbox", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_body_of_40_MB_is_read()
    {
        var line = Encoding.UTF8.GetBytes("x,nowhere,2022,arrested,1,sdf,brief,p,weak\n");
        var body = new MemoryStream();
        body.Write(Encoding.UTF8.GetBytes(Header));
        while (body.Length < 8 * 1024 * 1024)
        {
            body.Write(line);
        }

        body.Write(new byte[32 * 1024 * 1024]);
        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new("text/csv");
        using var answer = await Submit("Arrests", content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("rejected", JsonElement.Parse(await Report(answer.Headers.Location!)).GetProperty("state").GetString());
    }

    /// <summary>Asks until the submission has its report; before that the answer says when to ask again.</summary>
    private async Task<string> Report(Uri submission)
    {
        while (true)
        {
            using var answer = await app.Admin.GetAsync(submission, Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            if (answer.Headers.RetryAfter is null)
            {
                return await answer.Content.ReadAsStringAsync(Cancellation);
            }
        }
    }

    private async Task<HttpResponseMessage> Submit(string dataset, HttpContent content, string? key = null, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"submissions/{dataset}") { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        return await app.Admin.SendAsync(request, Cancellation);
    }

    private static byte[] Gzipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static string NewId() => $"test-{Guid.NewGuid():N}";

    private static StringContent Csv(string text) => Content(text, "text/csv");

    private static StringContent Content(string text, string mediaType) => new(text, new UTF8Encoding(false), new MediaTypeHeaderValue(mediaType));

    /// <summary>What an answer repeats, which tells when that was and what to do where it is not meant.</summary>
    private static async Task<string> FirstAnswer(HttpResponseMessage answer)
    {
        var report = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!.AsObject();
        Assert.Equal(Assert.Single(answer.Headers.GetValues("Conflict-Repeated")), (string?)report["repeated"]!["firstSentAt"]);
        Assert.Contains("new Idempotency-Key", (string?)report["repeated"]!["detail"], StringComparison.Ordinal);
        report.Remove("repeated");
        return report.ToJsonString();
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
}
