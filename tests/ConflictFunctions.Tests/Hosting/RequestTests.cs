using System.Net;

namespace ConflictFunctions.Tests.Hosting;

public sealed class RequestTests(RequestTests.OneHost one) : IClassFixture<RequestTests.OneHost>
{
    private TestHost Host => one.Host!;

    [Theory]
    [InlineData("api/echo/Places/7/x", "Places 7 x EchoRecord GET")]
    [InlineData("api/echo/Places/7", "Places 7 - EchoRecord GET")]
    [InlineData("API/Echo/Places/7", "Places 7 - EchoRecord GET")]
    public async Task Route_values_are_bound_by_name(string path, string expected) => Assert.Equal(expected, await Get(path));

    [Theory]
    [InlineData("api/path", "", "/api/path", "/api/path", "")]
    [InlineData("api/path/a/b", "a/b", "/api/path/a/b", "/api/path/a/b", "")]
    [InlineData("api/path/a%2Fb", "a%2Fb", "/api/path/a%2Fb", "/api/path/a%252Fb", "")]
    [InlineData("api/path/a%252Fb", "a%2Fb", "/api/path/a%2Fb", "/api/path/a%252Fb", "")]
    [InlineData("api/path/$count?$filter=Name%20eq%20%27a%26b%2Bc%27&x=%D8%AD", "$count", "/api/path/$count", "/api/path/$count", "?$filter=Name%20eq%20%27a%26b%2Bc%27&x=%D8%AD")]
    public async Task A_catch_all_takes_the_rest_and_the_query_stays_raw(string target, string value, string path, string raw, string query) =>
        Assert.Equal($"{value}\n{path}\n{raw}{query}\n{query}", await Get(target));

    [Theory]
    [InlineData("DELETE", "api/echo/Places/7")]
    [InlineData("HEAD", "api/echo/Places/7")]
    [InlineData("GET", "api/echo/Places/seven")]
    [InlineData("GET", "echo/Places/7")]
    [InlineData("GET", "api/body")]
    public async Task A_wrong_method_or_route_is_not_found(string method, string path) => Assert.Equal(HttpStatusCode.NotFound, (await Send(method, path)).StatusCode);

    [Fact]
    public async Task Functions_of_one_route_are_told_apart_by_method()
    {
        Assert.Equal("PUT", await Text(await Send("PUT", "api/body")));
        Assert.Equal("0 0", await Text(await Send("POST", "api/body", new ByteArrayContent([]))));
    }

    [Fact]
    public async Task Head_reaches_a_function_that_lists_it() => Assert.Equal(HttpStatusCode.OK, (await Send("HEAD", "api/path/x")).StatusCode);

    [Fact]
    public async Task A_body_with_a_length_arrives_whole() =>
        Assert.Equal("1000000 1000000", await Text(await Send("POST", "api/body", new ByteArrayContent(new byte[1_000_000]))));

    [Fact]
    public async Task A_failing_function_answers_500_and_tells_nothing()
    {
        var answer = await Send("GET", "api/failure");
        Assert.Equal((HttpStatusCode.InternalServerError, ""), (answer.StatusCode, await Text(answer)));
    }

    [Fact]
    public async Task What_a_function_has_written_arrives_before_it_ends()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var answer = await Host.Client.GetAsync("api/stream", HttpCompletionOption.ResponseHeadersRead, cancellation);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));

        Assert.Equal("first", await lines.ReadLineAsync(cancellation));
        Host.Gate.Open();
        Assert.Equal("last", await lines.ReadLineAsync(cancellation));
    }

    private Task<HttpResponseMessage> Send(string method, string path, HttpContent? body = null) =>
        Host.Client.SendAsync(new(new(method), path) { Content = body }, TestContext.Current.CancellationToken);

    private Task<string> Get(string path) => Host.Client.GetStringAsync(path, TestContext.Current.CancellationToken);

    private static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public sealed class OneHost : IAsyncLifetime
    {
        internal TestHost? Host { get; private set; }

        public async ValueTask InitializeAsync() => Host = await TestHost.Start();

        public ValueTask DisposeAsync() => Host!.DisposeAsync();
    }
}
