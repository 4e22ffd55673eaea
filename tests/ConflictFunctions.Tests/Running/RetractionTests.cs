using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ConflictFunctions.Tests.Running;

/// <summary>DELETE of a record.</summary>
public sealed class RetractionTests(RunningApp app)
{
    private const string Header = "Id,PlaceId,Date,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_retracts_the_record_with_reason_and_message_and_older_releases_keep_it()
    {
        var id = await Added();
        using var answer = await Delete($"Arrests/records/{id.ToUpperInvariant()}?reason=merge&message=Counted%20twice");
        var report = await Json(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, report.GetRawText());
        var release = report.GetProperty("release").GetInt32();
        var history = await Json(await app.Anonymous.GetAsync($"datasets/Arrests/records/{id}/history", Cancellation));
        var last = history.GetProperty("revisions").EnumerateArray().First();

        Assert.Equal(("committed", 1), (report.GetProperty("state").GetString(), report.GetProperty("counts").GetProperty("retracted").GetInt32()));
        Assert.Equal($"{release}", Assert.Single(answer.Headers.GetValues("Conflict-Release")));
        Assert.Equal(("retract", "merge", "Counted twice"), (last.GetProperty("action").GetString(), last.GetProperty("reason").GetString(), last.GetProperty("message").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync($"odata/Arrests('{id}')", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.GetAsync($"releases/{release - 1}/odata/Arrests('{id}')", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task What_is_gone_is_404_but_the_same_key_gives_the_first_answer_again()
    {
        var (id, key) = (await Added(), Guid.NewGuid().ToString());
        using var first = await Delete($"Arrests/records/{id}", key);
        using var again = await Delete($"Arrests/records/{id}", key);
        using var other = await Delete($"Arrests/records/{id}");
        using var never = await Delete("Arrests/records/there-never-was-one");
        using var impossible = await Delete("Arrests/records/no%20id");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.StartsWith((await first.Content.ReadAsStringAsync(Cancellation))[..^1], await again.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal((false, true), (first.Headers.Contains("Conflict-Repeated"), again.Headers.Contains("Conflict-Repeated")));
        Assert.All([other, never, impossible], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        Assert.Contains("retracted by release", (await Json(other)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_record_that_came_back_can_be_retracted_again()
    {
        var id = await Added();
        using var first = await Delete($"Arrests/records/{id}");
        using var back = await Submit(id, "13");
        using var again = await Delete($"Arrests/records/{id}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, back.StatusCode, again.StatusCode));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync($"odata/Arrests('{id}')", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Of_many_at_once_one_retracts_and_the_others_find_it_gone()
    {
        var id = await Added();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Delete($"Arrests/records/{id}")));

        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.NotFound, 5)], answers.Select(answer => answer.StatusCode).Order());
    }

    [Fact]
    public async Task What_others_refer_to_is_409_with_their_ids()
    {
        using var answer = await Delete("Places/records/raqqa");
        var report = await Json(answer);

        Assert.Equal((HttpStatusCode.Conflict, "stillReferenced"), (answer.StatusCode, report.GetProperty("code").GetString()));
        Assert.Matches(@"live records? refers? to raqqa: \w+ [\w-]+", report.GetProperty("errors")[0].GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("Arrest/records/x", HttpStatusCode.NotFound, "notFound")]
    [InlineData("Arrests/records/x?reson=merge", HttpStatusCode.BadRequest, "badRequest")]
    [InlineData("Arrests/records/x?reason=whim", HttpStatusCode.BadRequest, "badRequest")]
    [InlineData("Arrests/records/x?dryRun=true", HttpStatusCode.BadRequest, "badRequest")]
    public async Task An_address_that_asks_for_the_impossible_is_answered_with_the_reason(string address, HttpStatusCode status, string code)
    {
        using var answer = await Delete(address);
        Assert.Equal((status, code), (answer.StatusCode, (await Json(answer)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Without_a_key_it_is_401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.DeleteAsync("datasets/Arrests/records/x", Cancellation)).StatusCode);

    private async Task<string> Added()
    {
        var id = $"test-{Guid.NewGuid():N}";
        using var answer = await Submit(id, "12");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return id;
    }

    private async Task<HttpResponseMessage> Submit(string id, string count)
    {
        using var content = new StringContent($"{Header}{id},raqqa,2022-02,arrested,{count},sdf,brief,p. 1,weak\n", Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
        return await app.Admin.PostAsync("submissions/Arrests", content, Cancellation);
    }

    private async Task<HttpResponseMessage> Delete(string record, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"datasets/{record}");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await app.Admin.SendAsync(request, Cancellation);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
}
