using System.Diagnostics;
using System.Reflection;
using System.Text;
using ConflictData.Submissions;
using ConflictData.Telemetry;
using ConflictData.Tests.OData;
using ConflictData.Tests.Query;
using ConflictData.Tests.Submissions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace ConflictData.Tests.Telemetry;

/// <summary>What is told of queries and submissions.</summary>
public sealed class InstrumentTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_tells_its_stages_and_the_rows_of_its_answer()
    {
        await using var server = new Server();
        server.Commit(TestLog.Place("a", "x"), TestLog.Place("b", "y"), TestLog.Actor("z", "z"));
        using var heard = Heard.Begin();
        Assert.Equal(200, (await server.Get("Places")).Status);
        Assert.Equal(["stage=parse", "stage=plan", "stage=execute", "stage=write"], heard.Of("conflict.query.duration").Select(told => told.Tags));
        Assert.All(heard.Of("conflict.query.duration"), told => Assert.InRange(told.Value, 0, 60));
        Assert.Equal([(2d, "set=Places")], heard.Of("conflict.rows.out"));
    }

    [Fact]
    public async Task Rows_of_every_page_and_form_are_counted()
    {
        await using var server = new Server();
        server.Commit(Enumerable.Range(0, 5).Select(n => TestLog.Place($"p{n}", "x")));
        using var heard = Heard.Begin();
        var page = await server.Get("Places", headers: ("Prefer", "maxpagesize=3"));
        await server.Get(page.NextLink!);
        await server.Get("Places", headers: ("Accept-Encoding", "gzip"));
        await server.Get("Places?$apply=groupby((Name))");
        Assert.Equal([3d, 2d, 5d, 1d], heard.Of("conflict.rows.out").Select(told => told.Value));
    }

    [Fact]
    public async Task A_submission_tells_its_commit_and_how_it_ended()
    {
        await using var app = await Instance.Start(azurite.ConnectionString, azurite.NewPrefix());
        using var heard = Heard.Begin();
        await app.Service.Submit(Of("Id,Name,Kind\na,A,person\nb,B,person\n"), Cancellation);
        await app.Service.Submit(Of("Id,Name,Kind\na,A,nobody\n"), Cancellation);
        Assert.Equal(["status=201", "status=422"], heard.Of("conflict.submission.duration").Select(told => told.Tags));
        Assert.Equal(["outcome=Committed"], heard.Of("conflict.commit.duration").Select(told => told.Tags));
        Assert.Equal([(2d, "dataset=Actors")], heard.Of("conflict.revisions"));
    }

    [Theory]
    [InlineData("/api/odata/Places", "odata")]
    [InlineData("/api/releases/42/odata/Places('x')", "odata")]
    [InlineData("/api/releases/42/diff/43", "releases")]
    [InlineData("/api/Snapshots/latest/places.csv", "snapshots")]
    [InlineData("/api/", "other")]
    [InlineData("", "other")]
    [InlineData("/api/whatever-a-caller-sends", "other")]
    public void A_call_is_of_an_area_of_a_closed_list(string path, string area) => Assert.Equal(area, CallTiming.Area(path));

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "0af7651916cd43dd8448eb211c80319c")]
    [InlineData("nonsense", null)]
    [InlineData(null, null)]
    public void A_call_is_of_the_trace_that_its_caller_names_and_never_of_the_servers(string? traceParent, string? trace)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Instruments.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var server = new Activity("server").Start();
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = "/api/odata/Places" } };
        context.Request.Headers.TraceParent = traceParent;
        using (new CallTiming(context))
        {
            Assert.Equal("GET odata", Activity.Current!.OperationName);
            Assert.NotEqual(server.TraceId, Activity.Current.TraceId);
            Assert.Equal(trace ?? Activity.Current.TraceId.ToString(), Activity.Current.TraceId.ToString());
        }

        Assert.Same(server, Activity.Current);
    }

    [Theory]
    [InlineData("ClientId=0f8fad5b-d9cb-469f-a165-70867728950e;Authorization=AAD", "0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("Authorization=AAD;clientid=0f8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("Authorization=AAD", "SystemAssigned")]
    public void The_identity_for_Application_Insights_is_the_one_that_Azure_names(string authentication, string identity) =>
        Assert.Contains(identity, TelemetryExport.Identity(authentication).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("OtlpEndpoint", "http://127.0.0.1:1")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=0f8fad5b-d9cb-469f-a165-70867728950e;IngestionEndpoint=http://127.0.0.1:1/")]
    public async Task The_share_of_traces_is_that_of_the_setting_wherever_they_are_sent(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(setting, value), new("TracedShare", "0.25")]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddTelemetryExport(Settings.Read(configuration));
        await using var provider = services.BuildServiceProvider();
        var traces = provider.GetRequiredService<TracerProvider>();
        var sampler = (Sampler)traces.GetType().GetProperty("Sampler", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(traces)!;
        Assert.Equal("ParentBased{TraceIdRatioBasedSampler{0.250000}}", sampler.Description);
    }

    private static SubmissionRequest Of(string csv) => new()
    {
        Owner = "tester",
        Scopes = ConflictData.Access.Scopes.Curate,
        Dataset = ConflictData.Datasets.Catalog.Get("Actors"),
        ContentType = "text/csv",
        Body = new MemoryStream(Encoding.UTF8.GetBytes(csv)),
    };
}
