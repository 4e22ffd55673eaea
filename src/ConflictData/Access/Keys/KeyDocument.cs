using System.Text.Json.Serialization;

namespace ConflictData.Access;

/// <summary>A key as the API describes it.</summary>
/// <param name="Id">The part of it that names it.</param>
/// <param name="Key">The whole key; only in the answer that makes it.</param>
/// <param name="Name">What its makers call it.</param>
/// <param name="Owner">In whose name it acts.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Datasets">The datasets that it may change; null = all.</param>
/// <param name="State">valid, expired or revoked.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="CreatedBy">Owner of the key that it was made with.</param>
/// <param name="ExpiresAt">From when on it is not valid; null where it does not expire.</param>
/// <param name="RevokedAt">When it was revoked; null where it was not.</param>
/// <param name="RevokedBy">By whom.</param>
/// <param name="LastUsedAt">When it was used last, to the hour; null where it never was.</param>
/// <param name="Replaces">Id of the key that it takes the place of; null where of none.</param>
/// <param name="ReplacedBy">Id of the key that takes its place; null where none does.</param>
public sealed record KeyDocument(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key,
    string Name,
    string Owner,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string>? Datasets,
    string State,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    string? RevokedBy,
    DateTimeOffset? LastUsedAt,
    string? Replaces,
    string? ReplacedBy)
{
    internal static KeyDocument Of(KeyRecord record, DateTimeOffset now, KeyText? made = null) => new(
        record.Id, made?.Reveal(), record.Name, record.Owner, ScopeNames.Of(record.Scopes), record.Datasets, record.State(now),
        record.CreatedAt, record.CreatedBy, record.ExpiresAt, record.RevokedAt, record.RevokedBy, record.LastUsedAt, record.Replaces, record.ReplacedBy);
}

/// <summary>Some keys, in the order of their ids.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Next">Address of more; null where there are none.</param>
public sealed record KeyList(IReadOnlyList<KeyDocument> Keys, Uri? Next);
