using ConflictData.Api;

namespace ConflictData.Access;

/// <summary>The two refusals: who are you, and you may not.</summary>
internal static class AccessErrors
{
    private const string Ways = "Send one as x-api-key, as Bearer token, as Basic password or as code=.";

    /// <summary>A key was shown that is not valid here.</summary>
    public static ApiError BadKey { get; } = new(ErrorCode.Unauthenticated, $"The key that was sent is not valid here. {Ways}");

    /// <summary>The caller lacks every one of the scopes.</summary>
    public static ApiError Denied(Caller caller, Scopes anyOf) => caller.KeyId is null
        ? new(ErrorCode.Unauthenticated, $"This needs a key. {Ways}")
        : new(ErrorCode.Forbidden, $"This needs a key with one of the scopes {anyOf.ToString().ToLowerInvariant()}.");
}
