using System.Globalization;
using Azure.Data.Tables;

namespace ConflictData.Webhooks;

/// <summary>A webhook as a row of table Webhooks.</summary>
internal static class WebhookRow
{
    public const string Partition = "webhooks";

    public static TableEntity Write(Webhook webhook) => new(Partition, webhook.Id)
    {
        ["Name"] = webhook.Name,
        ["Url"] = webhook.Url.AbsoluteUri,
        ["Secret"] = webhook.Secret,
        ["HasOwnSecret"] = webhook.HasOwnSecret,
        ["Call"] = webhook.Call,
        ["Datasets"] = webhook.Datasets is { } datasets ? string.Join(' ', datasets) : null,
        ["Api"] = webhook.Api.AbsoluteUri,
        ["CreatedAt"] = Text(webhook.CreatedAt),
        ["CreatedBy"] = webhook.CreatedBy,
        ["Told"] = webhook.Told,
        ["ToldAt"] = Text(webhook.ToldAt),
        ["Failures"] = webhook.Failures,
        ["FailingSince"] = Text(webhook.FailingSince),
        ["Trouble"] = webhook.Trouble,
        ["NextTry"] = Text(webhook.NextTry),
        ["Turn"] = webhook.Turn,
        ["TurnEnds"] = Text(webhook.TurnEnds),
    };

    public static StoredWebhook Read(TableEntity row) => new(
        new Webhook
        {
            Id = row.RowKey,
            Name = row.GetString("Name"),
            Url = new(row.GetString("Url")),
            Secret = row.GetString("Secret"),
            HasOwnSecret = row.GetBoolean("HasOwnSecret") ?? false,
            Call = row.GetString("Call"),
            Datasets = row.GetString("Datasets")?.Split(' '),
            Api = new(row.GetString("Api")),
            CreatedAt = Time(row, "CreatedAt")!.Value,
            CreatedBy = row.GetString("CreatedBy"),
            Told = row.GetInt32("Told")!.Value,
            ToldAt = Time(row, "ToldAt"),
            Failures = row.GetInt32("Failures")!.Value,
            FailingSince = Time(row, "FailingSince"),
            Trouble = row.GetString("Trouble"),
            NextTry = Time(row, "NextTry"),
            Turn = row.GetString("Turn"),
            TurnEnds = Time(row, "TurnEnds"),
        },
        row.ETag.ToString());

    /// <summary>True where a row says all that a webhook is.</summary>
    public static bool Says(TableEntity row, Webhook webhook) =>
        Write(webhook).Where(column => column.Key is not ("PartitionKey" or "RowKey")).All(column => Equals(row.TryGetValue(column.Key, out var said) ? said : null, column.Value));

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(TableEntity row, string column) => row.GetString(column) is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;
}
