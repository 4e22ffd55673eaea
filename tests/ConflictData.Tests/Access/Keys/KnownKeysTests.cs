using ConflictData.Access;
using ConflictData.Api;

namespace ConflictData.Tests.Access;

/// <summary>Keys that were made, as one instance knows them.</summary>
public sealed class KnownKeysTests : IDisposable
{
    private readonly Door door = new();

    public void Dispose() => door.Dispose();

    [Fact]
    public async Task A_key_acts_for_its_owner_with_its_scopes_and_no_others()
    {
        var key = door.Make(Scopes.Read | Scopes.Contribute, "sjac");
        Assert.True((await door.Identify(key.Reveal())).Succeeded(out var caller, out _));
        Assert.Equal((key.Id, "sjac", Scopes.Read | Scopes.Contribute), (caller.KeyId, caller.Owner, caller.Scopes));
    }

    [Fact]
    public async Task A_secret_of_another_key_opens_nothing()
    {
        var (one, other) = (door.Make(), door.Make());
        Assert.Equal(401, await door.Status(new KeyText(one.Id, other.Secret).Reveal()));
    }

    [Fact]
    public async Task Storage_is_asked_once_while_what_it_said_is_fresh_whether_or_not_there_is_such_a_key()
    {
        foreach (var key in new[] { door.Make(), KeyText.Make() })
        {
            var before = door.Store.Looks;
            await door.Status(key.Reveal());
            door.Clock.Advance(TimeSpan.FromSeconds(29));
            await door.Status(key.Reveal());
            Assert.Equal(1, door.Store.Looks - before);
            door.Clock.Advance(TimeSpan.FromSeconds(1));
            await door.Status(key.Reveal());
            Assert.Equal(2, door.Store.Looks - before);
        }
    }

    [Fact]
    public async Task What_another_instance_revokes_ends_here_when_what_is_known_is_no_longer_fresh()
    {
        var key = door.Make();
        Assert.Equal(200, await door.Status(key.Reveal()));
        door.Store[key.Id] = door.Store[key.Id] with { RevokedAt = door.Clock.GetUtcNow() };
        Assert.Equal(200, await door.Status(key.Reveal()));
        door.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(401, await door.Status(key.Reveal()));
        Assert.Equal(Scopes.None, (await door.Ring.Standing(key.Id, TestContext.Current.CancellationToken)).Value!.Scopes);
    }

    [Fact]
    public async Task A_key_ends_on_the_instant_at_which_it_expires()
    {
        var key = door.Make(expires: Door.Start.AddSeconds(10));
        Assert.Equal(200, await door.Status(key.Reveal()));
        door.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(401, await door.Status(key.Reveal()));
    }

    [Fact]
    public async Task While_storage_is_down_a_known_key_goes_on_for_its_time_of_grace_and_an_unknown_one_is_503()
    {
        var key = door.Make();
        Assert.Equal(200, await door.Status(key.Reveal()));
        door.Store.IsDown = true;
        door.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, await door.Status(key.Reveal()));
        Assert.Equal(503, await door.Status(KeyText.Make().Reveal()));
        Assert.Equal(401, await door.Status(new KeyText(key.Id, KeyText.Make().Secret).Reveal()));
        door.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(503, await door.Status(key.Reveal()));
        Assert.Equal(ErrorCode.StorageUnavailable, (await door.Ring.Standing(key.Id, TestContext.Current.CancellationToken)).Error!.Code);
        door.Store.IsDown = false;
        Assert.Equal(200, await door.Status(key.Reveal()));
    }

    [Fact]
    public async Task While_storage_is_down_it_is_not_waited_for_at_each_call()
    {
        var key = door.Make();
        await door.Status(key.Reveal());
        door.Store.IsDown = true;
        door.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = door.Store.Looks;
        for (var call = 0; call < 10; call++)
        {
            Assert.Equal(200, await door.Status(key.Reveal()));
        }

        Assert.Equal(1, door.Store.Looks - before);
    }

    [Fact]
    public async Task A_key_that_was_revoked_before_storage_went_down_stays_revoked()
    {
        var key = door.Make();
        door.Store[key.Id] = door.Store[key.Id] with { RevokedAt = Door.Start };
        Assert.Equal(401, await door.Status(key.Reveal()));
        door.Store.IsDown = true;
        door.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(401, await door.Status(key.Reveal()));
    }

    [Fact]
    public async Task That_a_key_is_used_is_noted_once_an_hour()
    {
        var key = door.Make();
        for (var minutes = 0; minutes < 120; minutes++)
        {
            await door.Status(key.Reveal());
            door.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([(key.Id, Door.Start), (key.Id, Door.Start.AddHours(1))], door.Store.Uses);
    }

    [Fact]
    public async Task Ids_sent_at_random_are_forgotten_again_and_drive_out_no_key()
    {
        var key = door.Make();
        await door.Status(key.Reveal());
        for (var attempt = 0; attempt < 10_001; attempt++)
        {
            await door.Known.Find($"x{attempt}", TestContext.Current.CancellationToken);
        }

        Assert.Equal((true, false, true), (door.Known.Knows(key.Id), door.Known.Knows("x0"), door.Known.Knows("x10000")));
    }
}
