using System.Security.Cryptography;
using System.Text;
using ConflictData.Api;

namespace ConflictData.Webhooks;

/// <summary>
/// Makes webhooks, so that a call which is sent again under its idempotency key makes no second one: the id of the webhook follows from the
/// call, and as long as no notice was taken the call gets a secret made anew, which ends the one that may have been lost. A secret that
/// was brought along stays, since whoever sends it knows it.
/// </summary>
internal sealed class WebhookMaker(IWebhookStore store)
{
    /// <summary>How many there may be.</summary>
    public const int Most = 50;

    /// <summary>Makes the webhook, or its secret anew.</summary>
    public async Task<Result<Webhook>> Make(Webhook wanted, CancellationToken cancellation)
    {
        var all = await store.All(cancellation);
        return all.FirstOrDefault(found => found.Webhook.Id == wanted.Id) is { } standing ? await MakeAgain(standing, wanted)
            : all.Count >= Most ? Full()
            : await MakeNew(wanted);
    }

    private async Task<Result<Webhook>> MakeNew(Webhook wanted)
    {
        var standing = await store.Add(wanted, CancellationToken.None);
        if (standing.Call != wanted.Call)
        {
            return Refusal(standing, wanted) ?? InProgress(standing, IdempotencyKey.OnItsWay);
        }

        // Others may have been made at the same time.
        if ((await store.All(CancellationToken.None)).Count > Most)
        {
            await store.Remove(wanted.Id, CancellationToken.None);
            return Full();
        }

        return wanted;
    }

    /// <summary>It is still told of what came since it was first made. Whoever tells it at the moment loses the turn, and what it takes then comes again.</summary>
    private async Task<Result<Webhook>> MakeAgain(StoredWebhook standing, Webhook wanted) =>
        Refusal(standing.Webhook, wanted) is { } refusal ? refusal
        : wanted.HasOwnSecret ? standing.Webhook
        : await store.Replace(standing, wanted with { Told = standing.Webhook.Told }, CancellationToken.None) is { } renewed ? renewed.Webhook
        : InProgress(standing.Webhook, IdempotencyKey.OnItsWay);

    /// <summary>Why the call does not get the webhook that an earlier one made; null where it does.</summary>
    private static ApiError? Refusal(Webhook last, Webhook wanted) =>
        !IsAskedForBy(last, wanted) ? Refuse(ErrorCode.IdempotencyMismatch, $"was used for the webhook {last.Id}, which was to be another.")
        : !last.HasOwnSecret && last.ToldAt is not null ? Refuse(ErrorCode.Conflict, $"made the webhook {last.Id}, which has taken a notice since, and no secret is shown twice.")
        : last.CreatedAt + IdempotencyKey.OnItsWay - wanted.CreatedAt is var wait && wait > TimeSpan.Zero ? InProgress(last, wait)
        : null;

    /// <summary>An address that is not well formed may come back from storage in another form, so that both are compared as they come back.</summary>
    private static bool IsAskedForBy(Webhook last, Webhook wanted) =>
        (last.Name, last.Url, last.HasOwnSecret) == (wanted.Name, new Uri(wanted.Url.AbsoluteUri), wanted.HasOwnSecret)
        && (last.Datasets ?? []).SequenceEqual(wanted.Datasets ?? [])
        && (!last.HasOwnSecret || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(last.Secret), Encoding.UTF8.GetBytes(wanted.Secret)));

    private static ApiError Refuse(ErrorCode code, string what) => IdempotencyKey.Refusal(code, $"{what} Use a new one for a new webhook.");

    private static ApiError InProgress(Webhook last, TimeSpan wait) =>
        IdempotencyKey.InProgress($"The webhook {last.Id}", last.HasOwnSecret ? "it is answered as it stands" : "its secret is made anew", wait);

    private static ApiError Full() => new(ErrorCode.Conflict, $"There are {Most} webhooks, and there can be no more. Remove one first.");
}
