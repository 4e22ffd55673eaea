using Azure.Data.Tables;
using Benchmarks.Data;
using ConflictData;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Storage;
using ConflictData.Submissions;
using LocalFunctionsHost.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmarks.Service;

/// <summary>
/// The way in on an Azurite of its own, with all that casualties refer to as the first release. Each has a store of its own:
/// the emulator grows slower with what its tables hold, which a real account does not.
/// </summary>
internal sealed class SubmittingApp : IAsyncDisposable
{
    private readonly Engine engine;
    private readonly ReleaseFollower follower;
    private readonly SubmissionService service;
    private readonly TableReleaseStore store;

    private SubmittingApp(Settings settings, StorageAccount account)
    {
        var clock = TimeProvider.System;
        engine = new(settings, clock);
        store = new(account, clock);
        follower = new(store, engine, settings, clock);
        var log = new SubmissionLog(account, settings, clock);
        service = new(store, log, engine, follower, new(store, log, engine, follower, new(), clock, NullLogger<LongSubmissions>.Instance), new(), clock);
        Bare = account.Table("Keys");
    }

    /// <summary>A table of the same storage that nothing else uses.</summary>
    public TableClient Bare { get; }

    public static async Task<SubmittingApp> Start(AzuriteProcess azurite, int number)
    {
        var settings = new Settings { AzureWebJobsStorage = azurite.ConnectionString, StoragePrefix = $"s{number}" };
        var app = new SubmittingApp(settings, new StorageAccount(settings));
        await app.store.EnsureCreated(CancellationToken.None);
        await app.Submit(null, "application/zip", GeneratedPayload.References());
        return app;
    }

    /// <summary>Submits casualties as CSV, and gives the report.</summary>
    public Task Submit(byte[] casualties) => Submit(Catalog.Get("Casualties"), "text/csv", casualties);

    /// <summary>The revisions of the newest release.</summary>
    public async Task<IReadOnlyList<Revision>> Newest() =>
        (await store.Revisions((await store.Head(CancellationToken.None))!, Redactions.None, CancellationToken.None)).Revisions;

    public async ValueTask DisposeAsync()
    {
        follower.Dispose();
        await engine.DisposeAsync();
    }

    private async Task Submit(Dataset? dataset, string contentType, byte[] payload)
    {
        using var body = new MemoryStream(payload, writable: false);
        var answer = await service.Submit(
            new SubmissionRequest { Owner = "generator", Dataset = dataset, ContentType = contentType, Body = body }, CancellationToken.None);
        if (answer.Value is not { Status: 201 })
        {
            throw new InvalidOperationException(answer.Error?.Detail ?? System.Text.Encoding.UTF8.GetString(answer.Value!.Body.Span));
        }
    }
}
