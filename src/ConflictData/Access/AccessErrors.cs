using ConflictData.Api;
using ConflictData.Datasets;
using Microsoft.Extensions.Primitives;

namespace ConflictData.Access;

/// <summary>The refusals of access: who are you, you may not, not so often.</summary>
internal sealed class AccessErrors(Settings settings)
{
    private const string Ways = "Send one as x-api-key, as Bearer token, as Basic password or as code=.";

    /// <summary>
    /// The ways to say who one is, for WWW-Authenticate. Power BI's organizational account finds the place to sign in by the first;
    /// everything else that asks its user for a password goes by the last.
    /// </summary>
    private readonly StringValues challenges = new(
    [
        .. settings.EntraTenant.Length > 0 ? [$"Bearer authorization_uri=\"https://login.microsoftonline.com/{settings.EntraTenant}/oauth2/authorize\""] : Array.Empty<string>(),
        "Basic realm=\"ConflictFunctions\", charset=\"UTF-8\"",
    ]);

    /// <summary>A key was shown that is not valid here.</summary>
    public ApiError BadKey => Unauthenticated($"The key that was sent is not valid here. {Ways}");

    /// <summary>A token was shown that is not valid here; the reason names no part of it.</summary>
    public ApiError BadToken(string why) => Unauthenticated($"The token that was sent is not valid here: {why}");

    /// <summary>The caller lacks every one of the scopes.</summary>
    public ApiError Denied(Caller caller, Scopes anyOf) => caller.KeyId is null
        ? Unauthenticated($"This needs a key. {Ways}")
        : new(ErrorCode.Forbidden, $"This needs a key with one of the scopes {string.Join(", ", ScopeNames.Of(anyOf))}.");

    /// <summary>The refusal where a key may change some datasets only and one of these is none of them; null where it may change all of them.</summary>
    /// <param name="own">Names of the datasets that it may change; null = all.</param>
    /// <param name="datasets">Those that are to be changed.</param>
    public static ApiError? OfDatasets(IReadOnlyList<string>? own, IEnumerable<Dataset> datasets) =>
        own is not null && datasets.FirstOrDefault(dataset => !own.Contains(dataset.Name)) is { } other
            ? new(ErrorCode.Forbidden, $"This key may change {string.Join(", ", own)} only, not {other.Name}.") { Target = "dataset" }
            : null;

    private ApiError Unauthenticated(string detail) => new(ErrorCode.Unauthenticated, detail) { Challenges = challenges };
}
