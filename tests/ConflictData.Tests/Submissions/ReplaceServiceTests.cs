using System.Text.Json;
using ConflictData.Access;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

/// <summary>A replacement as its sender sees it: status, code, release.</summary>
public sealed class ReplaceServiceTests(AzuriteFixture azurite)
{
    private const string Actors = "Id,Name,Kind\nsdf,SDF,armedGroup\nis,IS,armedGroup\n";

    [Fact]
    public async Task It_is_a_release_and_a_second_one_from_the_same_base_is_409()
    {
        await using var app = await Instance.Start(azurite.ConnectionString, azurite.NewPrefix());
        await app.Report(201, "Actors", Actors);
        var shorter = Actors.Replace("is,IS,armedGroup\n", "");
        var done = await app.Report(201, "Actors", shorter, Replace(1, most: 1));
        var moved = await app.Report(409, "Actors", Actors, Replace(1, most: 1));
        var again = await app.Report(201, "Actors", shorter, Replace(1, most: 1));

        Assert.Equal((2, 1), (done.GetProperty("release").GetInt32(), done.GetProperty("counts").GetProperty("retracted").GetInt32()));
        Assert.Equal(("baseMoved", "is"), (moved.GetProperty("code").GetString(), moved.GetProperty("errors")[0].GetProperty("value").GetString()));
        Assert.Equal(done.GetRawText(), again.GetRawText());
        Assert.Equal(("replace", 2), ((await app.Store.Head(TestContext.Current.CancellationToken))!.Mode, await app.Releases()));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_retracted()
    {
        await using var app = await Instance.Start(azurite.ConnectionString, azurite.NewPrefix());
        await app.Report(201, "Actors", Actors);
        var report = await app.Report(200, "Actors", "Id,Name,Kind\n", request => Replace(1, most: 2)(request) with { DryRun = true });
        var many = await app.Report(422, "Actors", "Id,Name,Kind\n", Replace(1, most: null));

        Assert.Equal(2, report.GetProperty("counts").GetProperty("retracted").GetInt32());
        Assert.Equal("tooManyRetractions", many.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal(1, await app.Releases());
    }

    [Fact]
    public async Task Of_two_that_race_from_one_base_one_is_committed()
    {
        var prefix = azurite.NewPrefix();
        await using var one = await Instance.Start(azurite.ConnectionString, prefix);
        await using var two = await Instance.Start(azurite.ConnectionString, prefix);
        await one.Report(201, "Actors", Actors);
        var answers = await Task.WhenAll(
            one.Send("Actors", Actors.Replace("IS", "One"), Replace(1, most: null)),
            two.Send("Actors", Actors.Replace("IS", "Two"), Replace(1, most: null)));

        Assert.Equal([201, 409], answers.Select(answer => answer.Value!.Status).Order());
        Assert.Contains("\"code\":\"baseMoved\"", JsonDocument.Parse(answers.Single(answer => answer.Value!.Status == 409).Value!.Body).RootElement.GetRawText());
        Assert.Equal(2, await one.Releases());
    }

    [Fact]
    public async Task The_same_payload_replaces_more_with_a_key_that_may_curate()
    {
        await using var app = await Instance.Start(azurite.ConnectionString, azurite.NewPrefix());
        await app.Report(201, "Actors", Actors, request => request with { Owner = "other" });
        var own = await app.Report(200, "Actors", "Id,Name,Kind\n", Replace(1, most: 2));
        var all = await app.Report(201, "Actors", "Id,Name,Kind\n", request => Replace(1, most: 2)(request) with { Scopes = Scopes.Curate });

        Assert.Equal("unchanged", own.GetProperty("state").GetString());
        Assert.Equal((2, 2), (all.GetProperty("warnings").GetArrayLength(), all.GetProperty("warningCount").GetInt32()));
        Assert.Equal("""[{"dataset":"Actors","ids":["sdf","is"]}]""", all.GetProperty("replacedOtherOwner").GetRawText());
    }

    private static Func<SubmissionRequest, SubmissionRequest> Replace(int @base, int? most) =>
        request => request with { Mode = "replace", Base = @base, MaxRetractions = most };
}
