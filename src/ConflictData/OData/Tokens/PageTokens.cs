using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>Writes and reads skip tokens.</summary>
public sealed class PageTokens(Settings settings, TimeProvider clock)
{
    private readonly TokenKeys keys = new(settings.TokenSecrets);

    /// <summary>
    /// Who may read on by the skip token of a query string, for callers that send no key of their own. Holds for the address
    /// that the token was made for, which <see cref="ODataService"/> checks. The caller must see to it that the key still stands.
    /// </summary>
    /// <param name="query">The query string as it was sent.</param>
    /// <returns>Null where there is no token, it is not ours, its reader was anonymous, or the hour after the one it was made in is over.</returns>
    public TokenAuthorisation? Authorisation(string query)
    {
        if (!RequestOptions.Read(query).Succeeded(out var options, out _) || options["skiptoken"] is not { } text)
        {
            return null;
        }
        return PageToken.Read(text, keys) is { KeyId.Length: > 0 } token && Hour - token.Hour is 0 or 1
            ? new TokenAuthorisation(token.KeyId, token.Owner)
            : null;
    }

    /// <summary>Hours since 1970: what authorisations are counted in.</summary>
    internal long Hour => PageToken.HourOf(clock.GetUtcNow());

    internal string Write(PagePosition position, byte[] queryHash, ODataCall call) =>
        new PageToken(position, queryHash, call.KeyId ?? "", call.Owner ?? "", Hour).Write(keys);

    /// <summary>The position, if the token is ours and belongs to the query.</summary>
    internal Result<PagePosition> Read(string text, byte[] queryHash) =>
        PageToken.Read(text, keys) is { } token && token.QueryHash.AsSpan().SequenceEqual(queryHash)
            ? token.Position
            : new ApiError(ErrorCode.BadToken, "The skip token is damaged, belongs to another query or was made by a server with other keys; begin the read again.")
            {
                Target = "$skiptoken",
            };
}
