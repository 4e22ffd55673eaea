using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Webhooks;

namespace ConflictData.OpenApi;

/// <summary>Webhooks.</summary>
internal static class WebhookOperations
{
    public static IEnumerable<Operation> All() =>
    [
        new("Webhooks", "listWebhooks", "All webhooks, without their secrets")
        {
            Tag = Tags.Webhooks, AnyOf = Scopes.Admin,
            Answers = [(200, Answers.OfJson("The webhooks.", "WebhookList", "webhooks"))],
        },
        new("MakeWebhook", "makeWebhook", "Make a webhook")
        {
            Method = HttpMethod.Post, Tag = Tags.Webhooks, AnyOf = Scopes.Admin, Parameters = ["webhookIdempotency"], Body = Bodies.Json("WebhookRequest", "webhookRequest"),
            Text = $"It is told of every release that is committed from now on. There may be {WebhookMaker.Most}.",
            Answers = [(201, Answers.OfJson("The webhook, this once with its secret where that was made here.", "Webhook", "madeWebhook", "Location"))],
            Errors = [ErrorCode.UnsupportedMediaType, ErrorCode.Conflict, ErrorCode.IdempotencyMismatch, ErrorCode.InProgress, ErrorCode.NotReady],
        },
        new("Webhook", "getWebhook", "A webhook, without its secret")
        {
            Tag = Tags.Webhooks, AnyOf = Scopes.Admin, Parameters = ["webhookId"],
            Answers = [(200, Answers.OfJson("The webhook: what it was told, and what is in the way.", "Webhook", "webhook"))],
            Errors = [ErrorCode.NotFound],
        },
        new("RemoveWebhook", "removeWebhook", "Remove a webhook")
        {
            Method = HttpMethod.Delete, Tag = Tags.Webhooks, AnyOf = Scopes.Admin, Parameters = ["webhookId"],
            Answers = [(200, Answers.OfJson("What it was.", "Webhook", "webhook"))],
            Errors = [ErrorCode.NotFound],
        },
    ];
}
