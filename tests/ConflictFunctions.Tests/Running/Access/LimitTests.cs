using System.Net;

namespace ConflictFunctions.Tests.Running.Access;

/// <summary>Instances with settings of their own: who calls too often is told when to come back, and a key ends wherever it was ended.</summary>
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

    [Fact]
    public async Task A_key_that_is_made_or_revoked_by_another_instance_is_so_here()
    {
        var (process, admin) = await app.StartAnother(new() { ["AnonymousRead"] = "false", ["KeyFreshSeconds"] = "0" });
        await using var _ = process;
        var key = await MadeKey.Make(app.Admin, ["read"]);
        using var here = new HttpClient(new SecretWatch()) { BaseAddress = admin.BaseAddress };
        Assert.Equal(HttpStatusCode.OK, await key.Get(here, "datasets"));
        await app.Admin.DeleteAsync($"keys/{key.Id}", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, await key.Get(here, "datasets"));

        // Nobody waits for that note, but it comes.
        var looks = 0;
        while ((await MadeKey.Find(admin, key.Id)).GetProperty("lastUsedAt").GetString() is null)
        {
            Assert.True(looks++ < 1000);
        }

        admin.Dispose();
    }
}
