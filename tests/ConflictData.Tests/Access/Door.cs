using ConflictData.Access;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Access;

/// <summary>A key ring with a store, a clock and limits of its own.</summary>
internal sealed class Door : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CallLimits limits;

    public Door(Settings? given = null)
    {
        var settings = given ?? new Settings();
        limits = new(settings);
        Known = new(Store, settings, Clock, NullLogger<KnownKeys>.Instance);
        Ring = new(settings, new AdminKey(settings), Clock, limits, Known, new EntraTokens(settings));
    }

    public FakeTimeProvider Clock { get; } = new(Start);

    public FakeKeyStore Store { get; } = new();

    public KnownKeys Known { get; }

    public KeyRing Ring { get; }

    /// <summary>A key that is in the store.</summary>
    public KeyText Make(Scopes scopes = Scopes.Read, string owner = "partner", DateTimeOffset? expires = null)
    {
        var (key, record) = new KeyOrder("A key", owner, scopes, null, expires).Make(Clock.GetUtcNow(), "admin");
        Store[key.Id] = record;
        return key;
    }

    public ValueTask<Result<Caller>> Identify(string key, string address = "192.0.2.1") => Ring.Identify(Request(key, address));

    /// <summary>The status that whoever shows a key is refused with; 200 where they are not.</summary>
    public async Task<int> Status(string key, string address = "192.0.2.1") =>
        (await Identify(key, address)).Succeeded(out _, out var error) ? 200 : error.Code.Status;

    public static HttpRequest Request(string? key, string address = "192.0.2.1")
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(address);
        if (key is not null)
        {
            http.Request.Headers["x-api-key"] = key;
        }

        return http.Request;
    }

    public void Dispose() => limits.Dispose();
}
