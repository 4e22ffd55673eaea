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
