using System.Security.Cryptography;
using Azure.Storage.Blobs;
using ConflictData;
using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Snapshots;
using ConflictData.Storage;
using LocalFunctionsHost.Storage;

namespace Benchmarks.Service;

/// <summary>
/// A published CSV file in an Azurite of its own, served in two ways by one server: as the app serves it, and as a plain copy
/// of its blob, which is the least that any server must do.
/// </summary>
internal sealed class FileServer : IAsyncDisposable
{
    private static readonly ApiRoute Files = new(Scopes.None);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("benchmark-storage-");
    private AzuriteProcess? azurite;
    private AppServer? server;

    /// <summary>Address of the file as the app serves it.</summary>
    public Uri Ours { get; private set; } = null!;

    /// <summary>Address of the plain copy.</summary>
    public Uri Copy { get; private set; } = null!;

    /// <summary>The file.</summary>
    public SnapshotFile File { get; private set; } = null!;

    /// <summary>Publishes Casualties of a release as the app's feed gives it, and listens.</summary>
    public static async Task<FileServer> Start(AppServer app, int release)
    {
        var files = new FileServer();
        files.azurite = await AzuriteProcess.Start(new(files.folder.FullName), CancellationToken.None);
        var settings = new Settings { AzureWebJobsStorage = files.azurite.ConnectionString };
        var storage = new StorageAccount(settings);
        await storage.EnsureCreated(CancellationToken.None);
        files.File = await Publish(app, new SnapshotStore(storage, TimeProvider.System), release);
        var blob = storage.Container("snapshots").GetBlobClient(files.File.Blob);
        files.server = await app.Beside(
            settings,
            services => services.AddSingleton(storage).AddSingleton<SnapshotStore>().AddSingleton<SnapshotPublisher>().AddSingleton<DeltaTables>().AddSingleton<SnapshotService>().AddSingleton<SnapshotAnswers>(),
            addresses =>
            {
                addresses.MapGet("/api/snapshots/{release}/{file}", Answer);
                addresses.MapGet("/copy", (HttpResponse response, CancellationToken cancellation) => CopyTo(response, blob, cancellation));
            });
        files.Ours = new(files.server.Root, $"../snapshots/{release}/{files.File.Name}");
        files.Copy = new(files.server.Root, "/copy");
        return files;
    }

    public async ValueTask DisposeAsync()
    {
        await (server?.DisposeAsync() ?? default);
        await (azurite?.DisposeAsync() ?? default);
        folder.Delete(recursive: true);
    }

    private static async Task<SnapshotFile> Publish(AppServer app, SnapshotStore store, int release)
    {
        await using var csv = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        using var http = new HttpClient();
        await using (var feed = await http.GetStreamAsync(new Uri(app.Root, "Casualties?$format=csv")))
        {
            await feed.CopyToAsync(csv);
        }

        csv.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(csv));
        csv.Position = 0;
        var file = new SnapshotFile("casualties.csv", "Casualties", $"files/{release:D10}/casualties.csv", "text/csv; charset=utf-8", csv.Length, 0, hash);
        await store.Write(file, csv, CancellationToken.None);
        await store.Complete(new PublishedRelease(release), new(release, DateTimeOffset.UnixEpoch, [file]), CancellationToken.None);
        return file;
    }

    private static Task<IResult> Answer(HttpRequest request, string release, string file, ApiPipeline pipeline, SnapshotAnswers snapshots) =>
        pipeline.Run(request, Files, call => snapshots.File(call, release, file));

    private static async Task CopyTo(HttpResponse response, BlobClient blob, CancellationToken cancellation)
    {
        var download = await blob.DownloadStreamingAsync(cancellationToken: cancellation);
        response.ContentLength = download.Value.Details.ContentLength;
        await using var content = download.Value.Content;
        await content.CopyToAsync(response.Body, cancellation);
    }
}
