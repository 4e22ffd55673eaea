using ConflictData.Api;
using ConflictData.Query;
using Microsoft.Extensions.Logging;

namespace ConflictData.Webhooks;

/// <summary>
/// Tells every webhook of the releases that it does not know yet, one after the other. Who tells one takes a turn for it first, which others
/// leave alone and which ends by itself where its instance does: so each notice is delivered at least once, and in order, and two instances do
/// not both go on delivering. Safe to run twice at once.
/// </summary>
public sealed class NoticeRound(IWebhookStore store, NoticeClient client, ReleaseFollower follower, Settings settings, TimeProvider clock, ILogger<NoticeRound> log)
{
    /// <summary>How long a turn lasts that is not renewed; longer than a notice may take, with time for the writes around it.</summary>
    internal static readonly TimeSpan TurnLasts = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>Tells all that may be told now. What goes wrong with a receiver is noted with its webhook; throws where storage cannot be reached.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var due = (await store.All(cancellation)).Where(found => found.Webhook.IsDue(now)).ToList();
        // All at once: one that does not answer keeps no other waiting, and what goes wrong with one ends no other's turn.
        await Task.WhenAll(due.Select(found => Tell(found, cancellation)));
    }

    /// <summary>The pause after a number of failures: some seconds, then three times as long each time, up to a day.</summary>
    internal static TimeSpan Pause(int failures) => TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(3, failures - 1)));

    private async Task Tell(StoredWebhook found, CancellationToken cancellation)
    {
        if (await Next(found.Webhook, cancellation) is not { } notice)
        {
            return;
        }

        var held = await store.Replace(found, Renewed(found.Webhook) with { Turn = Guid.NewGuid().ToString("N") }, cancellation);
        // An instance that was held up may have lost its turn without knowing. No more are told than may wait, so that a round ends.
        for (var count = 1; held?.Webhook.TurnEnds > clock.GetUtcNow(); count++)
        {
            var trouble = await client.Send(held.Webhook, notice, cancellation);
            var after = trouble is null ? Told(held.Webhook, notice) : Failed(held.Webhook, notice, trouble);
            var goesOn = trouble is null && count < Notice.MostWaiting && !cancellation.IsCancellationRequested;
            var next = goesOn ? await Next(after, CancellationToken.None) : null;
            held = await store.Replace(held, next is null ? after with { Turn = null, TurnEnds = null } : Renewed(after), CancellationToken.None);
            if (next is null)
            {
                return;
            }

            notice = next;
        }
    }

    private async Task<Notice?> Next(Webhook webhook, CancellationToken cancellation) =>
        (await follower.Current(cancellation)).Succeeded(out var history, out _) ? Notice.Next(webhook, history, Links.Known(settings) ?? new(webhook.Api)) : null;

    private Webhook Renewed(Webhook webhook) => webhook with { TurnEnds = clock.GetUtcNow() + TurnLasts };

    private Webhook Told(Webhook webhook, Notice notice)
    {
        log.WebhookTold(webhook.Id, notice.Release);
        return webhook with { Told = notice.Release, ToldAt = clock.GetUtcNow(), Failures = 0, FailingSince = null, Trouble = null, NextTry = null };
    }

    private Webhook Failed(Webhook webhook, Notice notice, string trouble)
    {
        var now = clock.GetUtcNow();
        var (failures, since) = (webhook.Failures + 1, webhook.FailingSince ?? now);
        log.WebhookNotTold(webhook.Id, notice.Release, failures, trouble);
        if (webhook.State(now) == "failing")
        {
            log.WebhookFailing(webhook.Id, (long)(now - since).TotalHours);
        }

        return webhook with { Failures = failures, FailingSince = since, Trouble = trouble, NextTry = now + Pause(failures) };
    }
}
