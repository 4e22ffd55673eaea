using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConflictData.Tests.Faults;
using ConflictData.Tests.Webhooks;
using ConflictData.Webhooks;
using ConflictFunctions.Tests.Faults;
using ConflictFunctions.Tests.Hosting;
using ConflictFunctions.Tests.Running.OpenApi;

namespace ConflictFunctions.Tests.Running;

/// <summary>Whoever has a webhook is told of releases, by real instances over real connections.</summary>
public sealed class WebhookTests(RunningApp app) : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Open = new() { ["WebhookHttp"] = "true", ["WebhookPrivateAddresses"] = "true", ["FreshForSeconds"] = "0", ["PublicUrl"] = "https://figures.example.org" };

    private readonly string prefix = $"w{Guid.NewGuid():N}"[..10];
    private Receiver receiver = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => receiver = await Receiver.Start();

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Fact]
    public async Task Two_instances_tell_of_each_release_once_in_order_and_a_receiver_that_failed_is_told_later()
    {
        await using var one = await AppInstance.Start(app.Storage, prefix, Open);
        await using var two = await AppInstance.Start(app.Storage, prefix, Open);
        await Submit(one, 1);
        var (id, secret) = await Make(one, """{"name":"Newsroom","url":"URL"}""");
        for (var release = 2; release <= 5; release++)
        {
            await Submit(release % 2 == 0 ? one : two, release);
            // While one instance has the turn, what another has committed waits for the timer.
            await Until(one, id, webhook => webhook.GetProperty("told").GetInt32() == release);
        }

        // What is told already is not told again, whoever looks.
        await Task.WhenAll(Fire(one), Fire(two));
        Assert.Equal([2, 3, 4, 5], receiver.Taken);
        Assert.All(receiver.Calls, call => Assert.True(call.IsSignedWith(secret)));
        var description = await ApiDescription.Of(app.Anonymous);
        var described = description.Json["webhooks"]!["release"]!["post"]!;
        Assert.All(receiver.Calls, call => Assert.Null(description.Problem(described["requestBody"]!["content"]!["application/json"]!["schema"]!, JsonNode.Parse(call.Body))));
        Assert.All(described["parameters"]!.AsArray(), header => Assert.Matches((string?)header!["schema"]!["pattern"] ?? ".", receiver.Calls.First().Headers[(string)header["name"]!]));
        var last = receiver.Calls.Last().Json;
        Assert.Equal(("correction", 1, $"{id}.5"), (last.GetProperty("reason").GetString(), last.GetProperty("datasets").GetProperty("Actors").GetInt32(), last.GetProperty("id").GetString()));
        Assert.Equal("https://figures.example.org/api/releases/4/diff/5", last.GetProperty("links").GetProperty("changes").GetString());

        receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        await Submit(one, 6);
        var failing = await Until(two, id, webhook => webhook.GetProperty("failures").GetInt32() == 1);
        Assert.Equal(("It answered 503.", 5, "active"), (Text(failing, "trouble"), failing.GetProperty("told").GetInt32(), Text(failing, "state")));
        await Submit(two, 7);
        receiver.Answer = (_, _) => Task.CompletedTask;
        var wait = failing.GetProperty("nextTry").GetDateTimeOffset() - TimeProvider.System.GetUtcNow();
        await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Cancellation);
        await Task.WhenAll(Fire(one), Fire(two));
        await Until(one, id, webhook => webhook.GetProperty("told").GetInt32() == 7);
        Assert.Equal([2, 3, 4, 5, 6, 7], receiver.Taken);
        Assert.Single(receiver.Calls.Where(call => call.Release == 6).Select(call => call.Headers["Conflict-Notice"]).Distinct());

        Assert.All(one.Process.Printed.Concat(two.Process.Printed), line => Assert.DoesNotContain("of-the-receiver", line));
        Assert.Equal(HttpStatusCode.OK, (await one.Client.DeleteAsync($"webhooks/{id}", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await two.Client.GetAsync($"webhooks/{id}", Cancellation)).StatusCode);
        await Submit(one, 8);
        await Fire(two);
        Assert.Equal([2, 3, 4, 5, 6, 7], receiver.Taken);
    }

    [Fact]
    public async Task A_release_whose_instance_dies_right_after_the_commit_is_told_by_another()
    {
        AppInstance? dying = null;
        var isArmed = false;
        await using var proxy = new StorageProxy(app.Storage, (request, now) =>
        {
            if (!isArmed || !request.IsCommit || now != Moment.Answered)
            {
                return ValueTask.FromResult(Fault.None);
            }

            dying!.Process.Kill();
            return ValueTask.FromResult(Fault.DropAnswer);
        });
        await using var sound = await AppInstance.Start(app.Storage, prefix, Open);
        await using var _ = dying = await AppInstance.Start(proxy.ConnectionString, prefix, Open);
        await Make(sound, """{"name":"Newsroom","url":"URL","datasets":["Actors"]}""");
        isArmed = true;
        await Assert.ThrowsAsync<HttpRequestException>(() => Submit(dying, 1));
        await dying.Process.Ended();
        Assert.DoesNotContain(dying.Process.Printed, line => line.Contains("was told of release", StringComparison.Ordinal));

        await Fire(sound);
        await receiver.Comes();
        Assert.Equal([1], receiver.Taken);
    }

    [Fact]
    public async Task One_is_shown_with_its_secret_only_once_and_with_one_that_was_brought_along_never()
    {
        var (id, secret) = await Make(app.Admin, """{"name":"Newsroom","url":"https://partner.invalid/conflict","datasets":["places","Arrests"]}""");
        Secrets.Note(secret);
        using var answer = await app.Admin.GetAsync($"webhooks/{id}", Cancellation);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        var document = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.False(document.TryGetProperty("secret", out _));
        Assert.Equal(("""["Arrests","Places"]""", "active", "admin"), (document.GetProperty("datasets").GetRawText(), Text(document, "state"), Text(document, "createdBy")));
        Assert.Contains(id, await app.Admin.GetStringAsync("webhooks", Cancellation));

        var brought = "brought-along-0123456789-0123456789";
        Secrets.Note(brought);
        using var made = await Post(app.Admin, $$"""{"name":"Newsroom","url":"https://partner.invalid/conflict","secret":"{{brought}}"}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var shown = JsonElement.Parse(await made.Content.ReadAsStringAsync(Cancellation));
        Assert.False(shown.TryGetProperty("secret", out _));
        Assert.Equal($"{app.Root}/api/webhooks/{Text(shown, "id")}", made.Headers.Location!.AbsoluteUri);
        foreach (var one in (string[])[id, Text(shown, "id")!])
        {
            using var removed = await app.Admin.DeleteAsync($"webhooks/{one}", Cancellation);
            Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        }
    }

    [Fact]
    public async Task One_whose_answer_was_lost_is_asked_for_again_and_is_the_same_with_another_secret()
    {
        var name = Guid.NewGuid().ToString("N");
        const string Body = """{"name":"Made again","url":"https://partner.invalid/conflict"}""";
        using var lost = await Post(app.Admin, Body, name);
        using var tooSoon = await Post(app.Admin, Body, name);
        Assert.Equal((HttpStatusCode.Conflict, "inProgress"), (tooSoon.StatusCode, Text(await Json(tooSoon), "code")));
        await Task.Delay(tooSoon.Headers.RetryAfter!.Delta!.Value, Cancellation);
        using var answer = await Post(app.Admin, Body, name);
        var (before, after) = (await Json(lost), await Json(answer));
        Secrets.Note(Text(before, "secret")!);
        Secrets.Note(Text(after, "secret")!);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, lost.Headers.Location), (lost.StatusCode, answer.StatusCode, answer.Headers.Location));
        Assert.Equal(Text(before, "id"), Text(after, "id"));
        Assert.NotEqual(Text(before, "secret"), Text(after, "secret"));

        using var other = await Post(app.Admin, Body.Replace("Made", "Asked", StringComparison.Ordinal), name);
        Assert.Equal((HttpStatusCode.Conflict, "idempotencyMismatch"), (other.StatusCode, Text(await Json(other), "code")));
        using var unusable = await Post(app.Admin, Body, new string('x', 201));
        Assert.Equal((HttpStatusCode.BadRequest, "Idempotency-Key"), (unusable.StatusCode, Text(await Json(unusable), "target")));
        using var removed = await app.Admin.DeleteAsync($"webhooks/{Text(after, "id")}", Cancellation);
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
    }

    [Fact]
    public async Task There_are_no_more_than_fifty()
    {
        await using var one = await AppInstance.Start(app.Storage, prefix, Open);
        var answers = await Task.WhenAll(Enumerable.Range(0, WebhookMaker.Most - 1).Select(_ => Post(one.Client, """{"name":"a","url":"https://partner.invalid/"}""")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Post(one.Client, """{"name":"a","url":"https://partner.invalid/"}""")));
        Assert.InRange(await Count(one), WebhookMaker.Most - 1, WebhookMaker.Most);
        await Post(one.Client, """{"name":"a","url":"https://partner.invalid/"}""");
        Assert.Equal(WebhookMaker.Most, await Count(one));
        using var full = await Post(one.Client, """{"name":"a","url":"https://partner.invalid/"}""");
        Assert.Equal(HttpStatusCode.Conflict, full.StatusCode);
    }

    [Theory]
    [InlineData("""{"url":"https://a.example.org/"}""", "name")]
    [InlineData("""{"name":"=a","url":"https://a.example.org/"}""", "name")]
    [InlineData("""{"name":"a"}""", "url")]
    [InlineData("""{"name":"a","url":"partner"}""", "url")]
    [InlineData("""{"name":"a","url":"http://a.example.org/"}""", "url")]
    [InlineData("""{"name":"a","url":"ftp://a.example.org/"}""", "url")]
    [InlineData("""{"name":"a","url":"file:///etc/passwd"}""", "url")]
    [InlineData("""{"name":"a","url":"https://me:secret@a.example.org/"}""", "url")]
    [InlineData("""{"name":"a","url":"https://a.example.org/#b"}""", "url")]
    [InlineData("""{"name":"a","url":"https://localhost/"}""", "url")]
    [InlineData("""{"name":"a","url":"https://127.0.0.1/"}""", "url")]
    [InlineData("""{"name":"a","url":"https://2130706433/"}""", "url")]
    [InlineData("""{"name":"a","url":"https://0x7f.1/"}""", "url")]
    [InlineData("""{"name":"a","url":"https://169.254.169.254/metadata"}""", "url")]
    [InlineData("""{"name":"a","url":"https://[::1]/"}""", "url")]
    [InlineData("""{"name":"a","url":"https://[::ffff:10.0.0.1]/"}""", "url")]
    [InlineData("""{"name":"a","url":"https://a.example.org/","secret":"too short"}""", "secret")]
    [InlineData("""{"name":"a","url":"https://a.example.org/","datasets":[]}""", "datasets")]
    [InlineData("""{"name":"a","url":"https://a.example.org/","datasets":["CasualtiesWide"]}""", "datasets")]
    [InlineData("""{"name":"a","url":"https://a.example.org/","address":"x"}""", "address")]
    public async Task A_body_that_asks_for_no_webhook_is_refused_by_the_member_that_is_wrong(string body, string target)
    {
        using var answer = await Post(app.Admin, body);
        var error = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal((HttpStatusCode.BadRequest, target), (answer.StatusCode, Text(JsonElement.Parse(error), "target")));
        Assert.DoesNotContain("too short", error);
        Assert.DoesNotContain("passwd", error);
    }

    [Theory]
    [InlineData("GET", "webhooks/nobody", HttpStatusCode.NotFound)]
    [InlineData("GET", "webhooks/no'body", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "webhooks/nobody", HttpStatusCode.NotFound)]
    [InlineData("GET", "webhooks?after=a", HttpStatusCode.BadRequest)]
    public async Task What_there_is_not_is_refused(string method, string address, HttpStatusCode status)
    {
        using var answer = await app.Admin.SendAsync(new(new(method), address), Cancellation);
        Assert.Equal(status, answer.StatusCode);
    }

    private static async Task<int> Count(AppInstance instance) =>
        JsonElement.Parse(await instance.Client.GetStringAsync("webhooks", Cancellation)).GetProperty("webhooks").GetArrayLength();

    private async Task<(string Id, string Secret)> Make(AppInstance instance, string body)
    {
        var made = await Make(instance.Client, body.Replace("URL", receiver.Url.AbsoluteUri, StringComparison.Ordinal));
        Secrets.Note(made.Secret);
        return made;
    }

    private static async Task<(string Id, string Secret)> Make(HttpClient client, string body)
    {
        using var answer = await Post(client, body);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        var made = JsonElement.Parse(text);
        return (Text(made, "id")!, Text(made, "secret")!);
    }

    private static async Task<HttpResponseMessage> Post(HttpClient client, string body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhooks") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await client.SendAsync(request, Cancellation);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));

    private static async Task Submit(AppInstance instance, int number)
    {
        using var answer = await instance.Client.PostAsync(
            "submissions/Actors?reason=correction", new StringContent($"Id,Name,Kind\nactor-{number},Somebody,person\n", new MediaTypeHeaderValue("text/csv")), Cancellation);
        var report = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, report);
        Assert.Equal(number, JsonElement.Parse(report).GetProperty("release").GetInt32());
    }

    /// <summary>Fires the timer, and returns when it has run.</summary>
    private static async Task Fire(AppInstance instance)
    {
        int Runs() => instance.Process.Printed.Count(line => line.Contains("The timer SendNotices ran", StringComparison.Ordinal));
        var before = Runs();
        using var answer = await instance.Client.PostAsync("../admin/functions/SendNotices", null, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        while (Runs() == before)
        {
            await Task.Delay(20, Cancellation);
        }
    }

    private static async Task<JsonElement> Until(AppInstance instance, string id, Func<JsonElement, bool> isSo)
    {
        while (true)
        {
            var webhook = JsonElement.Parse(await instance.Client.GetStringAsync($"webhooks/{id}", Cancellation));
            if (isSo(webhook))
            {
                return webhook;
            }

            await Task.Delay(50, Cancellation);
        }
    }

    private static string? Text(JsonElement document, string member) => document.GetProperty(member).GetString();
}
