using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Submissions;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Webhooks;

/// <summary>The body of a call that makes a webhook.</summary>
internal sealed record WebhookRequest(string? Name, string? Url, string[]? Datasets, string? Secret)
{
    /// <summary>Characters of an address.</summary>
    public const int LongestUrl = 2000;

    private const int IdLength = 12;

    private const string Form =
        "Send {\"name\": \"…\", \"url\": \"https://…\", \"datasets\": [\"Arrests\"], \"secret\": \"…\"} as application/json; datasets and secret may be left out.";

    /// <summary>A webhook as the body asks for it.</summary>
    public static async Task<Result<WebhookRequest>> Read(HttpRequest request, Settings settings, CancellationToken cancellation)
    {
        if (!(await JsonBody.Read(request, WebhookRequestJson.Default.WebhookRequest, Form, cancellation)).Succeeded(out var read, out var error))
        {
            return error;
        }

        return read.Problem(settings) is { } problem ? problem : read;
    }

    /// <summary>A new webhook of this kind, which is told of what comes after a release.</summary>
    /// <param name="newest">The release.</param>
    /// <param name="links">Where it is made.</param>
    /// <param name="by">Owner of the key that it is made with.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="idempotencyKey">Names the call among those of its owner; null = it is a call of its own.</param>
    public Webhook Make(int newest, Links links, string by, DateTimeOffset now, string? idempotencyKey = null) => new()
    {
        Id = idempotencyKey is null ? RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", IdLength) : IdempotencyKey.IdOf(by, "webhooks", idempotencyKey),
        Name = RowCheckText.Trim(Name)!,
        Url = Address!,
        Secret = Secret ?? NoticeSignature.NewSecret(),
        HasOwnSecret = Secret is not null,
        Call = Guid.NewGuid().ToString("N"),
        Datasets = Datasets is null ? null : [.. Datasets.Select(name => Catalog.Find(name)!.Name).Distinct().Order(StringComparer.Ordinal)],
        Api = links.Api,
        CreatedAt = now,
        CreatedBy = by,
        Told = newest,
    };

    /// <summary>Not what it asks for, of which a part may be a secret.</summary>
    public override string ToString() => nameof(WebhookRequest);

    private Uri? Address => Uri.TryCreate(Url, UriKind.Absolute, out var address) ? address : null;

    private ApiError? Problem(Settings settings) =>
        ProblemOfName()
        ?? ProblemOfUrl(settings)
        ?? (Secret is null || NoticeSignature.IsSecret(Secret) ? null
            : Bad("secret", $"secret must be {NoticeSignature.Shortest} to {NoticeSignature.Longest} printable characters of ASCII without spaces; leave it out to have one made."))
        ?? ProblemOfDatasets();

    private ApiError? ProblemOfName() =>
        RowCheckText.Trim(Name) is not { } name || name.Length > KeyRequest.LongestName ? Bad("name", $"name must be a text of 1 to {KeyRequest.LongestName} characters.")
        : RowCheckText.Check(name) is var (_, wrong) ? Bad("name", $"name: {wrong}")
        : null;

    /// <summary>A name may lead to another address each time, so that it is looked at when it is connected to; what can be told at once is.</summary>
    private ApiError? ProblemOfUrl(Settings settings) => Address switch
    {
        null => Bad("url", "url must be an address that begins with https://."),
        _ when Url!.Length > LongestUrl => Bad("url", $"url has more than {LongestUrl} characters."),
        { Scheme: not "https" } address when address.Scheme != Uri.UriSchemeHttp || !settings.WebhookHttp => Bad("url", "url must be an address that begins with https://."),
        { UserInfo.Length: > 0 } or { Fragment.Length: > 0 } => Bad("url", "url must have neither a user nor a fragment."),
        { } address when !settings.WebhookPrivateAddresses && IsPrivate(address) => Bad("url", "url must lead to a public address."),
        _ => null,
    };

    private static bool IsPrivate(Uri address) =>
        address.IsLoopback || (IPAddress.TryParse(address.DnsSafeHost, out var literal) && !PublicAddresses.Contains(literal));

    private ApiError? ProblemOfDatasets() => Catalog.ProblemOf(Datasets) is { } problem ? Bad("datasets", problem) : null;

    private static ApiError Bad(string target, string detail) => new(ErrorCode.BadRequest, $"{detail} {Form}") { Target = target };
}

[JsonSerializable(typeof(WebhookRequest))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
internal sealed partial class WebhookRequestJson : JsonSerializerContext;
