using ConflictData.Tests.Faults;
using ConflictData.Webhooks;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Tests.Webhooks;

/// <summary>Webhooks are told of every release, in order, whatever happens to receivers and instances.</summary>
public sealed class NoticeRoundTests(AzuriteFixture azurite) : IAsyncLifetime
{
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
    public async Task Every_release_is_told_once_in_order_and_signed()
    {
        var webhook = await scene.Add(receiver.Url);
        var (round, lines) = scene.Instance();
        scene.Commit(3);
        await round.Run(Cancellation);
        scene.Commit();
        await round.Run(Cancellation);
        await round.Run(Cancellation);

        Assert.Equal([1, 2, 3, 4], receiver.Taken);
        Assert.All(receiver.Calls, call =>
        {
            Assert.Equal(("POST", "/told?token=of-the-receiver", "application/json"), (call.Method, call.Target, call.Headers["Content-Type"]));
            Assert.Equal(($"hook.{call.Release}", $"hook.{call.Release}"), (call.Json.GetProperty("id").GetString(), call.Headers["Conflict-Notice"]));
            Assert.StartsWith("ConflictFunctions/", call.Headers["User-Agent"], StringComparison.Ordinal);
            Assert.True(call.IsSignedWith(webhook.Secret));
            Assert.False(call.IsSignedWith(webhook.Secret + "x"));
            Assert.False(call.Headers.ContainsKey("traceparent"));
        });
        var after = await scene.Find();
        Assert.Equal((4, scene.Clock.GetUtcNow(), 0, null, null), (after.Told, after.ToldAt, after.Failures, after.Trouble, after.TurnEnds));
        Assert.DoesNotContain(lines.All, line => line.Contains(webhook.Secret, StringComparison.Ordinal) || line.Contains("token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_after_growing_pauses_with_the_same_notice_until_it_recovers()
    {
        await scene.Add(receiver.Url);
        var (round, _) = scene.Instance();
        receiver.Answer = (_, context) => Status(context, 500);
        scene.Commit(2);
        var began = scene.Clock.GetUtcNow();
        TimeSpan[] pauses = [.. new[] { 5, 15, 45, 135, 405, 1215, 3645, 10935, 32805, 86400, 86400 }.Select(seconds => TimeSpan.FromSeconds(seconds))];
        foreach (var (index, pause) in pauses.Index())
        {
            await round.Run(Cancellation);
            await round.Run(Cancellation);
            Assert.Equal(index + 1, receiver.Calls.Count);
            var failing = await scene.Find();
            Assert.Equal((0, index + 1, began, "It answered 500.", scene.Clock.GetUtcNow() + pause), (failing.Told, failing.Failures, failing.FailingSince, failing.Trouble, failing.NextTry));
            Assert.Equal(scene.Clock.GetUtcNow() - began >= TimeSpan.FromDays(1) ? "failing" : "active", failing.State(scene.Clock.GetUtcNow()));
            scene.Clock.Advance(pause - TimeSpan.FromSeconds(1));
            await round.Run(Cancellation);
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(receiver.Calls.Select(call => call.Headers["Conflict-Notice"]).Distinct());
        Assert.Equal("failing", (await scene.Find()).State(scene.Clock.GetUtcNow()));
        receiver.Answer = (_, _) => Task.CompletedTask;
        await round.Run(Cancellation);
        Assert.Equal([1, 2], receiver.Taken);
        var after = await scene.Find();
        Assert.Equal((2, 0, null, null, null, "active"), (after.Told, after.Failures, after.FailingSince, after.NextTry, after.Trouble, after.State(scene.Clock.GetUtcNow())));
    }

    [Fact]
    public async Task Whoever_was_away_for_long_is_told_of_the_newest_and_loses_none()
    {
        await scene.Add(receiver.Url);
        var (round, _) = scene.Instance();
        scene.Commit(Notice.MostWaiting + 30);
        await round.Run(Cancellation);
        Assert.Equal(Notice.MostWaiting, receiver.Calls.Count);
        Assert.Equal(
            Enumerable.Range(1, Notice.MostWaiting + 30),
            receiver.Calls.SelectMany(call => call.Json.GetProperty("earlier").EnumerateArray().Select(release => release.GetInt32()).Append(call.Release)));
    }

    [Fact]
    public async Task Instances_that_run_at_once_do_not_both_tell_and_keep_the_order()
    {
        await scene.Add(receiver.Url);
        var instances = Enumerable.Range(0, 3).Select(_ => scene.Instance().Round).ToList();
        for (var turn = 0; turn < 5; turn++)
        {
            scene.Commit(2);
            await Task.WhenAll(instances.Select(round => round.Run(Cancellation)));
        }

        await instances[0].Run(Cancellation);
        Assert.Equal(Enumerable.Range(1, 10), receiver.Taken);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_keeps_nobody_else_waiting_and_is_given_up_after_ten_seconds()
    {
        await using var slow = await Receiver.Start();
        var (reached, told) = (new TaskCompletionSource(), new TaskCompletionSource());
        slow.Answer = async (_, context) =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await scene.Add(slow.Url, "a-slow");
        await scene.Add(receiver.Url);
        var (round, _) = scene.Instance(noted: webhook =>
        {
            if (webhook is { Id: "hook", Told: 1 })
            {
                told.TrySetResult();
            }
        });
        scene.Commit();
        var running = round.Run(Cancellation);
        await Task.WhenAll(reached.Task, told.Task).WaitAsync(Cancellation);

        Assert.False(running.IsCompleted);
        scene.Clock.Advance(NoticeClient.Patience);
        await running;
        Assert.Equal((0, "It did not answer within 10 seconds."), ((await scene.Find("a-slow")).Told, (await scene.Find("a-slow")).Trouble));
        Assert.Equal(1, (await scene.Find()).Told);
    }

    [Fact]
    public async Task Who_ends_while_it_tells_is_followed_after_a_minute_by_another_that_goes_on()
    {
        await scene.Add(receiver.Url);
        scene.Commit(3);
        // The way to storage ends when the first notice is delivered and is to be noted.
        await using var cut = new CutOff(azurite.ConnectionString, (request, now) => now == Moment.Arrived && request.Text.StartsWith("PUT ", StringComparison.Ordinal) && receiver.Calls.Count == 1);
        var (dying, _) = scene.Instance(cut.ConnectionString);
        await Assert.ThrowsAnyAsync<Exception>(() => dying.Run(Cancellation));
        Assert.Equal([1], receiver.Taken);

        var (next, _) = scene.Instance();
        await next.Run(Cancellation);
        Assert.Equal([1], receiver.Taken);
        scene.Clock.Advance(NoticeRound.TurnLasts);
        await next.Run(Cancellation);
        Assert.Equal([1, 1, 2, 3], receiver.Taken);
        Assert.Equal(receiver.Calls.First().Headers["Conflict-Notice"], receiver.Calls.ElementAt(1).Headers["Conflict-Notice"]);
    }

    [Fact]
    public async Task One_that_is_removed_meanwhile_is_told_no_more()
    {
        await scene.Add(receiver.Url);
        var (round, _) = scene.Instance();
        scene.Commit(3);
        receiver.Answer = async (_, _) => await scene.Store.Remove("hook", Cancellation);
        await round.Run(Cancellation);
        Assert.Equal([1], receiver.Taken);
        Assert.Empty(await scene.Store.All(Cancellation));
    }

    [Theory]
    [InlineData(302, "It answered 302; redirects are not followed.")]
    [InlineData(307, "It answered 307; redirects are not followed.")]
    [InlineData(410, "It answered 410.")]
    public async Task What_is_answered_is_told_and_no_redirect_is_followed(int status, string trouble)
    {
        await scene.Add(receiver.Url);
        var (round, lines) = scene.Instance();
        receiver.Answer = (_, context) =>
        {
            context.Response.Headers.Location = new Uri(receiver.Url, "/elsewhere").AbsoluteUri;
            return Status(context, status);
        };
        scene.Commit();
        await round.Run(Cancellation);
        Assert.Single(receiver.Calls);
        Assert.Equal(trouble, (await scene.Find()).Trouble);
        Assert.Contains(lines.All, line => line.Contains(trouble, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_private_address_is_not_connected_to()
    {
        await scene.Add(receiver.Url);
        var (round, _) = scene.Instance(isGuarded: true);
        scene.Commit();
        await round.Run(Cancellation);
        Assert.Empty(receiver.Calls);
        Assert.Equal("Its address is not a public one.", (await scene.Find()).Trouble);
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
