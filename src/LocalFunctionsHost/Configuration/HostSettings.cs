using System.Net;
using LocalFunctionsHost.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalFunctionsHost.Configuration;

/// <summary>What the host itself is told, by host.json, local.settings.json, environment variables and the command line.</summary>
internal sealed class HostSettings
{
    /// <summary>
    /// Bytes. Far more than an app takes: it says itself, and in words, what is too long for it, where the server would cut the
    /// connection off without any.
    /// </summary>
    private const int LongestRequestLine = 128 * 1024;

    private const string DefaultStorage = "UseDevelopmentStorage=true";
    private static readonly Dictionary<string, string> Switches = new() { ["--port"] = "Host:LocalHttpPort", ["-p"] = "Host:LocalHttpPort" };

    private readonly IConfiguration hostFile;

    private HostSettings(IConfiguration hostFile, IConfiguration configuration)
    {
        this.hostFile = hostFile;
        RoutePrefix = hostFile["extensions:http:routePrefix"] ?? "api";
        Port = configuration.GetValue("Host:LocalHttpPort", 7071);
        AzuritePort = configuration.GetValue("AzuritePort", StoragePorts.Default);
        LocalFolder = Path.GetFullPath(configuration.GetValue("LocalFolder", ".local")!);
        UsesEmulator = configuration["AzureWebJobsStorage"] == DefaultStorage;
    }

    /// <summary>First segment of every function's route.</summary>
    public string RoutePrefix { get; }

    /// <summary>Port that the functions are served on; 0 = a free one.</summary>
    public int Port { get; }

    /// <summary>First of the three ports of the storage emulator.</summary>
    public int AzuritePort { get; }

    /// <summary>Folder for what belongs to this machine alone.</summary>
    public string LocalFolder { get; }

    /// <summary>True: storage is the emulator on this machine.</summary>
    public bool UsesEmulator { get; }

    public static HostSettings Load(ConfigurationManager configuration, string[] args)
    {
        configuration.Sources.Insert(0, LocalValues());
        configuration.AddCommandLine(args, Switches);
        var settings = new HostSettings(ReadJson("host.json"), configuration);
        if (settings.UsesEmulator && settings.AzuritePort != StoragePorts.Default)
        {
            configuration["AzureWebJobsStorage"] = new StoragePorts(settings.AzuritePort).ConnectionString;
        }

        return settings;
    }

    /// <summary>Makes the server, its log and its manner of stopping as these settings say.</summary>
    public void Configure(WebApplicationBuilder builder)
    {
        // Requests are never logged by the server: an address can hold a key.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddConfiguration(hostFile.GetSection("logging"));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestLineSize = LongestRequestLine;
            if (Port == 0)
            {
                server.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                server.ListenLocalhost(Port);
            }
        });
    }

    // As the Functions tools do it: Values stand for environment variables, so "__" is a separator in their names.
    private static MemoryConfigurationSource LocalValues()
    {
        var file = ReadJson("local.settings.json");
        var values = file.GetSection("Values").AsEnumerable(makePathsRelative: true).Select(value => KeyValuePair.Create(value.Key.Replace("__", ":"), value.Value));
        return new() { InitialData = [.. values, KeyValuePair.Create("Host:LocalHttpPort", file["Host:LocalHttpPort"])] };
    }

    private static IConfigurationRoot ReadJson(string name) =>
        new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, name), optional: true).Build();
}
