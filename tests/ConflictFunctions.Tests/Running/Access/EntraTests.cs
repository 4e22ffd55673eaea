using System.Net;
using System.Net.Http.Headers;
using ConflictData.Tests.Access;
using ConflictFunctions.Tests.Running.PowerBI;

namespace ConflictFunctions.Tests.Running.Access;

/// <summary>Tokens of Entra ID over HTTP.</summary>
[Collection(nameof(GuardedApp))]
public sealed class EntraTests(GuardedApp guarded)
{
    [Fact]
    public async Task A_token_opens_what_its_roles_do_and_no_more()
    {
        var token = guarded.Tenant.Token();
        Assert.Equal(HttpStatusCode.OK, (await Send(token, "odata/Casualties?$top=1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(token, "submissions/none")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(token, "keys")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Send(guarded.Tenant.Token(claims: claims => claims["roles"] = "Admin"), "keys")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(guarded.Tenant.Token(claims: claims => claims.Remove("roles")), "odata/Casualties")).StatusCode);
    }

    [Fact]
    public async Task A_token_that_is_not_valid_is_401_and_not_repeated()
    {
        using var answer = await Send(guarded.Tenant.Token(FakeTenant.RsaKey("stranger")), "odata/Casualties");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("eyJ", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_organizational_account_of_Power_BI_is_told_where_to_sign_in()
    {
        using var answer = await Send(null, "odata/");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(["Bearer", "Basic"], answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
        Assert.Equal(
            $"authorization_uri=\"https://login.microsoftonline.com/{FakeTenant.Id}/oauth2/authorize\"", answer.Headers.WwwAuthenticate.First().Parameter);
    }

    [Fact]
    public async Task Every_page_of_a_read_with_a_token_needs_a_token_which_may_be_a_newer_one()
    {
        using var first = await Send(guarded.Tenant.Token(), "releases/1/odata/Places?$select=Id", ("Prefer", "maxpagesize=10"));
        var next = (await Mashup.Read(first)).Split("\"@odata.nextLink\":\"")[1].Split('"')[0];
        var newer = guarded.Tenant.Token(change: token => token.Expires = token.Expires!.Value.AddMinutes(20));
        Assert.Equal(HttpStatusCode.OK, (await Send(newer, next)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await guarded.Anonymous.GetAsync(next, TestContext.Current.CancellationToken)).StatusCode);
    }

    private async Task<HttpResponseMessage> Send(string? token, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = token is null ? new("Bearer") : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await guarded.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
