using System.Text.Json.Serialization;

namespace ConflictData.Webhooks;

/// <summary>A webhook as the API describes it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Secret">What notices are signed with; only in the answer that makes it, and only where it was made here.</param>
/// <param name="Name">What its makers call it.</param>
/// <param name="Url">Where notices are sent.</param>
/// <param name="Datasets">The datasets whose releases it is told of; null = all.</param>
/// <param name="State">active, or failing where nothing could be delivered for a day.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="CreatedBy">Owner of the key that it was made with.</param>
/// <param name="Told">The newest release that it was told of; at first the newest that there was.</param>
/// <param name="ToldAt">When a notice was delivered last; null where none was.</param>
/// <param name="Failures">Tries since then that failed.</param>
/// <param name="FailingSince">When the first of them was; null where there was none.</param>
/// <param name="Trouble">What went wrong the last time; null where nothing did.</param>
/// <param name="NextTry">Not before then is it tried again; null where nothing is in the way.</param>
public sealed record WebhookDocument(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret,
    string Name,
    Uri Url,
    IReadOnlyList<string>? Datasets,
    string State,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    int Told,
    DateTimeOffset? ToldAt,
    int Failures,
    DateTimeOffset? FailingSince,
    string? Trouble,
    DateTimeOffset? NextTry)
{
    internal static WebhookDocument Of(Webhook webhook, DateTimeOffset now, string? madeSecret = null) => new(
        webhook.Id, madeSecret, webhook.Name, webhook.Url, webhook.Datasets, webhook.State(now), webhook.CreatedAt, webhook.CreatedBy,
        webhook.Told, webhook.ToldAt, webhook.Failures, webhook.FailingSince, webhook.Trouble, webhook.NextTry);
}

/// <summary>All webhooks, in the order of their ids.</summary>
/// <param name="Webhooks">The webhooks.</param>
public sealed record WebhookList(IReadOnlyList<WebhookDocument> Webhooks);
