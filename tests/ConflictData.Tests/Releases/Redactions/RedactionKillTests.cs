using System.Globalization;
using System.Text;
using ConflictData.Housekeeping;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Tests.Faults;
using ConflictData.Tests.Query;

namespace ConflictData.Tests.Releases;

/// <summary>
/// An instance that dies at one call of storage after the other while it redacts a record and removes the copies: either nothing has happened, or
/// another instance finishes it, and every instance has the same.
/// </summary>
public sealed class RedactionKillTests(AzuriteFixture azurite)
{
    private const string Asked = """{"columns":["OtherNames"],"message":"Erased"}""";

    private const int FewestCalls = 100;

    /// <summary>Most calls publish a release again; every so-and-so-many-th is enough of them. REDACTION_STEP=1 is for a longer run, by hand.</summary>
    private static readonly int Step = int.Parse(Environment.GetEnvironmentVariable("REDACTION_STEP") ?? "97", CultureInfo.InvariantCulture);

    private readonly string prefix = azurite.NewPrefix();
    private readonly List<Task> dying = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_may_die_at_any_call()
    {
        await using var sound = await RedactionScene.Start(azurite, prefix);
        var number = 0;
        while (await Dies(sound, number, number % 2 == 0 ? Moment.Arrived : Moment.Answered))
        {
            number += number < 12 ? Math.Min(Step, 6) : Step;
        }

        await Task.WhenAll(dying);
        TestContext.Current.TestOutputHelper!.WriteLine($"{number} calls");
        Assert.True(number >= FewestCalls, $"only {number} calls were met");
        await using var cold = new RedactionScene(azurite.ConnectionString, prefix);
        Assert.Equal(await Actors(sound), await Actors(cold));
    }

    /// <summary>False where there is no such call.</summary>
    private async Task<bool> Dies(RedactionScene sound, int number, Moment moment)
    {
        var (id, secret) = ($"r{number}", $"Person {number} of {number} Mill Lane");
        await sound.Send(201, Rows(id, secret));
        await sound.Publish();
        await sound.Send(201, Rows(id, ""));
        await sound.Get<Checkpoints>().Run(Cancellation);

        var cut = new CutOff(azurite.ConnectionString, (request, now) => request.Number == number && now == moment);
        var work = Work(new RedactionScene(cut.ConnectionString, prefix), id, cut);
        dying.Add(work);
        await Task.WhenAny(work, cut.Done);

        // Sent again, as its caller does who got no answer: it is made once.
        Assert.InRange((await sound.Redact("Actors", id, Asked)).Status, 200, 201);
        Assert.Single(sound.Engine.History.Redactions.All, commit => commit.Redaction!.Id == id);
        await sound.Housekeep();
        Assert.Empty(await Traces.Of(azurite.ConnectionString, prefix, secret));
        return cut.Done.IsCompleted;
    }

    private static async Task Work(RedactionScene faulty, string id, CutOff cut)
    {
        try
        {
            await faulty.Redact("Actors", id, Asked);
            await faulty.Housekeep();
        }
        catch (Exception) when (cut.Done.IsCompleted)
        {
            // It is dead.
        }

        await faulty.DisposeAsync();
        await cut.DisposeAsync();
    }

    private static byte[] Rows(string id, string names) => Encoding.UTF8.GetBytes($"Id,Name,OtherNames,Kind\n{id},Somebody,{names},person\n");

    private static async Task<string> Actors(RedactionScene app)
    {
        Assert.True((await app.Get<ReleaseFollower>().Newest(Cancellation)).Succeeded(out _, out var error), error?.Detail);
        return string.Join('\n', (await app.Engine.Rows("""SELECT * FROM "Actors" """)).Select(row => string.Join('|', row)));
    }
}
