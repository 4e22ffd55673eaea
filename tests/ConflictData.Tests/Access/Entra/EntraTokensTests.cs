using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ConflictData.Access;
using ConflictData.Api;
using Microsoft.IdentityModel.Tokens;

namespace ConflictData.Tests.Access;

/// <summary>Tokens of Entra ID, signed with keys of a tenant on this machine.</summary>
public sealed class EntraTokensTests : IAsyncLifetime
{
    private const string Unconfirmed = "its signature cannot be confirmed; RS256 and ES256 are taken.";

    private FakeTenant tenant = null!;
    private Door door = null!;

    public async ValueTask InitializeAsync()
    {
        tenant = await FakeTenant.Start();
        door = new(tenant.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        door.Dispose();
        await tenant.DisposeAsync();
    }

    [Fact]
    public async Task Roles_are_scopes_and_the_object_is_the_owner_whichever_algorithm_signs()
    {
        foreach (var by in new[] { FakeTenant.Rsa, FakeTenant.Ec })
        {
            Assert.True((await Identify(tenant.Token(by))).Succeeded(out var caller, out _));
            Assert.Equal(("6f9619ff-8b86-d011-b42d-00cf4fc964ff", Scopes.Read | Scopes.Contribute), (caller.Owner, caller.Scopes));
            Assert.NotNull(caller.KeyId);
        }

        Assert.Equal(1, tenant.Fetches);
    }

    [Theory]
    [InlineData("azp")]
    [InlineData("appid")]
    public async Task An_app_without_an_object_is_its_own_owner(string claim)
    {
        var token = tenant.Token(claims: claims =>
        {
            claims.Remove("oid");
            claims.Remove("azp");
            claims[claim] = "the-app";
        });
        Assert.True((await Identify(token)).Succeeded(out var caller, out _));
        Assert.Equal("the-app", caller.Owner);
    }

    [Fact]
    public async Task A_token_of_version_1_is_of_the_same_tenant_by_its_old_issuer()
    {
        var token = tenant.Token(change: token => token.Issuer = $"https://sts.windows.net/{FakeTenant.Id}/");
        Assert.True((await Identify(token)).Succeeded(out _, out _));
    }

    [Fact]
    public async Task A_token_without_one_of_our_roles_may_do_nothing()
    {
        Assert.True((await Identify(tenant.Token(claims: claims => claims["roles"] = new[] { "Owner", "None", "All", "3" }))).Succeeded(out var caller, out _));
        Assert.Equal(Scopes.None, caller.Scopes);
        Assert.Equal(ErrorCode.Forbidden, door.Ring.Denied(caller, Scopes.Read).Code);
    }

    [Theory]
    [InlineData("expired", "it has expired.")]
    [InlineData("early", "it is not valid yet.")]
    [InlineData("endless", "it never expires.")]
    [InlineData("audience", "it is for another audience.")]
    [InlineData("issuer", "it is of another issuer.")]
    [InlineData("ofNoApp", "it is no access token, which names the app that it was given to.")]
    public async Task A_token_that_is_not_for_us_now_is_refused_with_the_reason(string wrong, string why)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await AssertRefused(wrong switch
        {
            "expired" => tenant.Token(change: token => token.Expires = now.AddMinutes(-2)),
            "early" => tenant.Token(change: token => token.NotBefore = now.AddMinutes(2)),
            "endless" => tenant.Token(change: token => token.Expires = null),
            "audience" => tenant.Token(change: token => token.Audience = "api://other"),
            "issuer" => tenant.Token(change: token => token.Issuer = "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0"),
            _ => tenant.Token(claims: claims => claims.Remove("azp")),
        }, why);
    }

    [Fact]
    public async Task A_signature_of_a_stranger_is_refused()
    {
        await AssertRefused(tenant.Token(FakeTenant.RsaKey("rsa")), Unconfirmed);
        var right = tenant.Token();
        var other = tenant.Token(claims: claims => claims["roles"] = new[] { "Admin" });
        await AssertRefused($"{other[..other.LastIndexOf('.')]}{right[right.LastIndexOf('.')..]}", Unconfirmed);
    }

