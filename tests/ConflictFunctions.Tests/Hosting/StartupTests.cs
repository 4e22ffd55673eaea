using System.Net;
using System.Net.Sockets;
using LocalFunctionsHost.Storage;

namespace ConflictFunctions.Tests.Hosting;

/// <summary>The app as its user starts and stops it.</summary>
public sealed class StartupTests
{
    [Fact]
    public async Task A_port_in_use_is_said_in_one_line()
    {
        using var taken = Listen(0);
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var app = AppProcess.Start(new() { ["Host__LocalHttpPort"] = $"{port}" });

        await AssertEndsWithOneLine(app, $"Port {port} is already in use");
    }

    [Fact]
    public async Task A_missing_node_is_said_in_one_line()
    {
        await using var app = AppProcess.Start(new(AnyPorts()) { ["PATH"] = "/nowhere" });

        await AssertEndsWithOneLine(app, "Node.js was not found");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_storage_port_that_something_else_has_is_said_in_one_line(int which)
    {
        var ports = AnyPorts();
        var port = int.Parse(ports["AzuritePort"]) + which;
        using var taken = Listen(port);
        await using var app = AppProcess.Start(ports);

        await AssertEndsWithOneLine(app, $"Port {port} is taken");
    }

    [Fact]
    public async Task Ctrl_C_stops_the_app_and_the_storage_that_it_started()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no Ctrl-C for one process alone.");
        var ports = AnyPorts();
        await using var app = AppProcess.Start(ports);

        await AssertLive(await app.Address());
        await app.Interrupt();

        var (exitCode, errors) = await app.Ended();
        Assert.Empty(errors);
        Assert.Equal(0, exitCode);
        Assert.All([0, 1, 2], which => Assert.True(FreePorts.IsFree(int.Parse(ports["AzuritePort"]) + which)));
    }

    [Fact]
    public async Task Storage_ends_with_an_app_that_is_killed()
    {
        var ports = AnyPorts();
        await using var app = AppProcess.Start(ports);
        await app.Address();
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, int.Parse(ports["AzuritePort"]), TestContext.Current.CancellationToken);

        app.Kill();

        Assert.Equal(0, await connection.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        Assert.True(FreePorts.IsFree(int.Parse(ports["AzuritePort"])));
    }

    [Fact]
    public async Task Storage_that_is_there_already_is_left_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no Ctrl-C for one process alone.");
        var cancellation = TestContext.Current.CancellationToken;
        var (ports, folder) = (AnyPorts(), Directory.CreateTempSubdirectory("azurite-"));
        var first = int.Parse(ports["AzuritePort"]);
        await using (await AzuriteProcess.Start(new(folder.FullName) { BlobPort = first, QueuePort = first + 1, TablePort = first + 2 }, cancellation))
        {
            await using var app = AppProcess.Start(ports);
            await AssertLive(await app.Address());
            await app.Interrupt();
            await app.Ended();

            Assert.False(FreePorts.IsFree(first));
        }

        folder.Delete(recursive: true);
    }

    private static Dictionary<string, string> AnyPorts() => new() { ["Host__LocalHttpPort"] = "0", ["AzuritePort"] = $"{FreePorts.Take(3)}" };

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    private static async Task AssertLive(Uri address)
    {
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task AssertEndsWithOneLine(AppProcess app, string beginning)
    {
        var (exitCode, errors) = await app.Ended();
        Assert.StartsWith(beginning, Assert.Single(errors));
        Assert.Equal(1, exitCode);
    }
}
