namespace ConflictData;

/// <summary>Settings of the app, bound from app settings of the same names. README.md lists them; a test keeps the two the same.</summary>
public sealed class Settings
{
    /// <summary>Storage connection string; the Functions host's own.</summary>
    public string AzureWebJobsStorage { get; set; } = "UseDevelopmentStorage=true";

    /// <summary>Letters and digits put before every table and container name, so that stores can share an account.</summary>
    public string StoragePrefix { get; set; } = "";

    /// <summary>The address under which clients reach the app, without /api; empty = https://$WEBSITE_HOSTNAME, else the request's own.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>True: submit the bundled sample when the store is empty.</summary>
    public bool LoadSample { get; set; }

    /// <summary>True: reading needs no key.</summary>
    public bool AnonymousRead { get; set; }

    /// <summary>The first admin key, cf_{id}_{secret}; empty = none.</summary>
    public string AdminKey { get; set; } = "";

    /// <summary>Folder for what belongs to this machine alone, such as the local admin key; empty = none is made.</summary>
    public string LocalFolder { get; set; } = "";

    /// <summary>Secrets that sign page tokens, id:base64 each, separated by ";". The first signs; all are accepted. Empty = made at random, so tokens end with the process.</summary>
    public string TokenSecrets { get; set; } = "";

    /// <summary>Seconds for which an instance may take its newest release for the newest there is.</summary>
    public double FreshForSeconds { get; set; } = 2;

    /// <summary>Rows on a page where the client does not ask for fewer.</summary>
    public int PageSize { get; set; } = 10_000;

    /// <summary>Seconds after which a query is stopped.</summary>
    public double QuerySeconds { get; set; } = 30;

    /// <summary>Most memory that the engine may take, as DuckDB writes it.</summary>
    public string EngineMemory { get; set; } = "1200MB";
}
