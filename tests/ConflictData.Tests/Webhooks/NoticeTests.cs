using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Tests.Query;
using ConflictData.Webhooks;

namespace ConflictData.Tests.Webhooks;

/// <summary>What a webhook is to be told next.</summary>
public sealed class NoticeTests
{
    private static readonly Links Links = new(new("https://figures.example.org/api/"));

    [Fact]
    public void Whoever_lags_is_told_of_the_newest_and_with_the_first_of_them_of_all_before()
    {
        var history = History(Notice.MostWaiting + 7);
        var first = Notice.Next(WebhookScene.Webhook(told: 2), history, Links)!;
        Assert.Equal((8, "hook.8"), (first.Release, first.Id));
        Assert.Equal([3, 4, 5, 6, 7], first.Earlier);
        Assert.Equal("https://figures.example.org/api/releases/2/diff/8", first.Links.Changes!.AbsoluteUri);

        var told = new List<int>();
        for (var webhook = WebhookScene.Webhook(told: 2); Notice.Next(webhook, history, Links) is { } notice; webhook = webhook with { Told = notice.Release })
        {
            told.AddRange([.. notice.Earlier, notice.Release]);
        }

        Assert.Equal(Enumerable.Range(3, Notice.MostWaiting + 5), told);
    }

    [Fact]
    public void Whoever_keeps_up_is_told_of_one_release_at_a_time()
    {
        var notice = Notice.Next(WebhookScene.Webhook(told: 2), History(3), Links)!;
        Assert.Equal((3, TestLog.Start.AddHours(2), 0), (notice.Release, notice.CommittedAt, notice.Earlier.Count));
        Assert.Equal(
            """{"id":"hook.3","release":3,"committedAt":"2026-01-10T14:00:00+00:00","reason":null,"datasets":{"Places":1},"earlier":[],"links":{"release":"https://figures.example.org/api/releases/3","changes":"https://figures.example.org/api/releases/2/diff/3","feed":"https://figures.example.org/api/releases/3/odata/"}}""",
            System.Text.Encoding.UTF8.GetString(notice.Body()));
        Assert.Null(Notice.Next(WebhookScene.Webhook(told: 3), History(3), Links));
        Assert.Null(Notice.Next(WebhookScene.Webhook(told: 9), History(3), Links));
        Assert.Null(Notice.Next(WebhookScene.Webhook(), ReleaseHistory.Empty, Links));
        Assert.Null(Notice.Next(WebhookScene.Webhook(), History(1), Links)!.Links.Changes);
    }

    [Fact]
    public void Releases_of_other_datasets_are_passed_over()
    {
        var log = new TestLog();
        log.Add([TestLog.Place("a", "A")]);
        log.Add([TestLog.Actor("b", "B")]);
        log.Add([TestLog.Place("c", "C")]);
        var notice = Notice.Next(WebhookScene.Webhook() with { Datasets = ["Actors"] }, new(log.Commits.Select(item => item.Commit).ToList()), Links)!;
        Assert.Equal((2, 0), (notice.Release, notice.Earlier.Count));
        Assert.Null(Notice.Next(WebhookScene.Webhook(told: 2) with { Datasets = ["Actors"] }, new(log.Commits.Select(item => item.Commit).ToList()), Links));
    }

    private static ReleaseHistory History(int releases)
    {
        var log = new TestLog();
        for (var release = 1; release <= releases; release++)
        {
            log.Add([TestLog.Place($"p{release}", "P")]);
        }

        return new(log.Commits.Select(item => item.Commit).ToList());
    }
}
