using System.Globalization;
using System.Text;
using System.Text.Json;
using ConflictData.Query;
using ConflictData.Submissions;
using ConflictData.Tests.Query;
using Microsoft.Extensions.Time.Testing;

namespace ConflictData.Tests.Submissions;

/// <summary>A store that is filled until the engine has no room.</summary>
public sealed class FullEngineTests(AzuriteFixture azurite)
{
    private const string Memory = "40MB";
    private const string Small = "Id,Name,Kind,Description\nz0,Corrected,control,Shorter\n";

    private readonly string prefix = azurite.NewPrefix();
    private readonly Random random = new(7);
    private int zones;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private InboxStore Store => new(azurite.ConnectionString, prefix);

    [Fact]
    public async Task What_does_not_fit_is_refused_before_it_is_committed_and_all_else_goes_on()
    {
        await using var app = Next();
        await app.Store.EnsureCreated(Cancellation);
        var (report, releases) = (await Fill(app), await app.Releases());

        Assert.Equal(("engineFull", 507, "rejected"), (report.GetProperty("code").GetString(), report.GetProperty("status").GetInt32(), report.GetProperty("state").GetString()));
        Assert.Matches("The engine holds [23][0-9] of the 40 MB that it may take, and this would take some [0-9.]+ MB more. From 36 MB on .* EngineMemory", report.GetProperty("detail").GetString());
        Assert.True(releases > 2, $"There are {releases} releases.");
        Assert.InRange(app.Engine.Room.Share, 0.6, 1);

        // Wherever large ones come from.
        Assert.Equal("engineFull", (await app.Report(507, "Zones", Zones(3000), request => request with { DryRun = true })).GetProperty("code").GetString());
        var promised = await app.Report(202, "Zones", Zones(3000), request => request with { EarlyAnswer = EarlyAnswer.Always });
        Assert.Equal(507, (await app.Outcome(promised.GetProperty("id").GetString()!)).Status);
        await Store.Drop("Zones/a.csv", Zones(3000));
        await app.Inbox.Run(Cancellation);
        Assert.Equal("engineFull", (await Store.Report("rejected", "a.csv")).GetProperty("code").GetString());
        Assert.Equal(releases, await app.Releases());

        Assert.Equal(1, (await app.Report(201, "Zones", Small)).GetProperty("counts").GetProperty("changed").GetInt32());
        Assert.Equal(1, (await app.Report(201, "Zones", "Id,Action\nz1,retract\n")).GetProperty("counts").GetProperty("retracted").GetInt32());
        await Reads(app.Engine, releases + 2);

        await using var next = Next();
        Assert.Equal(releases + 2, await next.Releases());
        await Reads(next.Engine, releases + 2);
        Assert.Equal(1, (await next.Report(201, "Zones", Small.Replace("Shorter", "Short"))).GetProperty("counts").GetProperty("changed").GetInt32());
    }

    /// <summary>Sends large submissions until one is refused; gives its report.</summary>
    private async Task<JsonElement> Fill(Instance app)
    {
        while (true)
        {
            var answer = (await app.Send("Zones", Zones(3000))).Value!;
            if (answer.Status != 201)
            {
                return JsonElement.Parse(answer.Body.Span);
            }
        }
    }

    private static async Task Reads(Engine engine, int release)
    {
        Assert.Equal(release, engine.History.Commits.Count);
        Assert.Equal("Corrected", await engine.Scalar($"SELECT \"Name\" FROM \"Zones\" WHERE \"Id\" = 'z0' AND {EngineSchema.LiveAt("$1")}", release));
        Assert.True((await engine.Scalar("SELECT sum(length(\"Description\"))::BIGINT FROM \"Zones\"")) is long and > 10_000_000);
    }

    /// <summary>New zones with descriptions that can hardly be compressed.</summary>
    private string Zones(int count)
    {
        var text = new StringBuilder("Id,Name,Kind,Description\n");
        for (var row = 0; row < count; row++, zones++)
        {
            text.Append(CultureInfo.InvariantCulture, $"z{zones},Zone {zones},control,about");
            for (var word = 0; word < 400; word++)
            {
                text.Append(CultureInfo.InvariantCulture, $" {random.Next(10_000_000, 99_999_999)}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private Instance Next() => new(azurite.ConnectionString, prefix, new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(10)), engineMemory: Memory);
}
