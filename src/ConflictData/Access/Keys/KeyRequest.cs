using System.Text.Json.Serialization;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Submissions;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Access;

/// <summary>The body of a call that makes a key.</summary>
internal sealed record KeyRequest(string? Name, string? Owner, string[]? Scopes, string[]? Datasets, string? Expires)
{
    public const int LongestName = 100;

    private const string Form =
        "Send {\"name\": \"…\", \"owner\": \"…\", \"scopes\": [\"read\"], \"datasets\": [\"Arrests\"], \"expires\": \"2027-01-31T00:00:00Z\"} "
        + "as application/json; datasets and expires may be left out.";

    /// <summary>The key that the body asks for, but for the secret's hash.</summary>
    public static async Task<Result<KeyOrder>> Read(HttpRequest request, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!(await JsonBody.Read(request, KeyRequestJson.Default.KeyRequest, Form, cancellation)).Succeeded(out var read, out var error))
        {
            return error;
        }

        return read.Problem(now) is { } problem ? problem : read.Order();
    }

    private ApiError? Problem(DateTimeOffset now) =>
        ProblemOfName()
        ?? (Owner is null || !RowCheckText.IsId(Owner) ? Bad("owner", "owner must be a letter or digit and up to 99 more letters, digits, dots, underscores, tildes and hyphens.") : null)
        ?? ProblemOfScopes()
        ?? ProblemOfDatasets()
        ?? (Expires is not null && Instant.Read(Expires) is not { } ? Bad("expires", "expires must be an instant such as 2027-01-31T00:00:00Z.") : null)
        ?? (Expires is not null && Instant.Read(Expires) <= now ? Bad("expires", "expires must be in the future.") : null);

    private ApiError? ProblemOfName() => RowCheckText.Trim(Name) is not { } name || name.Length > LongestName ? Bad("name", $"name must be a text of 1 to {LongestName} characters.")
        : RowCheckText.Check(name) is var (_, wrong) ? Bad("name", $"name: {wrong}")
        : null;

    private ApiError? ProblemOfScopes() => Scopes switch
    {
        null or [] => Bad("scopes", $"scopes must list at least one of {string.Join(", ", ScopeNames.All)}."),
        _ when Scopes.Any(name => name is null || ScopeNames.Find(name) == Access.Scopes.None) =>
            Bad("scopes", $"One of the scopes is none; there are {string.Join(", ", ScopeNames.All)}."),
        _ => null,
    };

    private ApiError? ProblemOfDatasets() => Catalog.ProblemOf(Datasets) is { } problem ? Bad("datasets", problem) : null;

    private KeyOrder Order() => new(
        RowCheckText.Trim(Name)!,
        Owner!,
        Scopes!.Aggregate(Access.Scopes.None, (scopes, name) => scopes | ScopeNames.Find(name)),
        Datasets is null ? null : [.. Datasets.Select(name => Catalog.Find(name)!.Name).Distinct().Order(StringComparer.Ordinal)],
        Expires is null ? null : Instant.Read(Expires));

    private static ApiError Bad(string target, string detail) => new(ErrorCode.BadRequest, $"{detail} {Form}") { Target = target };
}

/// <summary>What somebody wants a key to be.</summary>
internal sealed record KeyOrder(string Name, string Owner, Scopes Scopes, IReadOnlyList<string>? Datasets, DateTimeOffset? ExpiresAt)
{
    /// <summary>A new key of this kind, and what is kept of it.</summary>
    /// <param name="now">When it is made.</param>
    /// <param name="by">Owner of the key that it is made with.</param>
    /// <param name="id">Its id; null = a new one.</param>
    public (KeyText Key, KeyRecord Record) Make(DateTimeOffset now, string by, string? id = null)
    {
        var key = id is null ? KeyText.Make() : KeyText.Make(id);
        return (key, new KeyRecord
        {
            Id = key.Id,
            SecretHash = key.SecretHash(),
            Name = Name,
            Owner = Owner,
            Scopes = Scopes,
            Datasets = Datasets,
            CreatedAt = now,
            CreatedBy = by,
            ExpiresAt = ExpiresAt,
        });
    }
}

[JsonSerializable(typeof(KeyRequest))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
internal sealed partial class KeyRequestJson : JsonSerializerContext;
