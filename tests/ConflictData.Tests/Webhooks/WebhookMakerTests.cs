using ConflictData.Api;
using ConflictData.Webhooks;

namespace ConflictData.Tests.Webhooks;

/// <summary>Webhooks whose making is asked for again, in storage.</summary>
public sealed class WebhookMakerTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Again = "newsroom \"told\" 7";
    private const string OwnSecret = "brought-along-0123456789-0123456789";

    private static readonly WebhookRequest Request = new("Newsroom of \"الحسكة\"", "https://partner.example.org/told?token=x", ["places", "Arrests"], null);

    private WebhookScene scene = null!;
    private Receiver receiver = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (scene, receiver) = (await WebhookScene.Start(azurite), await Receiver.Start());

    public async ValueTask DisposeAsync()
    {
        await scene.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_call_that_is_sent_again_makes_the_secret_of_its_webhook_anew_and_no_other_webhook()
    {
        var first = await Made();
        scene.Commit(2);
        scene.Clock.Advance(IdempotencyKey.OnItsWay);
        var again = await Made();

        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Secret, again.Secret);
        Assert.Equal(again.Secret, Assert.Single(await scene.Store.All(Cancellation)).Webhook.Secret);
        Assert.Equal((first.Name, first.Url, 0), (again.Name, again.Url, again.Told));
    }

    [Theory]
    [InlineData("https://partner.example.org/%%41/%2e")]
    [InlineData("https://PARTNER.example.org:443/الحسكة?a=%7E&b=%2F+é#")]
    public async Task An_address_in_whatever_form_is_known_again(string url)
    {
        var first = await Made(Request with { Url = url });
        scene.Clock.Advance(IdempotencyKey.OnItsWay);
        Assert.Equal(first.Id, (await Made(Request with { Url = url })).Id);
    }

    [Fact]
    public async Task One_with_a_secret_that_was_brought_along_is_answered_as_it_stands_whatever_it_took()
    {
        var own = Request with { Secret = OwnSecret };
        var first = await Made(own);
        var stored = (await scene.Store.Find(first.Id, Cancellation))!;
        await scene.Store.Replace(stored, stored.Webhook with { Told = 3, ToldAt = scene.Clock.GetUtcNow() }, Cancellation);
        scene.Clock.Advance(IdempotencyKey.OnItsWay);
        var again = await Made(own);

        Assert.Equal((first.Id, OwnSecret, 3, first.CreatedAt), (again.Id, again.Secret, again.Told, again.CreatedAt));
        Assert.Single(await scene.Store.All(Cancellation));
    }

    [Fact]
    public async Task Without_a_key_or_under_another_or_by_another_owner_each_call_makes_its_own()
    {
        var ids = new[] { await Made(), await Made(by: "another"), await Made(idempotencyKey: "other"), await Made(idempotencyKey: null), await Made(idempotencyKey: null) }.Select(made => made.Id);
        Assert.Equal(5, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(OwnSecret)]
    public async Task Of_calls_that_come_at_once_one_makes_the_webhook_and_the_others_are_to_wait(string? secret)
    {
        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Make(Request with { Secret = secret })));
        var made = Assert.Single(calls, call => call.Succeeded(out _, out _)).Value!;
        Assert.All(calls.Where(call => call.Error is not null), call => Assert.Equal((ErrorCode.InProgress, 5), (call.Error!.Code, call.Error.RetryAfter)));
        Assert.Equal(made.Secret, Assert.Single(await scene.Store.All(Cancellation)).Webhook.Secret);
    }

    [Fact]
    public async Task Of_calls_that_are_sent_again_at_the_same_time_the_one_that_is_answered_has_the_secret()
    {
        await Made();
        scene.Clock.Advance(IdempotencyKey.OnItsWay);
        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Make()));
        var made = Assert.Single(calls, call => call.Succeeded(out _, out _)).Value!;
        Assert.All(calls.Where(call => call.Error is not null), call => Assert.Equal(ErrorCode.InProgress, call.Error!.Code));
        Assert.Equal(made.Secret, Assert.Single(await scene.Store.All(Cancellation)).Webhook.Secret);
    }

    [Fact]
    public async Task One_that_took_a_notice_keeps_its_secret()
    {
        var here = Here();
        var made = await Made(here);
        scene.Commit();
        await scene.Instance().Round.Run(Cancellation);
        await Refused(ErrorCode.Conflict, $"the webhook {made.Id}, which has taken a notice since", here);
        Assert.Equal(made.Secret, (await scene.Find(made.Id)).Secret);
    }

    [Fact]
    public async Task One_that_only_refused_notices_gets_another_secret_and_is_told_at_once_of_all_that_it_missed()
    {
        receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        };
        var here = Here();
        await Made(here);
        scene.Commit(2);
        var (round, _) = scene.Instance();
        await round.Run(Cancellation);
        scene.Clock.Advance(IdempotencyKey.OnItsWay / 2);
        await round.Run(Cancellation);
        scene.Clock.Advance(IdempotencyKey.OnItsWay / 2);
        var again = await Made(here);

        receiver.Answer = (_, _) => Task.CompletedTask;
        await round.Run(Cancellation);
        Assert.Equal([1, 2], receiver.Taken);
        Assert.All(receiver.Calls.Where(call => call.Status == 200), call => Assert.True(call.IsSignedWith(again.Secret)));
    }

    [Fact]
    public async Task What_is_taken_while_the_secret_is_made_anew_comes_again_with_the_new_one()
    {
        var here = Here();
        var first = await Made(here);
        scene.Clock.Advance(IdempotencyKey.OnItsWay);
        var again = first;
        receiver.Answer = async (call, _) => again = call == 1 ? await Made(here) : again;
        scene.Commit();
        var (round, _) = scene.Instance();
        await round.Run(Cancellation);
        await round.Run(Cancellation);

        Assert.Equal([1, 1], receiver.Taken);
        Assert.Equal([(true, false), (false, true)], receiver.Calls.Select(call => (call.IsSignedWith(first.Secret), call.IsSignedWith(again.Secret))));
    }

    [Fact]
    public async Task A_call_for_another_webhook_is_none_that_is_sent_again()
    {
        var made = await Made();
        WebhookRequest[] others =
        [
            Request with { Name = "Another" }, Request with { Url = "https://partner.example.org/told?token=y" }, Request with { Datasets = null },
            Request with { Datasets = ["Arrests"] }, Request with { Secret = OwnSecret },
        ];
        foreach (var other in others)
        {
            await Refused(ErrorCode.IdempotencyMismatch, made.Id, other);
        }

        await Made(Request with { Secret = OwnSecret }, idempotencyKey: "own");
        await Refused(ErrorCode.IdempotencyMismatch, "which was to be another", Request with { Secret = OwnSecret + "x" }, "own");
        await Refused(ErrorCode.IdempotencyMismatch, "which was to be another", Request, "own");
        Assert.Equal(2, (await scene.Store.All(Cancellation)).Count);
    }

    [Fact]
    public async Task One_that_was_removed_is_made_anew_and_told_of_what_comes_then()
    {
        var first = await Made();
        await scene.Store.Remove(first.Id, Cancellation);
        scene.Commit(3);
        var again = await Made();
        Assert.Equal((first.Id, 3), (again.Id, again.Told));
    }

    [Fact]
    public async Task The_last_that_there_may_be_can_be_asked_for_again()
    {
        for (var count = 1; count < WebhookMaker.Most; count++)
        {
            await scene.Store.Add(WebhookScene.Webhook(id: $"hook{count}"), Cancellation);
        }

        var first = await Made();
        await Refused(ErrorCode.Conflict, "There are 50 webhooks", Request, "another");
        Assert.Equal(first.Id, (await Made()).Id);
    }

    private WebhookRequest Here() => Request with { Url = receiver.Url.AbsoluteUri };

    private Task<Result<Webhook>> Make(WebhookRequest? request = null, string by = "admin", string? idempotencyKey = Again)
    {
        var wanted = (request ?? Request).Make(scene.Log.Commits.Count, new(new("https://figures.example.org/api/")), by, scene.Clock.GetUtcNow(), idempotencyKey);
        return new WebhookMaker(scene.Store).Make(wanted, Cancellation);
    }

    private async Task<Webhook> Made(WebhookRequest? request = null, string by = "admin", string? idempotencyKey = Again)
    {
        Assert.True((await Make(request, by, idempotencyKey)).Succeeded(out var made, out var error), error?.Detail);
        return made;
    }

    private async Task Refused(ErrorCode code, string why, WebhookRequest request, string idempotencyKey = Again)
    {
        scene.Clock.Advance(IdempotencyKey.OnItsWay);
        Assert.False((await Make(request, idempotencyKey: idempotencyKey)).Succeeded(out _, out var error));
        Assert.Equal(code, error.Code);
        Assert.Contains(why, error.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(OwnSecret, error.Detail, StringComparison.Ordinal);
    }
}
