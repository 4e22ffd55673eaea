using System.Net;

namespace ConflictFunctions.Tests.Running.Access;

/// <summary>Who calls too often is told when to come back.</summary>
public sealed class LimitTests(RunningApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Too_many_calls_are_429_in_the_shape_of_their_address_and_health_is_always_answered()
    {
        var (process, admin) = await app.StartAnother(new() { ["RequestsPerMinute"] = "3", ["FailedKeysPerMinute"] = "2" });
        await using var _ = process;
        using var anonymous = new HttpClient(new SecretWatch()) { BaseAddress = admin.BaseAddress };
        for (var call = 0; call < 3; call++)
        {
            Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync("datasets", Cancellation)).StatusCode);
        }

        foreach (var (address, code) in ((string, string)[])[("datasets", "\"code\":\"rateLimited\""), ("odata/Places", "{\"error\":{\"code\":\"rateLimited\"")])
        {
            using var refused = await anonymous.GetAsync(address, Cancellation);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 20);
            Assert.Contains(code, await refused.Content.ReadAsStringAsync(Cancellation));
        }

        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("datasets", Cancellation)).StatusCode);
        HttpStatusCode[] expected = [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests];
        foreach (var status in expected)
        {
            Assert.Equal(status, (await anonymous.GetAsync("datasets?code=cf_nobody_nothing", Cancellation)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("datasets", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync("health/ready?code=cf_nobody_nothing", Cancellation)).StatusCode);
        admin.Dispose();
    }
}
