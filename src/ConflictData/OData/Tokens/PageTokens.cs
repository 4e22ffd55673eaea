using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>Writes and reads the tokens of links: skip tokens and delta tokens.</summary>
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
            : Bad("skip", "begin the read again");

    internal string Write(DeltaToken token) => token.Write(keys);

    /// <summary>The token, if it is ours and belongs to the query. One of a secret that is given up was ours as far as anyone can tell.</summary>
    internal Result<DeltaToken> ReadDelta(string text, byte[] queryHash)
    {
        if (DeltaToken.Read(text, keys) is { } token && token.QueryHash.AsSpan().SequenceEqual(queryHash))
        {
            return token;
        }
        return SignedToken.SignerOf(text, TokenKind.Delta) is { } signer && !keys.Knows(signer)
            ? new ApiError(ErrorCode.DeltaGone, "The delta link was made with a secret that is no longer in use; read the set anew.") { Target = "$deltatoken" }
            : Bad("delta", "follow a delta link as it was given, or read the set anew");
    }

    private static ApiError Bad(string kind, string remedy) => new(
        ErrorCode.BadToken, $"The {kind} token is damaged, belongs to another query or was made by a server with other keys; {remedy}.")
    {
        Target = $"${kind}token",
    };
}
