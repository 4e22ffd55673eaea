using System.Security.Cryptography;
using System.Text;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Access;

/// <summary>Tells who calls. Knows one key so far: the admin key.</summary>
public sealed class KeyRing(Settings settings, AdminKey adminKey)
{
    /// <summary>The caller of a request; anonymous where no key is shown; an error where one is shown that is not valid.</summary>
    public Result<Caller> Identify(HttpRequest request)
    {
        if (PresentedKey.Find(request) is not { } text)
        {
            return Caller.Anonymous(settings.AnonymousRead);
        }

        return KeyText.TryRead(text, out var key) && IsAdmin(key) ? new Caller(key.Id, "admin", Scopes.All) : AccessErrors.BadKey;
    }

    /// <summary>True while the key of that id is valid; what was granted in its name ends with it.</summary>
    public bool Stands(string keyId) => adminKey.Key is { } admin && admin.Id == keyId;

    private bool IsAdmin(KeyText key) =>
        adminKey.Key is { } admin
        && CryptographicOperations.FixedTimeEquals(key.SecretHash(), admin.SecretHash())
        && CryptographicOperations.FixedTimeEquals(Hash(key.Id), Hash(admin.Id));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
