using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace ConflictData.Storage;

/// <summary>The Azure clients, made from the settings; the one place that reads how storage is reached.</summary>
public static class StorageClients
{
    private const string Remedy =
        "Set AzureWebJobsStorage to the connection string of a storage account, or to UseDevelopmentStorage=true for a local one; "
        + "or AzureWebJobsStorage__accountName to its name, to reach it by identity. DataStorage, where it is set, is the same for the data.";

    public static TableServiceClient Tables(Settings settings) => Tables(settings, shape: null);

    public static BlobServiceClient Blobs(Settings settings) => Blobs(settings, shape: null);

    /// <param name="settings">How the account is reached.</param>
    /// <param name="shape">What is to be added to the client's options; null = nothing.</param>
    internal static TableServiceClient Tables(Settings settings, Action<ClientOptions>? shape)
    {
        var (connectionString, identity) = Data(settings);
        var options = Bounded(new TableClientOptions(), shape);
        return Make(() => connectionString.Length > 0
            ? new TableServiceClient(connectionString, options)
            : new TableServiceClient(identity.Tables, identity.Token, options));
    }

    /// <inheritdoc cref="Tables(Settings, Action{ClientOptions}?)"/>
    internal static BlobServiceClient Blobs(Settings settings, Action<ClientOptions>? shape)
    {
        var (connectionString, identity) = Data(settings);
        var options = Bounded(new BlobClientOptions(), shape);
        return Make(() => connectionString.Length > 0
            ? new BlobServiceClient(connectionString, options)
            : new BlobServiceClient(identity.Blobs, identity.Token, options));
    }

    /// <summary>The account of the data where one is named, else that of the Functions host. A connection string goes before an identity, as with the host.</summary>
    private static (string ConnectionString, StorageIdentity Identity) Data(Settings settings) =>
        settings.DataStorage.Length > 0 || settings.DataStorageIdentity.IsGiven
            ? (settings.DataStorage, settings.DataStorageIdentity)
            : (settings.AzureWebJobsStorage, settings.AzureWebJobsStorageIdentity);

    /// <summary>A storage that does not answer must become an answer to our own caller well before that one gives up.</summary>
    private static TOptions Bounded<TOptions>(TOptions options, Action<ClientOptions>? shape)
        where TOptions : ClientOptions
    {
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
        shape?.Invoke(options);
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
            throw new StartupException($"What says how storage is reached cannot be read. {Remedy}");
        }
    }
}
