using ConflictData.Access;
using ConflictData.Api;

namespace ConflictData.Tests.Access;

/// <summary>How often one may call, and try.</summary>
public sealed class CallLimitsTests
{
    private static readonly Caller Partner = new("a", "partner", Scopes.Read);

    [Fact]
    public void An_owner_has_one_limit_whichever_of_their_keys_is_used_and_no_share_in_that_of_others()
    {
        using var limits = new CallLimits(new Settings { RequestsPerMinute = 3 });
        var request = Door.Request(null);
        Assert.All(["a", "b", "a"], key => Assert.Null(limits.CountCall(request, Partner with { KeyId = key })));

        var refusal = limits.CountCall(request, Partner with { KeyId = "b" })!;
        Assert.Equal(ErrorCode.RateLimited, refusal.Code);
        Assert.InRange(refusal.RetryAfter!.Value, 1, 20);
        Assert.Null(limits.CountCall(request, Partner with { Owner = "another" }));
    }

    [Fact]
    public void Callers_without_a_key_are_told_apart_by_address()
    {
        using var limits = new CallLimits(new Settings { RequestsPerMinute = 1 });
        var anonymous = Caller.Anonymous(mayRead: true);
        Assert.Null(limits.CountCall(Door.Request(null, "192.0.2.1"), anonymous));
        Assert.NotNull(limits.CountCall(Door.Request(null, "192.0.2.1"), anonymous));
        Assert.Null(limits.CountCall(Door.Request(null, "192.0.2.2"), anonymous));
    }

    [Fact]
    public void Zero_is_no_limit()
    {
        using var limits = new CallLimits(new Settings { RequestsPerMinute = 0 });
        Assert.All(Enumerable.Range(0, 5000), _ => Assert.Null(limits.CountCall(Door.Request(null), Partner)));
    }

    [Fact]
    public async Task An_address_that_tries_too_many_keys_must_wait_and_costs_no_look_into_storage_meanwhile()
    {
        using var door = new Door(new Settings { FailedKeysPerMinute = 3 });
        var right = door.Make();
        Assert.Equal(200, await door.Status(right.Reveal()));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(401, await door.Status(KeyText.Make().Reveal()));
        }

        var before = door.Store.Looks;
        Assert.Equal(429, await door.Status(KeyText.Make().Reveal()));
        Assert.Equal(429, await door.Status("no key at all"));
        Assert.Equal(before, door.Store.Looks);

        // Whoever shares the address and has a key that is known goes on, also when it must be looked up anew; so does everybody elsewhere.
        Assert.Equal(200, await door.Status(right.Reveal()));
        door.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, await door.Status(right.Reveal()));
        Assert.Equal(401, await door.Status(KeyText.Make().Reveal(), "192.0.2.9"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Secrets_of_a_key_that_an_address_tries_too_often_are_not_tried_any_more_and_nobody_else_is_kept_out(bool isFirst)
    {
        var first = KeyText.Make();
        using var door = new Door(new Settings { FailedKeysPerMinute = 3, AdminKey = first.Reveal() });
        var (guessed, other) = isFirst ? (first, door.Make()) : (door.Make(), first);
        Assert.Equal(200, await door.Status(other.Reveal()));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(401, await door.Status((guessed with { Secret = KeyText.Make().Secret }).Reveal()));
        }

        Assert.Equal(429, await door.Status(guessed.Reveal()));
        Assert.Equal(200, await door.Status(guessed.Reveal(), "192.0.2.9"));
        Assert.Equal(200, await door.Status(other.Reveal()));
    }
}
