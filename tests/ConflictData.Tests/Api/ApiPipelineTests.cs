using System.Text;
using Azure;
using ConflictData.Access;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConflictData.Tests.Api;

public sealed class ApiPipelineTests : IAsyncDisposable
{
    /// <summary>A scope that no key has, not even the admin's.</summary>
    private const Scopes NobodyHas = (Scopes)(1 << 20);

    private static readonly KeyText Key = KeyText.Make();
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().BuildServiceProvider();

    public ValueTask DisposeAsync() => services.DisposeAsync();

    [Theory]
    [InlineData(ErrorShape.Problem, "application/problem+json", "\"code\":\"forbidden\"")]
    [InlineData(ErrorShape.OData, "application/json;odata.metadata=minimal;charset=utf-8", "{\"error\":{\"code\":\"forbidden\"")]
    public async Task A_key_without_the_scope_is_403_and_the_work_is_not_done(ErrorShape shape, string contentType, string code)
    {
        var (http, worked) = await Run(new ApiRoute(NobodyHas, shape), _ => Task.FromResult(Results.Ok()));
        Assert.Equal((403, contentType, false), (http.Response.StatusCode, http.Response.ContentType, worked));
        Assert.Contains(code, Body(http));
        Assert.DoesNotContain(Key.Secret, Body(http));
    }

    [Fact]
    public async Task A_bug_is_500_with_the_id_under_which_the_log_has_it_and_nothing_else()
    {
        var (http, _) = await Run(new ApiRoute(Scopes.Admin), _ => throw new InvalidOperationException("swordfish"));
        Assert.Equal(500, http.Response.StatusCode);
        Assert.Contains(http.TraceIdentifier, Body(http));
        Assert.DoesNotContain("swordfish", Body(http));
    }

    public static TheoryData<Exception> OfStorage { get; } =
    [
        new RequestFailedException(0, "connection refused"),
        new AggregateException("Retry failed after 4 tries.", new TaskCanceledException("timeout"), new TaskCanceledException("timeout")),
        new AggregateException("Retry failed after 4 tries.", new HttpIOException(HttpRequestError.ResponseEnded)),
        new HttpIOException(HttpRequestError.ResponseEnded),
    ];

    [Theory]
    [MemberData(nameof(OfStorage))]
    public async Task Storage_that_does_not_answer_is_503_with_a_time_to_come_back(Exception problem)
    {
        var (http, _) = await Run(new ApiRoute(Scopes.Admin), _ => throw problem);
        Assert.Equal((503, "5"), (http.Response.StatusCode, (string?)http.Response.Headers.RetryAfter));
        Assert.Contains("\"code\":\"storageUnavailable\"", Body(http));
    }

    private async Task<(HttpContext Http, bool Worked)> Run(ApiRoute route, Func<ApiCall, Task<IResult>> work)
    {
        var worked = false;
        var settings = new Settings { AdminKey = Key.Reveal() };
        using var limits = new CallLimits(settings);
        var pipeline = new ApiPipeline(
            new KeyRing(settings, new AdminKey(settings), TimeProvider.System, limits), limits, new AnswerHeaders(settings), new Compression(), settings,
            services.GetRequiredService<ILogger<ApiPipeline>>());
        var http = new DefaultHttpContext { RequestServices = services, TraceIdentifier = "request-1" };
        (http.Request.Scheme, http.Request.Host) = ("http", new HostString("localhost"));
        http.Request.Headers["x-api-key"] = Key.Reveal();
        http.Response.Body = new MemoryStream();
        await pipeline.Run(http.Request, route, call =>
        {
            worked = true;
            return work(call);
        });
        return (http, worked);
    }

    private static string Body(HttpContext http) => Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());
}
