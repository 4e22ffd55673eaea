using ConflictFunctions.Tests.Hosting;

namespace ConflictFunctions.Tests.Running;

/// <summary>What a running app sends to a collector of OpenTelemetry.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traces_measures_and_log_lines_are_sent_without_a_secret()
    {
        await using var collector = await Collector.Start();
        var app = new RunningApp
        {
            Settings =
            {
                ["OtlpEndpoint"] = collector.Address.AbsoluteUri,
                ["TracedShare"] = "1",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
                ["AnonymousRead"] = "false",
            },
        };
        await app.InitializeAsync();
        await using (app)
        {
            using var read = await app.Admin.GetAsync("odata/Casualties?$filter=Outcome eq 'killed'", Cancellation);
            read.EnsureSuccessStatusCode();
            using var withKey = await app.Anonymous.GetAsync($"odata/Places?code={app.AdminKey}", Cancellation);
            withKey.EnsureSuccessStatusCode();
            using var refused = await app.Anonymous.GetAsync("odata/Places?code=cf_wrong_0123456789abcdefghijklmnopqrstuv", Cancellation);

            foreach (var measure in new[] { "conflict.call.duration", "conflict.query.duration", "conflict.rows.out", "conflict.release.age", "conflict.engine.memory", "conflict.revisions" })
            {
                await collector.Has("metrics", measure, Cancellation);
            }

            foreach (var span in new[] { "GET odata", "parse", "plan", "execute", "write" })
            {
                await collector.Has("traces", span, Cancellation);
            }

            await collector.Has("logs", "Ready at release", Cancellation);
            Assert.Contains("ConflictFunctions", collector.All("traces"));
            foreach (var signal in new[] { "traces", "metrics", "logs" })
            {
                Assert.Null(Secrets.In(collector.All(signal), tokensToo: true));
                Assert.DoesNotContain(app.AdminKey, collector.All(signal));
                Assert.DoesNotContain("killed", collector.All(signal));
            }
        }
    }
}
