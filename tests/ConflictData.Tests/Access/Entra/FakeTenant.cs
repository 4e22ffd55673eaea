using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ConflictData.Tests.Access;

/// <summary>A tenant of Entra ID on this machine: it publishes its issuer and keys over HTTP and signs tokens.</summary>
public sealed class FakeTenant : IAsyncDisposable
{
    public const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    public const string Audience = "api://conflict";

    private readonly WebApplication web;
    private readonly List<JsonWebKey> published = [];

    private FakeTenant(WebApplication web) => this.web = web;

    public bool IsDown { get; set; }

    /// <summary>How often the keys were fetched.</summary>
    public int Fetches { get; private set; }

    public string Issuer => $"https://login.microsoftonline.com/{Id}/v2.0";

    public string Metadata => web.Urls.First() + "/metadata";

    public static SigningCredentials Rsa { get; } = RsaKey("rsa");

    public static SigningCredentials Ec { get; } = new(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "ec" }, SecurityAlgorithms.EcdsaSha256);

    public Settings Settings => new() { EntraTenant = Id, EntraAudience = $"another;{Audience}", EntraMetadata = Metadata };

    /// <summary>A new key of that name, which is not published.</summary>
    public static SigningCredentials RsaKey(string id) => new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = id }, SecurityAlgorithms.RsaSha256);

    public static async Task<FakeTenant> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var web = builder.Build();
        var tenant = new FakeTenant(web);
        web.MapGet("/metadata", () => tenant.IsDown ? Results.StatusCode(500) : Results.Json(new { issuer = tenant.Issuer, jwks_uri = web.Urls.First() + "/keys" }));
        web.MapGet("/keys", tenant.Keys);
        await web.StartAsync(TestContext.Current.CancellationToken);
        tenant.Publish(Rsa.Key);
        tenant.Publish(Ec.Key);
        return tenant;
    }

    public void Publish(SecurityKey key)
    {
        var jwk = JsonWebKeyConverter.ConvertFromSecurityKey(key);
        published.Add(new() { Kty = jwk.Kty, Kid = jwk.Kid, N = jwk.N, E = jwk.E, Crv = jwk.Crv, X = jwk.X, Y = jwk.Y, Use = "sig" });
    }

    /// <summary>A token that is right but for what a test changes.</summary>
    public string Token(SigningCredentials? by = null, Action<SecurityTokenDescriptor>? change = null, Action<Dictionary<string, object>>? claims = null)
    {
        var all = new Dictionary<string, object> { ["oid"] = "6f9619ff-8b86-d011-b42d-00cf4fc964ff", ["azp"] = "a672d62c-fc7b-4e81-a576-e60dc46e951d", ["roles"] = new[] { "Read", "Contribute" } };
        claims?.Invoke(all);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            NotBefore = now.AddMinutes(-10),
            IssuedAt = now.AddMinutes(-10),
            Expires = now.AddMinutes(50),
            Claims = all,
            SigningCredentials = by ?? Rsa,
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private IResult Keys()
    {
        Fetches++;
        return IsDown ? Results.StatusCode(500) : Results.Json(new
        {
            keys = published.Select(key => new { kty = key.Kty, kid = key.Kid, use = key.Use, n = key.N, e = key.E, crv = key.Crv, x = key.X, y = key.Y }),
        });
    }
}
