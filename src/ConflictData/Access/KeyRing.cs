using System.Security.Cryptography;
using System.Text;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Access;

/// <summary>
/// Tells who calls: the first admin key, the keys that were made since, and tokens of Entra ID. An instance without a store
/// for keys knows the first only.
/// </summary>
public sealed class KeyRing(Settings settings, AdminKey adminKey, TimeProvider clock, CallLimits limits, KnownKeys? keys = null, EntraTokens? entra = null)
{
    /// <summary>Owner of the first admin key.</summary>
    private const string FirstOwner = "admin";

    /// <summary>Compared with where there is no key, so that an id that exists takes no longer than one that does not.</summary>
    private static readonly byte[] NoSecret = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    private readonly AccessErrors errors = new(settings);

    /// <summary>The caller of a request; anonymous where no key is shown; an error where one is shown that is not valid.</summary>
    public async ValueTask<Result<Caller>> Identify(HttpRequest request)
    {
        if (PresentedKey.Find(request) is not { } shown)
        {
            return Caller.Anonymous(settings.AnonymousRead);
        }

        var identified = shown.IsBearer && EntraTokens.LooksLikeOne(shown.Text) && entra is { IsOn: true }
            ? await FromToken(request, entra, shown.Text)
            : await FromKey(request, shown.Text);
        // A key takes nothing away that anybody may do.
        return identified.Succeeded(out var caller, out var error)
            ? caller with { Scopes = caller.Scopes | Caller.Anonymous(settings.AnonymousRead).Scopes }
            : error;
    }

    /// <summary>
    /// The caller in whose name something was granted, as long as the key is valid; anonymous and without any scope from then on.
    /// A token of Entra ID grants nothing beyond itself: nobody could take it back.
    /// </summary>
    public async ValueTask<Result<Caller>> Standing(string keyId, CancellationToken cancellation)
    {
        if (adminKey.Key is { } admin && admin.Id == keyId)
        {
            return new Caller(keyId, FirstOwner, Scopes.All);
        }

        if (keys is null || !KeyText.IsId(keyId))
        {
            return Caller.Anonymous(mayRead: false);
        }

        return !(await keys.Find(keyId, cancellation)).Succeeded(out var look, out var error) ? error
            : look.Record is { } record && record.IsValid(clock.GetUtcNow()) ? record.Caller
            : Caller.Anonymous(mayRead: false);
    }

    /// <summary>What a caller is told who lacks every one of the scopes.</summary>
    public ApiError Denied(Caller caller, Scopes anyOf) => errors.Denied(caller, anyOf);

    private async ValueTask<Result<Caller>> FromKey(HttpRequest request, string text) =>
        !KeyText.TryRead(text, out var key) ? Failed(request, errors.BadKey)
        : limits.RefuseGuess(request, key.Id) is { } later ? later
        : IsFirst(key) ? new Caller(key.Id, FirstOwner, Scopes.All)
        : keys is null ? Failed(request, errors.BadKey, key.Id)
        : await FromStore(request, keys, key);

    private async ValueTask<Result<Caller>> FromStore(HttpRequest request, KnownKeys keys, KeyText key)
    {
        // Whoever tried too often costs no look into storage; who shares the address and has a key that is known here goes on.
        if (!keys.Knows(key.Id) && limits.RefuseAttempt(request) is { } later)
        {
            return later;
        }

        if (!(await keys.Find(key.Id, request.HttpContext.RequestAborted)).Succeeded(out var look, out var unavailable))
        {
            return unavailable;
        }

        // The secret of a key that was never used may have been made anew on another instance.
        if (!Fits(key, look) && look.Record is { LastUsedAt: null } && limits.RefuseAttempt(request) is null
            && !(await keys.FindAnew(key.Id, request.HttpContext.RequestAborted)).Succeeded(out look, out unavailable))
        {
            return unavailable;
        }

        if (!Fits(key, look) || look.Record is not { } record || !record.IsValid(clock.GetUtcNow()))
        {
            return Failed(request, errors.BadKey, key.Id);
        }

        keys.Used(record);
        return record.Caller;
    }

    private static bool Fits(KeyText key, KeyLook look) =>
        CryptographicOperations.FixedTimeEquals(key.SecretHash(), look.Record?.SecretHash ?? NoSecret);

    private async ValueTask<Result<Caller>> FromToken(HttpRequest request, EntraTokens tokens, string text)
    {
        var read = await tokens.Read(text, request.HttpContext.RequestAborted);
        return read.Caller is { } caller ? caller : read.Trouble ?? Failed(request, errors.BadToken(read.Why!));
    }

    private ApiError Failed(HttpRequest request, ApiError refusal, string? keyId = null) => limits.CountFailure(request, keyId) ?? refusal;

    private bool IsFirst(KeyText key) =>
        adminKey.Key is { } admin
        && CryptographicOperations.FixedTimeEquals(key.SecretHash(), admin.SecretHash())
        && CryptographicOperations.FixedTimeEquals(Hash(key.Id), Hash(admin.Id));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