    [Fact]
    public async Task Only_the_two_algorithms_are_taken()
    {
        // No signature at all, and one by the public key as if it were a shared secret: the two old ways in.
        var payload = tenant.Token().Split('.')[1];
        await AssertRefused($"{Part("""{"alg":"none","typ":"JWT"}""")}.{payload}.", Unconfirmed);
        var key = ((RsaSecurityKey)FakeTenant.Rsa.Key).Rsa.ExportRSAPublicKey();
        var content = $"{Part("""{"alg":"HS256","typ":"JWT","kid":"rsa"}""")}.{payload}";
        await AssertRefused($"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(content)))}", Unconfirmed);
        await AssertRefused(tenant.Token(new(FakeTenant.Rsa.Key, SecurityAlgorithms.RsaSha512)), Unconfirmed);
        await AssertRefused(tenant.Token(new(FakeTenant.Rsa.Key, SecurityAlgorithms.RsaSsaPssSha256)), Unconfirmed);
    }

    [Fact]
    public async Task A_key_that_the_tenant_has_newly_published_is_fetched_and_unknown_ones_do_not_make_us_fetch_again_and_again()
    {
        Assert.True((await Identify(tenant.Token())).Succeeded(out _, out _));
        var next = FakeTenant.RsaKey("next");
        tenant.Publish(next.Key);
        Assert.True((await Identify(tenant.Token(next))).Succeeded(out _, out _));
        Assert.Equal(2, tenant.Fetches);

        foreach (var stranger in (string[])["a", "b", "c"])
        {
            await AssertRefused(tenant.Token(FakeTenant.RsaKey(stranger)), Unconfirmed);
        }

        Assert.Equal(2, tenant.Fetches);
    }

    [Fact]
    public async Task While_the_tenant_does_not_answer_a_token_is_503_unless_its_keys_are_known()
    {
        tenant.IsDown = true;
        Assert.False((await Identify(tenant.Token())).Succeeded(out _, out var error));
        Assert.Equal((ErrorCode.IdentityUnavailable, 5), (error.Code, error.RetryAfter));

        tenant.IsDown = false;
        using var fresh = new Door(tenant.Settings);
        Assert.True((await Identify(tenant.Token(), fresh)).Succeeded(out _, out _));
        tenant.IsDown = true;
        Assert.True((await Identify(tenant.Token(), fresh)).Succeeded(out _, out _));
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("e30.e30.")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30.AAAA")]
    public async Task What_only_looks_like_a_token_is_refused(string token) => await AssertRefused(token, "");

    [Fact]
    public async Task A_token_counts_as_Bearer_only_and_only_where_there_is_a_tenant()
    {
        Assert.False((await door.Identify(tenant.Token())).Succeeded(out _, out var error));
        Assert.Equal(ErrorCode.Unauthenticated, error.Code);
        using var without = new Door();
        Assert.False((await Identify(tenant.Token(), without)).Succeeded(out _, out error));
        Assert.Equal(ErrorCode.Unauthenticated, error.Code);
    }

    [Fact]
    public async Task An_empty_Bearer_is_told_where_to_sign_in_and_that_a_password_will_do()
    {
        Assert.False((await Identify("")).Succeeded(out _, out var error));
        Assert.Equal(
            [$"Bearer authorization_uri=\"https://login.microsoftonline.com/{FakeTenant.Id}/oauth2/authorize\"", "Basic realm=\"ConflictFunctions\", charset=\"UTF-8\""],
            error.Challenges.ToArray());
    }

    [Fact]
    public async Task A_token_grants_nothing_beyond_itself()
    {
        Assert.True((await Identify(tenant.Token())).Succeeded(out var caller, out _));
        Assert.Equal(Scopes.None, (await door.Ring.Standing(caller.KeyId!, TestContext.Current.CancellationToken)).Value!.Scopes);
    }

    [Fact]
    public void A_tenant_without_an_audience_ends_the_start() =>
        Assert.Contains("EntraAudience", Assert.Throws<StartupException>(() => new EntraTokens(new Settings { EntraTenant = FakeTenant.Id })).Message);

    private async Task AssertRefused(string token, string why)
    {
        Assert.False((await Identify(token)).Succeeded(out _, out var error));
        Assert.Equal(ErrorCode.Unauthenticated, error.Code);
        Assert.EndsWith(why, error.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", error.Detail);
    }

    private ValueTask<Result<Caller>> Identify(string token, Door? other = null)
    {
        var request = Door.Request(null);
        request.Headers.Authorization = $"Bearer {token}".Trim();
        return (other ?? door).Ring.Identify(request);
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
