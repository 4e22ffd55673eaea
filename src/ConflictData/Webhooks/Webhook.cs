namespace ConflictData.Webhooks;

/// <summary>Somebody who is told of releases, as it is kept.</summary>
public sealed record Webhook
{
    /// <summary>How long nothing can be delivered until it says that it fails.</summary>
    public static readonly TimeSpan FailsAfter = TimeSpan.FromDays(1);

    public required string Id { get; init; }

    /// <summary>What its makers call it.</summary>
    public required string Name { get; init; }

    /// <summary>Where notices are sent. May hold a secret of the receiver's: never logged.</summary>
    public required Uri Url { get; init; }

    /// <summary>What notices are signed with. Never logged or listed.</summary>
    public required string Secret { get; init; }

    /// <summary>True where its makers brought the secret along, so that no answer ever has it.</summary>
    public bool HasOwnSecret { get; init; }

    /// <summary>Names the call that made it, or that made its secret anew; no two calls have the same.</summary>
    public string? Call { get; init; }

    /// <summary>Names of the datasets whose releases it is told of; null = all.</summary>
    public IReadOnlyList<string>? Datasets { get; init; }

    /// <summary>The address of /api/ under which it was made, for links where no setting says one.</summary>
    public required Uri Api { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Owner of the key that it was made with.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The newest release that it was told of; at first the newest that there was.</summary>
    public required int Told { get; init; }

    /// <summary>When a notice was delivered last; null = never.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>Tries since then that failed.</summary>
    public int Failures { get; init; }

    /// <summary>When the first of them was; null where the last try went well.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>What went wrong the last time.</summary>
    public string? Trouble { get; init; }

    /// <summary>Not before then is it tried again.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Names the turn of whoever tells it at the moment, on whichever instance.</summary>
    public string? Turn { get; init; }

    /// <summary>Until when the turn lasts if it is not renewed; null = it is nobody's turn.</summary>
    public DateTimeOffset? TurnEnds { get; init; }

    /// <summary>active or failing.</summary>
    public string State(DateTimeOffset now) => FailingSince + FailsAfter <= now ? "failing" : "active";

    /// <summary>True where it may be told now, by whoever takes the turn.</summary>
    public bool IsDue(DateTimeOffset now) => !(NextTry > now) && !(TurnEnds > now);

    /// <summary>The id alone, so that one that strays into a log line or message gives no secret away.</summary>
    public override string ToString() => Id;
}

/// <summary>A webhook as it was read, with the version that a change of it goes by.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Version">Its version.</param>
public sealed record StoredWebhook(Webhook Webhook, string Version);
