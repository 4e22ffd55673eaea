using System.Text;
using System.Text.Json;
using ConflictData.Api;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

public sealed class SubmissionTests(AzuriteFixture azurite)
{
    private const string Actors = "Id,Name,Kind\nsdf,SDF,armedGroup\nis,IS,armedGroup\n";

    [Fact]
    public async Task A_submission_is_one_release_with_a_report_and_its_payload_is_kept()
    {
        await using var app = await Start();
        var report = await app.Report(201, "Actors", Actors, request => request with { Reason = "lateReport", Message = "Two groups" });
        var head = await app.Store.Head(TestContext.Current.CancellationToken);
        var payload = await app.Log.OpenPayload(report.GetProperty("id").GetString()!, TestContext.Current.CancellationToken);
        using var kept = new StreamReader(payload!.Content);

        Assert.Equal(
            $$$"""{"id":"{{{head!.SubmissionId}}}","state":"committed","release":1,"counts":{"accepted":2,"added":2,"changed":0,"unchanged":0,"retracted":0},"errorCount":0,"errors":[],"warningCount":0,"warnings":[],"replacedOtherOwner":[]}""",
            report.GetRawText());
        Assert.Equal(("partner", "lateReport", "Two groups", payload.Hash), (head.Owner, head.Reason, head.Message, head.PayloadHash));
        Assert.Equal(Actors, await kept.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal([(1, "sdf", "SDF", 1), (2, "is", "IS", 1)], await app.Revisions("Actors"));
    }

    [Fact]
    public async Task One_bad_row_among_good_ones_stores_nothing_and_every_error_is_reported()
    {
        await using var app = await Start();
        var report = await app.Report(422, "Actors", Actors + "bad id,X,armedGroup\nx,,noSuchKind\n");

        Assert.Equal(("rejected", 3, "rejected", JsonValueKind.Null), (report.GetProperty("state").GetString(), report.GetProperty("errorCount").GetInt32(),
            report.GetProperty("code").GetString(), report.GetProperty("release").ValueKind));
        Assert.Equal([4, 5, 5], report.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("line").GetInt32()));
        Assert.Equal(0, await app.Releases());
        Assert.Equal("committed", (await app.Report(201, "Actors", Actors)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task More_errors_than_a_report_lists_are_counted()
    {
        await using var app = await Start();
        var report = await app.Report(422, "Actors", "Id,Name,Kind\n" + string.Concat(Enumerable.Range(1, 1500).Select(n => $"a{n},,armedGroup\n")));

        Assert.Equal((1500, 1000), (report.GetProperty("errorCount").GetInt32(), report.GetProperty("errors").GetArrayLength()));
    }

    [Fact]
    public async Task What_is_stored_already_makes_no_release()
    {
        await using var app = await Start();
        await app.Report(201, "Actors", Actors);
        var report = await app.Report(200, "Actors", Actors, request => request with { IdempotencyKey = "another" });

        Assert.Equal(("unchanged", 2), (report.GetProperty("state").GetString(), report.GetProperty("counts").GetProperty("unchanged").GetInt32()));
        Assert.Equal(1, await app.Releases());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("my-key")]
    public async Task A_retry_gets_the_first_answer_again_byte_for_byte(string? key)
    {
        await using var app = await Start();
        var first = (await app.Send("Actors", Actors, request => request with { IdempotencyKey = key })).Value!;
        await app.Report(201, "Actors", Actors.Replace("SDF", "Other"));
        var again = (await app.Send("Actors", Actors, request => request with { IdempotencyKey = key })).Value!;

        Assert.Equal((201, Encoding.UTF8.GetString(first.Body.Span)), (again.Status, Encoding.UTF8.GetString(again.Body.Span)));
        Assert.Equal(2, await app.Releases());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("my-key", null)]
    [InlineData("my-key", "another")]
    public async Task An_answer_that_was_given_before_tells_since_when(string? key, string? newKey)
    {
        await using var app = await Start();
        var before = TimeProvider.System.GetUtcNow();
        var first = (await app.Send("Actors", Actors, request => request with { IdempotencyKey = key })).Value!;
        var after = TimeProvider.System.GetUtcNow();
        await app.Report(201, "Actors", Actors.Replace("SDF", "Other"));
        var again = (await app.Send("Actors", Actors, request => request with { IdempotencyKey = newKey ?? key })).Value!;

        Assert.Null(first.FirstSentAt);
        Assert.Equal(newKey is null, again.FirstSentAt is { } at && at >= before && at <= after);
        Assert.Equal(newKey is null ? 2 : 3, await app.Releases());
    }

    [Fact]
    public async Task Without_a_key_what_changed_nothing_is_compared_anew_when_it_is_sent_again()
    {
        await using var app = await Start();
        await app.Report(201, "Actors", Actors, request => request with { IdempotencyKey = "first" });
        var unchanged = await app.Report(200, "Actors", Actors);
        await app.Report(201, "Actors", Actors.Replace("SDF", "Other"));
        var changed = (await app.Send("Actors", Actors)).Value!;

        Assert.Equal("unchanged", unchanged.GetProperty("state").GetString());
        Assert.Equal((201, null), (changed.Status, changed.FirstSentAt));
        Assert.Equal(3, await app.Releases());
    }

    [Fact]
    public async Task With_a_key_what_changed_nothing_keeps_its_answer()
    {
        await using var app = await Start();
        await app.Report(201, "Actors", Actors);
        await app.Report(200, "Actors", Actors, request => request with { IdempotencyKey = "my-key" });
        await app.Report(201, "Actors", Actors.Replace("SDF", "Other"));
        var again = (await app.Send("Actors", Actors, request => request with { IdempotencyKey = "my-key" })).Value!;

        Assert.Equal((200, true), (again.Status, again.FirstSentAt is not null));
        Assert.Equal(2, await app.Releases());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("my-key")]
    public async Task A_set_that_is_sent_again_with_another_boundary_gets_the_first_answer_again(string? key)
    {
        await using var app = await Start();
        var first = (await app.Send("Actors", "", request => Form(request, key, "one"))).Value!;
        await app.Report(201, "Actors", Actors.Replace("SDF", "Other"));
        var again = (await app.Send("Actors", "", request => Form(request, key, "two"))).Value!;

        Assert.Equal((201, Encoding.UTF8.GetString(first.Body.Span)), (again.Status, Encoding.UTF8.GetString(again.Body.Span)));
        Assert.Equal(2, await app.Releases());
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_payload_is_refused()
    {
        await using var app = await Start();
        await app.Send("Actors", Actors, request => request with { IdempotencyKey = "my-key" });
        var other = await app.Send("Actors", Actors.Replace("SDF", "Other"), request => request with { IdempotencyKey = "my-key" });

        Assert.Equal(ErrorCode.IdempotencyMismatch, other.Error?.Code);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_and_leaves_nothing()
    {
        await using var app = await Start();
        var report = await app.Report(200, "Actors", Actors, request => request with { DryRun = true });
        var bad = await app.Report(422, "Actors", Actors.Replace("SDF", ""), request => request with { DryRun = true });

        Assert.Equal(("checked", 2), (report.GetProperty("state").GetString(), report.GetProperty("counts").GetProperty("added").GetInt32()));
        Assert.Equal(1, bad.GetProperty("errorCount").GetInt32());
        Assert.Equal(0, await app.Releases());
    }

    [Fact]
    public async Task A_set_whose_files_refer_to_each_other_is_one_release()
    {
        await using var app = await Start();
        using var form = new MultipartFormDataContent("b")
        {
            { new StringContent("Id,Name,Kind,SourceId\nbadia,Badia,hot,brief\n"), "Zones" },
            { new StringContent("Id,Title,Kind\nbrief,A brief,report\n"), "Sources" },
        };
        var body = await form.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var report = await app.Report(201, "Zones", body, request => request with { Dataset = null, ContentType = "multipart/form-data; boundary=b" });

        Assert.Equal(2, report.GetProperty("counts").GetProperty("added").GetInt32());
        Assert.Equal(["Zones", "Sources"], (await app.Store.Head(TestContext.Current.CancellationToken))!.Datasets.Select(extent => extent.Dataset));
    }

    [Fact]
    public async Task A_retraction_that_others_stand_against_is_409_with_their_ids()
    {
        await using var app = await Start();
        await app.Report(201, "Actors", "Id,Name,Kind,ParentId\nsdf,SDF,armedGroup,\nypg,YPG,armedGroup,sdf\n");
        var report = await app.Report(409, "Actors", "Id,Action\nsdf,retract\n");

        Assert.Equal("stillReferenced", report.GetProperty("code").GetString());
        Assert.Contains("Actors ypg", report.GetProperty("errors")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Options_that_make_no_sense_are_refused_by_name()
    {
        await using var app = await Start();
        async Task<(string?, string?)> Refused(Func<SubmissionRequest, SubmissionRequest> with) =>
            await app.Send("Actors", Actors, with) is { Error: { } error } ? (error.Code.Name, error.Target) : default;

        Assert.Equal(("badRequest", "base"), await Refused(request => request with { Mode = "replace" }));
        Assert.Equal(("badRequest", "maxRetractions"), await Refused(request => request with { Mode = "replace", Base = 0, MaxRetractions = -1 }));
        Assert.Equal(("badRequest", "maxRetractions"), await Refused(request => request with { MaxRetractions = 1 }));
        Assert.Equal(("badRequest", "mode"), await Refused(request => request with { Mode = "merge" }));
        Assert.Equal(("badRequest", "reason"), await Refused(request => request with { Reason = "because" }));
        Assert.Equal(("badRequest", "message"), await Refused(request => request with { Message = new string('x', 2001) }));
        Assert.Equal(("badRequest", "Idempotency-Key"), await Refused(request => request with { IdempotencyKey = "" }));
        Assert.Equal(("releaseNotFound", "base"), await Refused(request => request with { Base = 7 }));
        Assert.Equal(("tooLarge", null), await Refused(request => request with { ContentLength = SubmissionLimits.BodyBytes + 1 }));
        Assert.Equal(("unsupportedMediaType", "Content-Type"), await Refused(request => request with { ContentType = "text/plain" }));
        Assert.Equal(0, await app.Releases());
    }

    private static SubmissionRequest Form(SubmissionRequest request, string? key, string boundary) => request with
    {
        Dataset = null,
        IdempotencyKey = key,
        ContentType = $"multipart/form-data; boundary={boundary}",
        Body = new MemoryStream(Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"Actors\"\r\n\r\n{Actors}\r\n--{boundary}--\r\n")),
    };

    private Task<Instance> Start() => Instance.Start(azurite.ConnectionString, azurite.NewPrefix());
}
