using ConflictData.Access;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ConflictData.Startup;

/// <summary>
/// What a developer is shown on the console: the key of this machine and the addresses to try. Written to standard output
/// and never to a logger, because log lines travel. Silent where there is no local key, as in the cloud.
/// </summary>
public sealed class LocalConsole(AdminKey adminKey, Settings settings, IServer? server = null)
{
    public void ShowKey()
    {
        if (adminKey is { IsLocal: true, Key: { } key })
        {
            Console.WriteLine($"Admin key of this machine: {key.Reveal()}");
        }
    }

    public void ShowReady(int release)
    {
        if (adminKey.IsLocal)
        {
            var root = Root();
            Console.WriteLine(
                $"""
                Ready at release {release}.
                  Explorer  {root}/api/explorer
                  Feed      {root}/api/odata/
                  Files     {root}/api/snapshots
                  Releases  {root}/api/releases
                  All calls {root}/api/swagger/ui
                """);
        }
    }

    /// <summary>The Functions tools name their own address in a variable; our local host is the server itself.</summary>
    private string Root() =>
        settings.PublicUrl.Length > 0 ? settings.PublicUrl.TrimEnd('/')
        : Environment.GetEnvironmentVariable("WEBSITE_HOSTNAME") is { Length: > 0 } tools ? $"http://{tools}"
        : server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? "";
}
