using System.Text;
using ConflictData;
using ConflictData.Access;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Startup;
using ConflictData.Storage;
using ConflictFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConflictFunctions.Tests.Infra;

/// <summary>An instance of the app, put together as the function app puts it together, whose calls of storage are counted. Time passes when a test says so.</summary>
internal sealed class CountedApp : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly KeyText adminKey = KeyText.Make();
    private readonly StorageCalls calls = new();

    public CountedApp(string connectionString, string prefix, FakeTimeProvider clock, Dictionary<string, string?>? more = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(more ?? [])
            {
                ["AzureWebJobsStorage"] = connectionString,
                ["StoragePrefix"] = prefix,
                ["AdminKey"] = adminKey.Reveal(),
                ["RequestsPerMinute"] = "0",
            })
            .Build();
        services = new ServiceCollection()
            .AddConflictData(configuration)
            .AddSingleton(new StorageAccount(Settings.Read(configuration), calls.Watch))
            .AddSingleton<TimeProvider>(clock)
            .BuildServiceProvider();
    }

    public string AdminKey => adminKey.Reveal();

    /// <summary>Calls of storage so far.</summary>
    public StorageCount Calls => calls.SoFar;

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>What an instance does until it is ready.</summary>
    public async Task Start(CancellationToken cancellation)
    {
        await Get<IReleaseStore>().EnsureCreated(cancellation);
        Assert.True((await Get<ReleaseFollower>().Current(cancellation)).Succeeded(out _, out var error), error?.Detail);
        foreach (var part in Enum.GetValues<Part>())
        {
            Get<Readiness>().Stands(part);
        }
    }

    /// <summary>A timer, fired once.</summary>
    public Task Fire<TTimer>(Func<TTimer, Task> run) => run(ActivatorUtilities.CreateInstance<TTimer>(services));

    public Task<string> Page(string key, string address) => Call<ODataFunctions>("GET", key, $"odata/{address}", "", "", (functions, request) => functions.Newest(request, address.Split('?')[0]));

    public Task<string> Submit(string dataset, string csv) =>
        Call<SubmissionFunctions>("POST", AdminKey, $"submissions/{dataset}", "text/csv", csv, (functions, request) => functions.Submit(request, dataset));

    public Task<string> MakeKey() =>
        Call<KeyFunctions>("POST", AdminKey, "keys", "application/json", """{"name":"Refresh","owner":"reader","scopes":["read"]}""", (functions, request) => functions.Make(request));

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<string> Call<TFunctions>(string method, string key, string address, string type, string body, Func<TFunctions, HttpRequest, Task<IResult>> run)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        var uri = new Uri($"http://localhost/api/{address}");
        var (request, bytes, answer) = (context.Request, Encoding.UTF8.GetBytes(body), new MemoryStream());
        (request.Method, request.Scheme, request.Host, request.Path, request.QueryString) = (method, "http", new("localhost"), uri.AbsolutePath, new(uri.Query));
        (request.Body, request.ContentLength, context.Response.Body) = (new MemoryStream(bytes), bytes.Length, answer);
        request.Headers["x-api-key"] = key;
        if (type.Length > 0)
        {
            request.ContentType = type;
        }

        await (await run(ActivatorUtilities.CreateInstance<TFunctions>(services), request)).ExecuteAsync(context);
        var text = Encoding.UTF8.GetString(answer.ToArray());
        Assert.True(context.Response.StatusCode is 200 or 201, text);
        return text;
    }
}
