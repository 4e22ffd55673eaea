using ConflictData.Tests.Access;
using ConflictFunctions.Tests.Hosting;

namespace ConflictFunctions.Tests.Running.PowerBI;

/// <summary>Tests that share the second instance.</summary>
[CollectionDefinition(nameof(GuardedApp))]
public sealed class GuardedAppTests : ICollectionFixture<GuardedApp>;

/// <summary>A second instance on the same store, as it stands in Azure: reached by http behind an https address, and with nothing to read without a key.</summary>
public sealed class GuardedApp(RunningApp app) : IAsyncLifetime
{
    /// <summary>What clients are told that its address is; nothing listens there.</summary>
    public const string PublicUrl = "https://figures.example.org";

    /// <summary>The one origin whose pages may call.</summary>
    public const string AllowedOrigin = "https://pages.example.org";

    private readonly Proxy proxy = new();
    private AppProcess? process;

    public string AdminKey => File.ReadAllText(Path.Combine(process!.Folder, "admin-key"));

    /// <summary>The tenant whose tokens it takes.</summary>
    public FakeTenant Tenant { get; private set; } = null!;

    public IReadOnlyCollection<string> Printed => process!.Printed;

    /// <summary>Calls under /api/ of the instance, without a key; absolute addresses are those that clients are told.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    /// <summary>The same with its admin key.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Tenant = await FakeTenant.Start();
        var watch = new SecretWatch(proxy);
        (Anonymous, Admin) = (new(watch, disposeHandler: false) { BaseAddress = new($"{PublicUrl}/api/") }, new(watch, disposeHandler: false) { BaseAddress = new($"{PublicUrl}/api/") });
        process = AppProcess.Start(new()
        {
            ["AzureWebJobsStorage"] = app.Storage,
            ["Host__LocalHttpPort"] = "0",
            ["AnonymousRead"] = "false",
            ["PublicUrl"] = PublicUrl,
            ["AllowedOrigins"] = AllowedOrigin,
            ["EntraTenant"] = FakeTenant.Id,
            ["EntraAudience"] = FakeTenant.Audience,
            ["EntraMetadata"] = Tenant.Metadata,
            ["Logging__LogLevel__ConflictData"] = "Debug",
        });
        proxy.Instance = await process.Address();
        await process.Line("Ready at release ");
        Admin.DefaultRequestHeaders.Add("x-api-key", AdminKey);
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        Admin.Dispose();
        proxy.Dispose();
        await Tenant.DisposeAsync();
        await (process?.DisposeAsync() ?? default);
    }

    /// <summary>What ends https before the instance: the address that clients use leads there, by http.</summary>
    private sealed class Proxy() : DelegatingHandler(new SocketsHttpHandler())
    {
        public Uri? Instance { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal(GuardedApp.PublicUrl, request.RequestUri!.GetLeftPart(UriPartial.Authority));
            request.RequestUri = new(Instance!, request.RequestUri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
