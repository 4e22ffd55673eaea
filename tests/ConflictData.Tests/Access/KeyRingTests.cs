using System.Text;
using ConflictData.Access;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Tests.Access;

public sealed class KeyRingTests
{
    private static readonly KeyText Key = KeyText.Make();
    private static readonly KeyText Other = KeyText.Make();

    public static TheoryData<string, string> WaysToShowAKey => new()
    {
        { "x-api-key", Key.Reveal() },
        { "Authorization", $"Bearer {Key.Reveal()}" },
        { "Authorization", $"bearer {Key.Reveal()}" },
        { "Authorization", Basic("anyone", Key.Reveal()) },
        { "Authorization", Basic("", Key.Reveal()) },
    };

    public static TheoryData<string, string> KeysThatAreNotValid => new()
    {
        { "x-api-key", Other.Reveal() },
        { "x-api-key", new KeyText(Key.Id, Other.Secret).Reveal() },
        { "x-api-key", new KeyText(Other.Id, Key.Secret).Reveal() },
        { "x-api-key", "" },
        { "x-api-key", "cf_" },
        { "x-api-key", "cf__" },
        { "x-api-key", $"cf_{new string('a', 10_000)}_b" },
        { "Authorization", "Bearer " },
        { "Authorization", "Basic not-base64!" },
        { "Authorization", "Bearer" },
        { "x-api-key", $"cf_{Key.Id}/x_{Key.Secret}" },
        { "Authorization", Basic(Key.Reveal(), "") },
        { "Authorization", Basic(Key.Reveal(), Other.Reveal()) },
        { "Authorization", $"Digest {Key.Reveal()}" },
    };

    [Theory, MemberData(nameof(WaysToShowAKey))]
    public async Task The_admin_key_is_known_however_it_is_shown(string header, string value)
    {
        Assert.True((await Identify(request => request.Headers[header] = value)).Succeeded(out var caller, out _));
        Assert.Equal((Key.Id, Scopes.All), (caller.KeyId!, caller.Scopes));
    }

    [Fact]
    public async Task The_admin_key_is_known_in_the_query()
    {
        Assert.True((await Identify(request => request.QueryString = new($"?code={Key.Reveal()}"))).Succeeded(out var caller, out _));
        Assert.True(caller.MayDo(Scopes.Curate));
    }

    [Fact]
    public async Task A_key_that_is_in_the_query_twice_is_one_key_and_two_keys_are_none()
    {
        Assert.True((await Identify(request => request.QueryString = new($"?code={Key.Reveal()}&code={Key.Reveal()}"))).Succeeded(out var caller, out _));
        Assert.Equal(Key.Id, caller.KeyId);
        Assert.False((await Identify(request => request.QueryString = new($"?code={Key.Reveal()}&code={Other.Reveal()}"))).Succeeded(out _, out _));
    }

    [Theory, MemberData(nameof(KeysThatAreNotValid))]
    public async Task A_key_that_is_not_valid_is_refused_and_not_taken_for_an_anonymous_call(string header, string value)
    {
        Assert.False((await Identify(request => request.Headers[header] = value, anonymousRead: true)).Succeeded(out _, out var error));
        Assert.Equal(ErrorCode.Unauthenticated, error.Code);
        Assert.DoesNotContain("cf_", error.Detail);
    }

    [Fact]
    public async Task A_header_comes_before_the_query_so_that_a_wrong_one_is_not_made_good()
    {
        Assert.False((await Identify(request =>
        {
            request.Headers["x-api-key"] = Other.Reveal();
            request.QueryString = new($"?code={Key.Reveal()}");
        })).Succeeded(out _, out _));
    }

    [Fact]
    public async Task The_key_of_the_Functions_host_is_none_of_ours()
    {
        Assert.True((await Identify(request => request.Headers["x-functions-key"] = Key.Reveal())).Succeeded(out var caller, out _));
        Assert.Null(caller.KeyId);
    }

    [Theory]
    [InlineData(true, Scopes.Read)]
    [InlineData(false, Scopes.None)]
    public async Task Without_a_key_the_setting_decides_about_reading(bool anonymousRead, Scopes expected)
    {
        Assert.True((await Identify(_ => { }, anonymousRead)).Succeeded(out var caller, out _));
        Assert.Equal(expected, caller.Scopes);
        Assert.Null(caller.KeyId);
    }

    [Fact]
    public async Task Without_an_admin_key_nobody_is_admin()
    {
        var settings = new Settings();
        var request = new DefaultHttpContext().Request;
        request.Headers["x-api-key"] = Key.Reveal();
        using var limits = new CallLimits(settings);
        Assert.False((await new KeyRing(settings, new AdminKey(settings), TimeProvider.System, limits).Identify(request)).Succeeded(out _, out _));
    }

    private static async Task<Result<Caller>> Identify(Action<HttpRequest> show, bool anonymousRead = false)
    {
        var settings = new Settings { AdminKey = Key.Reveal(), AnonymousRead = anonymousRead };
        var request = new DefaultHttpContext().Request;
        show(request);
        using var limits = new CallLimits(settings);
        return await new KeyRing(settings, new AdminKey(settings), TimeProvider.System, limits).Identify(request);
    }

    private static string Basic(string user, string password) =>
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";
}
