using ConflictFunctions.Tests.Hosting;
using ConflictFunctions.Tests.Running.PowerBI;

namespace ConflictFunctions.Tests.Running.Access;

/// <summary>
/// No secret comes out. Every client of the tests looks for them in answers, and every app that a test started is looked through
/// when it ends; here they are sent in every way on purpose.
/// </summary>
[Collection(nameof(GuardedApp))]
public sealed class SecretTests(GuardedApp guarded)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Admin key of this machine: cf_a1_0123456789abcdefghijklmnop", false)]
    [InlineData("GET /api/odata/ by cf_a1_…", false)]
    [InlineData("the code is 7", false)]
    [InlineData("key cf_a1_0123456789abcdefghijklmnop was sent", true)]
    [InlineData("Bearer eyJhbGciOiJSUzI1NiJ9.eyJvaWQiOiJ4In0.c2ln", true)]
    [InlineData("GET /api/odata/Places?code=swordfish", true)]
    [InlineData("GET /api/odata/Places?$skiptoken=AQRtYWluAQ0K", true)]
    [InlineData("a secret that was sent: noted-secret-4711", true)]
    public void A_line_that_gives_a_secret_away_is_found(string line, bool isLeak)
    {
        Secrets.Note("noted-secret-4711");
        Assert.Equal(isLeak, Record.Exception(() => Secrets.AssertNoneIn([line])) is not null);
    }

    /// <summary>People paste an address with the key in it where only a part of one belongs.</summary>
    [Theory]
    [InlineData("odata/Places&code={0}")]
    [InlineData("odata/Places('code={0}')")]
    [InlineData("odata/$entity?$id=Places('x')%3Fcode%3D{0}")]
    [InlineData("odata/Places?$filter=Name eq code={0}")]
    [InlineData("odata/Places?$filter=Name eq {0}")]
    [InlineData("odata/Places?${0}=1")]
    [InlineData("odata/Places?$orderby={0}&$select=Id")]
    [InlineData("odata/Places?$apply=groupby(({0}))")]
    [InlineData("odata/Places?$format={0}")]
    [InlineData("releases/{0}/odata/Places")]
    [InlineData("releases/{0}")]
    [InlineData("releases/1/diff/{0}")]
    [InlineData("datasets/{0}")]
    [InlineData("datasets/Places/records/{0}/history")]
    [InlineData("snapshots/1/{0}")]
    [InlineData("snapshots/{0}/places.csv")]
    [InlineData("geo/places?date={0}")]
    [InlineData("geo/places?{0}=1")]
    [InlineData("nothing/{0}")]
    public async Task A_key_that_strays_into_an_address_is_not_repeated(string address)
    {
        var key = await MadeKey.Make(guarded.Admin, ["read"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Format(System.Globalization.CultureInfo.InvariantCulture, address, key.Text));
        request.Headers.Add("x-api-key", key.Text);
        using var answer = await guarded.Anonymous.SendAsync(request, Cancellation);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{answer.StatusCode}: {body}");
        Assert.DoesNotContain(key.Text, body, StringComparison.Ordinal);
        Secrets.AssertNoneIn(guarded.Printed);
    }

    [Fact]
    public async Task Secrets_that_are_sent_with_requests_that_fail_are_neither_answered_nor_printed()
    {
        var key = await MadeKey.Make(guarded.Admin, ["read"]);
        var token = guarded.Tenant.Token();
        string[] addresses =
        [
            "odata/Nowhere", "odata/Places?$filter=broken(", "odata/Places?$skiptoken=AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "odata/Places?$deltatoken=BBBBBBBBBBBBBBBBBBBBBBBBBB",
            "releases/nothing", "datasets/Nothing", "snapshots/9999/places.csv", "submissions/nothing", "keys/nothing",
        ];
        foreach (var address in addresses)
        {
            foreach (var secret in (string[])[key.Text, $"{key.Text}x", token, $"{token}x"])
            {
                using var inQuery = new HttpRequestMessage(HttpMethod.Get, $"{address}{(address.Contains('?') ? '&' : '?')}code={secret}");
                using var inHeader = new HttpRequestMessage(HttpMethod.Get, address);
                inHeader.Headers.Authorization = new("Bearer", secret);
                using var forTheHost = new HttpRequestMessage(HttpMethod.Get, address);
                forTheHost.Headers.Add("x-functions-key", $"host-{secret}");
                foreach (var request in (HttpRequestMessage[])[inQuery, inHeader, forTheHost])
                {
                    using var answer = await guarded.Anonymous.SendAsync(request, Cancellation);
                    Assert.True((int)answer.StatusCode >= 400);
                }
            }
        }

        Secrets.AssertNoneIn(guarded.Printed);
    }
}
