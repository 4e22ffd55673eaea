using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace ConflictData.Storage;

/// <summary>The Azure clients, made from the settings; the one place that reads the connection string.</summary>
public static class StorageClients
{
    private const string Remedy =
        "Set AzureWebJobsStorage to the connection string of a storage account, or to UseDevelopmentStorage=true for a local one.";

    public static TableServiceClient Tables(Settings settings) =>
        Make(() => new TableServiceClient(settings.AzureWebJobsStorage, Bounded(new TableClientOptions())));

    public static BlobServiceClient Blobs(Settings settings) =>
        Make(() => new BlobServiceClient(settings.AzureWebJobsStorage, Bounded(new BlobClientOptions())));

    /// <summary>A storage that does not answer must become an answer to our own caller well before that one gives up.</summary>
    private static TOptions Bounded<TOptions>(TOptions options)
        where TOptions : ClientOptions
    {
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
        return options;
    }

    private static TClient Make<TClient>(Func<TClient> make)
    {
        try
        {
            return make();
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException or InvalidOperationException)
        {
            // The library's message may repeat the account key.
            throw new StartupException($"The storage connection string cannot be read. {Remedy}");
        }
    }
}
