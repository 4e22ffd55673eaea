using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ConflictFunctions.Tests.Running.PowerBI;

/// <summary>The engine and an instance that gives nobody rows without a key.</summary>
[Collection(nameof(GuardedApp))]
public sealed class CredentialTests(GuardedApp guarded)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Mashup WithKey => new(guarded.Anonymous, guarded.AdminKey);

    private Mashup WithoutKey => new(guarded.Anonymous);

    [Theory]
    [InlineData("odata")]
    [InlineData("odata/")]
    [InlineData("odata/$metadata")]
    [InlineData("releases/1/odata")]
    [InlineData("releases/daily/odata/")]
    [InlineData("releases/daily/odata/$metadata")]
    public async Task The_bare_root_and_the_model_open_without_a_key(string address)
    {
        using var answer = await WithoutKey.Get(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("releases/1/odata/Casualties")]
    [InlineData("odata/Casualties/$count")]
    [InlineData("odata/Casualties?$skiptoken=x")]
    public async Task Rows_do_not(string address)
    {
        using var answer = await WithoutKey.Get(address);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.NotEmpty(answer.Headers.WwwAuthenticate);
        Assert.Contains("\"code\":\"unauthenticated\"", await Mashup.Read(answer));
    }

    [Fact]
    public async Task An_empty_Bearer_is_answered_with_a_challenge_and_without_rows()
    {
        foreach (var address in (string[])["odata/", "releases/1/odata/Casualties"])
        {
            using var answer = await WithoutKey.Get(address, ("Authorization", "Bearer"));

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.NotEmpty(answer.Headers.WwwAuthenticate);
            Assert.DoesNotContain("\"value\"", await Mashup.Read(answer));
        }
    }

    [Fact]
    public async Task The_key_works_as_the_password_of_the_Basic_credential_too()
    {
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"refresh:{guarded.AdminKey}")));

        Assert.Equal(18, (await WithoutKey.Json("releases/1/odata/Casualties", ("Authorization", basic.ToString()))).GetProperty("value").GetArrayLength());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_address_that_it_is_told_is_the_public_one_and_goes_on_without_the_key_or_with_it(int keysOnLinks)
    {
        // Only the public address leads to the instance here.
        var context = (await WithKey.Json(WithKey.WithKey("releases/1/odata/"))).GetProperty("@odata.context").GetString();
        Assert.Equal($"{GuardedApp.PublicUrl}/api/releases/1/odata/$metadata", context);

        Assert.Equal(86, (await WithKey.Rows("releases/1/odata/ZoneMemberships?$select=Id&$orderby=Grade", "maxpagesize=10", keysOnLinks)).Count);
        Assert.Equal(86, (await WithKey.Rows("releases/daily/odata/ZoneMemberships", "maxpagesize=10", keysOnLinks)).Count);
    }

    [Fact]
    public async Task A_next_link_opens_its_own_query_and_no_other()
    {
        var page = await WithKey.Json(WithKey.WithKey("releases/1/odata/ZoneMemberships?$select=Id"), ("Prefer", "maxpagesize=10"));
        var next = page.GetProperty("@odata.nextLink").GetString()!;

        Assert.StartsWith($"{GuardedApp.PublicUrl}/api/releases/1/odata/ZoneMemberships?$select=Id&$skiptoken=", next, StringComparison.Ordinal);
        foreach (var other in (string[])[next.Replace("ZoneMemberships", "Casualties"), next.Replace("$select=Id", "$select=Note"), next.Replace("releases/1/", "")])
        {
            using var answer = await WithoutKey.Get(other);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("\"badToken\"", await Mashup.Read(answer));
        }
    }

    [Fact]
    public async Task A_batch_needs_the_key_once()
    {
        using var batch = Mashup.Batch("ZoneMemberships?$select=Id&$top=1", "Casualties/$count");
        using var answer = await WithKey.Send(HttpMethod.Post, WithKey.WithKey("releases/1/odata/$batch"), batch);
        var text = await Mashup.Read(answer);

        Assert.Equal(2, text.Split("HTTP/1.1 200 OK\r\n").Length - 1);
        using var again = Mashup.Batch("Casualties/$count");
        using var refused = await WithoutKey.Send(HttpMethod.Post, "releases/1/odata/$batch", again);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task The_instance_prints_no_key_but_its_own_for_its_user()
    {
        await WithKey.Rows("releases/1/odata/Places?$select=Id", "maxpagesize=40", keysOnLinks: 1);
        using var wrong = await guarded.Anonymous.GetAsync($"odata/Places?code={guarded.AdminKey}x", Cancellation);

        Assert.Equal($"Admin key of this machine: {guarded.AdminKey}", Assert.Single(guarded.Printed, line => line.Contains("cf_", StringComparison.Ordinal)));
        Assert.DoesNotContain(guarded.Printed, line => line.Contains("code=", StringComparison.Ordinal));
    }
}
