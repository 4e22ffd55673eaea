using ConflictData.Api;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ConflictData.Access;

/// <summary>What came of reading a token: its caller, why it is not valid, or why nobody can tell.</summary>
internal readonly record struct TokenReading(Caller? Caller, string? Why = null, ApiError? Trouble = null);

/// <summary>
/// Access tokens of Entra ID: of our tenant, for this app, not expired, signed with a key that the tenant publishes. Its app roles
/// are the scopes, and its object is the owner. Off without <see cref="Settings.EntraTenant"/>.
/// </summary>
public sealed class EntraTokens(Settings settings)
{
    private const int Longest = 16 * 1024;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? published = Published(settings);

    /// <summary>True where tokens are taken.</summary>
    public bool IsOn => published is not null;

    private static ApiError Unavailable { get; } = new(ErrorCode.IdentityUnavailable, "The keys that tokens are signed with cannot be fetched from Entra ID; try again.")
    {
        RetryAfter = 5,
    };

    /// <summary>True for what has the form of a token rather than of a key.</summary>
    public static bool LooksLikeOne(string text) => text.Count(c => c == '.') == 2;

    internal async ValueTask<TokenReading> Read(string text, CancellationToken cancellation)
    {
        if (text.Length > Longest)
        {
            return new(null, "it is too long.");
        }

        if (!await HasKeys(cancellation))
        {
            return new(null, Trouble: Unavailable);
        }

        var result = await handler.ValidateTokenAsync(text, Rules());
        return result.IsValid ? Read((JsonWebToken)result.SecurityToken) : new(null, Why(result.Exception));
    }

    /// <summary>To be asked first, since the handler takes keys that cannot be fetched for keys that are not there. Many may wait for one fetch.</summary>
    private async ValueTask<bool> HasKeys(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await published!.GetConfigurationAsync(stop.Token);
            return true;
        }
        catch (Exception problem) when (problem is InvalidOperationException || patience.IsCancellationRequested)
        {
            return false;
        }
    }

    private static TokenReading Read(JsonWebToken token)
    {
        // Every access token names the app that it was given to; a token that only tells an app who its user is does not.
        if ((Text(token, "azp") ?? Text(token, "appid")) is not { } app || (Text(token, "oid") ?? app) is not { Length: > 0 and <= 100 } owner)
        {
            return new(null, "it is no access token, which names the app that it was given to.");
        }

        var scopes = token.Claims.Where(claim => claim.Type == "roles").Aggregate(Scopes.None, (scopes, role) => scopes | ScopeNames.Find(role.Value));
        // No id of a key has a dot in it.
        return new(new Caller($"entra.{owner}", owner, scopes));
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) ? value : null;

    private TokenValidationParameters Rules() => new()
    {
        // A key id that is not known makes it fetch the keys anew, at most once in the refresh interval.
        ConfigurationManager = published,
        // Tokens of version 1 have this issuer; that of version 2 stands beside the keys.
        ValidIssuer = $"https://sts.windows.net/{settings.EntraTenant.ToLowerInvariant()}/",
        ValidAudiences = settings.EntraAudience.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
        TryAllIssuerSigningKeys = false,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        ClockSkew = ClockSkew,
    };

    private static string Why(Exception problem) => problem switch
    {
        SecurityTokenExpiredException => "it has expired.",
        SecurityTokenNoExpirationException => "it never expires.",
        SecurityTokenNotYetValidException => "it is not valid yet.",
        SecurityTokenInvalidAudienceException => "it is for another audience.",
        SecurityTokenInvalidIssuerException => "it is of another issuer.",
        SecurityTokenMalformedException or ArgumentException => "it cannot be read.",
        _ => "its signature cannot be confirmed; RS256 and ES256 are taken.",
    };

    private static ConfigurationManager<OpenIdConnectConfiguration>? Published(Settings settings)
    {
        if (settings.EntraTenant.Length == 0)
        {
            return null;
        }

        if (settings.EntraAudience.Length == 0)
        {
            throw new StartupException("The setting EntraAudience must name the app that tokens are for, since EntraTenant is set.");
        }

        var address = settings.EntraMetadata.Length > 0
            ? settings.EntraMetadata
            : $"https://login.microsoftonline.com/{settings.EntraTenant}/v2.0/.well-known/openid-configuration";
        var retriever = new HttpDocumentRetriever(new HttpClient { Timeout = Patience }) { RequireHttps = !new Uri(address).IsLoopback };
        return new(address, new OpenIdConnectConfigurationRetriever(), retriever);
    }
}
