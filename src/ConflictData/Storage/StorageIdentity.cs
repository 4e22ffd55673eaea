using Azure.Core;
using Azure.Identity;

namespace ConflictData.Storage;

/// <summary>
/// A storage account that is reached by who the app is, without a key: settings such as AzureWebJobsStorage__accountName. The names
/// are those by which the Functions host finds its own storage, so that one setting serves both.
/// </summary>
public sealed class StorageIdentity
{
    private const string Managed = "managedidentity";

    private TokenCredential? credential;

    /// <summary>Name of the account in Azure's public cloud.</summary>
    public string AccountName { get; set; } = "";

    /// <summary>Address of its blobs; empty = by its name.</summary>
    public string BlobServiceUri { get; set; } = "";

    /// <summary>Address of its tables; empty = by its name.</summary>
    public string TableServiceUri { get; set; } = "";

    /// <summary>managedidentity = the app's identity in Azure and no other; empty = whatever DefaultAzureCredential finds, as a developer's own sign-in.</summary>
    public string Credential { get; set; } = "";

    /// <summary>Client id of the user-assigned identity; empty = the system-assigned one.</summary>
    public string ClientId { get; set; } = "";

    internal bool IsGiven => AccountName.Length > 0 || BlobServiceUri.Length > 0 || TableServiceUri.Length > 0;

    internal Uri Blobs => Address(BlobServiceUri, "blob");

    internal Uri Tables => Address(TableServiceUri, "table");

    /// <summary>One for all clients, since it keeps the token; made when the first client asks, so that who uses a key never pays for it.</summary>
    internal TokenCredential Token => credential ??= Credential.ToLowerInvariant() switch
    {
        Managed when ClientId.Length > 0 => new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(ClientId)),
        Managed => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
        "" => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = ClientId.Length > 0 ? ClientId : null }),
        _ => throw new FormatException($"The credential must be {Managed} or empty."),
    };

    private Uri Address(string given, string service) =>
        given.Length > 0 ? new(given)
        : AccountName.Length > 0 ? new($"https://{AccountName}.{service}.core.windows.net")
        : throw new FormatException($"Neither the account's name nor the address of its {service} service is given.");
}
