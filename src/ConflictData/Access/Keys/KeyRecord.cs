using System.Security.Cryptography;

namespace ConflictData.Access;

/// <summary>A key as it is kept: everything about it but the secret.</summary>
public sealed record KeyRecord
{
    /// <summary>The part of the key that names it.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>What its makers call it.</summary>
    public required string Name { get; init; }

    /// <summary>In whose name it acts; keys of one owner are one caller.</summary>
    public required string Owner { get; init; }

    public required Scopes Scopes { get; init; }

    /// <summary>Names of the datasets that may be changed with it; null = all.</summary>
    public IReadOnlyList<string>? Datasets { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Owner of the key that it was made with.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>From when on it is not valid; null = it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }

    /// <summary>When it was used last, to the hour; null = never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Id of the key that it takes the place of; null = of none.</summary>
    public string? Replaces { get; init; }

    /// <summary>Id of the key that takes its place; null = of none.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>True where the secret of both is the same.</summary>
    public bool HasSecretOf(KeyRecord other) => CryptographicOperations.FixedTimeEquals(SecretHash, other.SecretHash);

    /// <summary>valid, expired or revoked.</summary>
    public string State(DateTimeOffset now) => RevokedAt is not null ? "revoked" : ExpiresAt <= now ? "expired" : "valid";

    public bool IsValid(DateTimeOffset now) => State(now) == "valid";

    /// <summary>Who calls with it.</summary>
    public Caller Caller => new(Id, Owner, Scopes) { Datasets = Datasets };
}
