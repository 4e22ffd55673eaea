namespace Benchmarks.Harness;

/// <summary>Kestrel on a free port of this machine, set up the same for all that is compared: no logging, nothing else.</summary>
internal static class Loopback
{
    public static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }

    /// <summary>Starts it and gives its address.</summary>
    public static async Task<Uri> Start(WebApplication web)
    {
        await web.StartAsync();
        return new(web.Urls.Single());
    }
}
