using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ConflictData.Storage;
using Microsoft.Extensions.Configuration;

namespace ConflictData;

/// <summary>Settings of the app, bound from app settings of the same names. README.md lists them; a test keeps the two the same.</summary>
public sealed class Settings
{
    /// <summary>Storage connection string; the Functions host's own.</summary>
    public string AzureWebJobsStorage { get; set; } = "UseDevelopmentStorage=true";

    /// <summary>The same account reached by identity, as AzureWebJobsStorage__accountName and so on; a connection string goes before it.</summary>
    [ConfigurationKeyName(nameof(AzureWebJobsStorage))]
    public StorageIdentity AzureWebJobsStorageIdentity { get; set; } = new();

    /// <summary>Connection string of the account that holds the data; empty = the Functions host's own.</summary>
    public string DataStorage { get; set; } = "";

    /// <summary>The account that holds the data reached by identity, as DataStorage__accountName and so on.</summary>
    [ConfigurationKeyName(nameof(DataStorage))]
    public StorageIdentity DataStorageIdentity { get; set; } = new();

    /// <summary>Letters and digits put before every table and container name, so that stores can share an account.</summary>
    [RegularExpression("[A-Za-z][A-Za-z0-9]{0,30}", ErrorMessage = "must be letters and digits, a letter first, at most 31")]
    public string StoragePrefix { get; set; } = "";

    /// <summary>The address under which clients reach the app, without /api; empty = https://$WEBSITE_HOSTNAME, else the request's own.</summary>
    [RegularExpression("https?://[^?#]+", ErrorMessage = "must be an address that begins with http:// or https://")]
    public string PublicUrl { get; set; } = "";

    /// <summary>True: submit the bundled sample when the store is empty.</summary>
    public bool LoadSample { get; set; }

    /// <summary>True: reading needs no key.</summary>
    public bool AnonymousRead { get; set; }

    /// <summary>The first admin key, cf_{id}_{secret}; empty = none.</summary>
    public string AdminKey { get; set; } = "";

    /// <summary>Seconds for which an instance may take what it knows of a key: so long a key that was revoked elsewhere may go on.</summary>
    [Range(0, 3600, ErrorMessage = "must be from 0 to 3600")]
    public double KeyFreshSeconds { get; set; } = 30;

    /// <summary>Minutes for which a known key goes on while storage does not answer.</summary>
    [Range(0, 1440, ErrorMessage = "must be from 0 to 1440")]
    public double KeyGraceMinutes { get; set; } = 60;

    /// <summary>Id of the Entra ID tenant whose tokens are taken; empty = none are.</summary>
    [RegularExpression("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", ErrorMessage = "must be the id of a tenant, a GUID")]
    public string EntraTenant { get; set; } = "";

    /// <summary>Whom tokens must be for: the app's client id, its application id URI, or both, separated by ";".</summary>
    public string EntraAudience { get; set; } = "";

    /// <summary>Where the tenant publishes its issuer and keys; empty = where Entra ID does.</summary>
    [RegularExpression("https://[^?#]+|http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?/[^?#]*", ErrorMessage = "must be an address that begins with https://")]
    public string EntraMetadata { get; set; } = "";

    /// <summary>Calls that an owner, or an address without a key, may make in a minute; 0 = no limit.</summary>
    [Range(0, 1_000_000, ErrorMessage = "must be from 0 to 1000000")]
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Keys that are not valid which an address may send in a minute; 0 = no limit.</summary>
    [Range(0, 1_000_000, ErrorMessage = "must be from 0 to 1000000")]
    public int FailedKeysPerMinute { get; set; } = 30;

    /// <summary>Proxies of ours before the app that write X-Forwarded-For: 1 in Azure; 0 = the header is not believed.</summary>
    [Range(0, 10, ErrorMessage = "must be from 0 to 10")]
    public int TrustedProxies { get; set; }

    /// <summary>Origins of web pages that may call, such as https://example.org, separated by ";"; empty = none.</summary>
    [RegularExpression("https?://[^/?#*;\\s]+(;https?://[^/?#*;\\s]+)*", ErrorMessage = "must be origins such as https://example.org, several separated by ;")]
    public string AllowedOrigins { get; set; } = "";

    /// <summary>Folder for what belongs to this machine alone, such as the local admin key; empty = none is made.</summary>
    public string LocalFolder { get; set; } = "";

    /// <summary>Secrets that sign the tokens of next and delta links, id:base64 each, separated by ";". The first signs; all are accepted. Empty = made at random, so tokens end with the process.</summary>
    [RegularExpression("[A-Za-z0-9]+:[A-Za-z0-9+/=]+(;[A-Za-z0-9]+:[A-Za-z0-9+/=]+)*", ErrorMessage = "must be id:base64, several separated by ;")]
    public string TokenSecrets { get; set; } = "";

    /// <summary>Seconds for which an instance may take its newest release for the newest there is.</summary>
    [Range(0, 3600, ErrorMessage = "must be from 0 to 3600")]
    public double FreshForSeconds { get; set; } = 2;

    /// <summary>Rows on a page where the client does not ask for fewer.</summary>
    [Range(1, 100_000, ErrorMessage = "must be from 1 to 100000")]
    public int PageSize { get; set; } = 10_000;

    /// <summary>Longest path and query of an address of the feed, in characters.</summary>
    [Range(1000, 30_000, ErrorMessage = "must be from 1000 to 30000")]
    public int MaxAddress { get; set; } = 8000;

    /// <summary>Longest body of a batch or of a $query, in bytes.</summary>
    [Range(1000, 10_000_000, ErrorMessage = "must be from 1000 to 10000000")]
    public int MaxQueryBody { get; set; } = 1_048_576;

    /// <summary>Most requests in a batch.</summary>
    [Range(1, 1000, ErrorMessage = "must be from 1 to 1000")]
    public int MaxBatchRequests { get; set; } = 100;

    /// <summary>Most parts (operators, functions, properties, literals, steps, words of a search) in the expressions of one query.</summary>
    [Range(10, 1000, ErrorMessage = "must be from 10 to 1000")]
    public int MaxExpressionParts { get; set; } = 100;

    /// <summary>Deepest nesting of an expression.</summary>
    [Range(5, 60, ErrorMessage = "must be from 5 to 60")]
    public int MaxExpressionDepth { get; set; } = 50;

    /// <summary>Most values in a list after in.</summary>
    [Range(1, 10_000, ErrorMessage = "must be from 1 to 10000")]
    public int MaxListedValues { get; set; } = 1000;

    /// <summary>Most any, all and $count within each other.</summary>
    [Range(1, 5, ErrorMessage = "must be from 1 to 5")]
    public int MaxNestedCollections { get; set; } = 3;

    /// <summary>Most steps from record to record in one path.</summary>
    [Range(1, 20, ErrorMessage = "must be from 1 to 20")]
    public int MaxPathSteps { get; set; } = 5;

    /// <summary>Most $expand within each other, each of $levels counted.</summary>
    [Range(1, 10, ErrorMessage = "must be from 1 to 10")]
    public int MaxExpandDepth { get; set; } = 5;

    /// <summary>Most ways that the $expand of one query may name, at all depths, each of $levels counted.</summary>
    [Range(1, 100, ErrorMessage = "must be from 1 to 100")]
    public int MaxExpandedWays { get; set; } = 20;

    /// <summary>Most records under one expanded record.</summary>
    [Range(1, 100_000, ErrorMessage = "must be from 1 to 100000")]
    public int MaxExpandedRows { get; set; } = 1000;

    /// <summary>Most steps of a $apply, those within other steps counted too.</summary>
    [Range(1, 100, ErrorMessage = "must be from 1 to 100")]
    public int MaxApplySteps { get; set; } = 20;

    /// <summary>Megabytes for pages that are kept compressed; 0 = none is kept.</summary>
    [Range(0, 100_000, ErrorMessage = "must be from 0 to 100000")]
    public int KeptPagesMegabytes { get; set; } = 256;

    /// <summary>Megabytes of the local disk for rows that are read one by one, beside the engine's tables; 0: none are kept.</summary>
    [Range(0, 100_000, ErrorMessage = "must be from 0 to 100000")]
    public int KeptRowsMegabytes { get; set; } = 400;

    /// <summary>Most groups that a $apply may answer with.</summary>
    [Range(1, 10_000_000, ErrorMessage = "must be from 1 to 10000000")]
    public int MaxGroups { get; set; } = 100_000;

    /// <summary>Seconds after which a query is stopped.</summary>
    [Range(0.1, 220, ErrorMessage = "must be from 0.1 to 220")]
    public double QuerySeconds { get; set; } = 30;

    /// <summary>Queries that run at once, of which one may be heavy; 0 = as many as there are cores, but at least two.</summary>
    [Range(0, 64, ErrorMessage = "must be from 0 to 64")]
    public int QueriesAtOnce { get; set; }

    /// <summary>Threads that the engine runs queries on; 0 = as many as there are cores.</summary>
    [Range(0, 64, ErrorMessage = "must be from 0 to 64")]
    public int EngineThreads { get; set; }

    /// <summary>Seconds that a query waits for its turn.</summary>
    [Range(0.1, 60, ErrorMessage = "must be from 0.1 to 60")]
    public double QueueSeconds { get; set; } = 2;

    /// <summary>Most memory that the engine may take, as DuckDB writes it; empty = three fifths of the process's, at least 1200MB.</summary>
    [RegularExpression("[0-9]+(\\.[0-9]+)? ?(KB|MB|GB|TB|KiB|MiB|GiB|TiB)", ErrorMessage = "must be a size such as 1200MB")]
    public string EngineMemory { get; set; } = "";

    /// <summary>What <see cref="EngineMemory"/> comes to.</summary>
    internal string EngineMemoryLimit => EngineMemory.Length > 0 ? EngineMemory
        : $"{Math.Max(1200, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_000_000 * 3 / 5)}MB";

    /// <summary>The same in bytes.</summary>
    internal long EngineMemoryBytes
    {
        get
        {
            var number = EngineMemoryLimit.TrimEnd(' ', 'B', 'i', 'K', 'M', 'G', 'T');
            var unit = EngineMemoryLimit[number.Length..].Trim();
            var thousand = unit.Contains('i', StringComparison.Ordinal) ? 1024 : 1000;
            return (long)(double.Parse(number, CultureInfo.InvariantCulture) * Math.Pow(thousand, "KMGT".IndexOf(unit[0]) + 1));
        }
    }

    /// <summary>Seconds after which a submission whose worker gives no sign of life may be taken over.</summary>
    [Range(1, 3600, ErrorMessage = "must be from 1 to 3600")]
    public double TakeOverSeconds { get; set; } = 60;

    /// <summary>Hours after which housekeeping gives up a submission that began to write and never ended.</summary>
    [Range(0.0001, 8760, ErrorMessage = "must be from 0.0001 to 8760")]
    public double GiveUpHours { get; set; } = 24;

    /// <summary>Releases after the newest checkpoint for which a new one is made.</summary>
    [Range(1, 100_000, ErrorMessage = "must be from 1 to 100000")]
    public int CheckpointReleases { get; set; } = 200;

    /// <summary>Revisions after the newest checkpoint for which a new one is made.</summary>
    [Range(1, 100_000_000, ErrorMessage = "must be from 1 to 100000000")]
    public long CheckpointRevisions { get; set; } = 50_000;

    /// <summary>How many checkpoints are kept, the newest ones.</summary>
    [Range(2, 100, ErrorMessage = "must be from 2 to 100")]
    public int KeptCheckpoints { get; set; } = 3;

    /// <summary>Address of a collector of OpenTelemetry that takes OTLP over HTTP; empty: none.</summary>
    [RegularExpression("(https?://[^\\s]+)?", ErrorMessage = "must be an address that begins with http:// or https://")]
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>Connection string of Application Insights, as Azure gives it to a function app; empty: none.</summary>
    [ConfigurationKeyName("APPLICATIONINSIGHTS_CONNECTION_STRING")]
    public string ApplicationInsights { get; set; } = "";

    /// <summary>By which identity Application Insights is written to, as Azure has it: Authorization=AAD, and ClientId= of a user-assigned one; empty: by none.</summary>
    [ConfigurationKeyName("APPLICATIONINSIGHTS_AUTHENTICATION_STRING")]
    [RegularExpression("(?i)((ClientId=[0-9a-f-]+;)?Authorization=AAD(;ClientId=[0-9a-f-]+)?)?", ErrorMessage = "must be Authorization=AAD, with ClientId= of a user-assigned identity")]
    public string ApplicationInsightsIdentity { get; set; } = "";

    /// <summary>The share of calls that are traced.</summary>
    [Range(0, 1, ErrorMessage = "must be from 0 to 1")]
    public double TracedShare { get; set; } = 0.1;

    /// <summary>How many releases keep their published files, the newest ones, beside those that a tag names.</summary>
    [Range(1, 100_000, ErrorMessage = "must be from 1 to 100000")]
    public int KeptSnapshots { get; set; } = 30;

    /// <summary>True: a published file is not sent but pointed to, by a link to storage that ends after five minutes. Power BI's reader cannot follow it.</summary>
    public bool SnapshotRedirects { get; set; }

    /// <summary>The licence that data packages name: an id of the Open Definition such as CC-BY-4.0, or an address. Empty: none.</summary>
    [RegularExpression("([A-Za-z0-9._-]+|https?://[^\\s]+)?", ErrorMessage = "must be an id such as CC-BY-4.0, or an address that begins with http:// or https://")]
    public string License { get; set; } = "";

    /// <summary>Most rows of a file of the inbox, of which 100,000 take about 64 MB of memory while they are loaded, however long they are; 0: as many as half of the memory holds.</summary>
    [Range(0, 10_000_000, ErrorMessage = "must be from 0 to 10000000")]
    public int InboxRows { get; set; }

    /// <summary>True: files of the inbox change anybody's records; false: only those that came by the inbox, and new ones.</summary>
    public bool InboxCurates { get; set; }

    /// <summary>True: webhooks may have addresses that begin with http://, whose notices anybody on the way can read.</summary>
    public bool WebhookHttp { get; set; }

    /// <summary>True: webhooks may lead to private addresses, such as those of this machine and its network.</summary>
    public bool WebhookPrivateAddresses { get; set; }

    /// <summary>Reads the settings and checks every one of them.</summary>
    /// <exception cref="StartupException">A setting cannot be used; names it, but never repeats its value, which may be a secret.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var settings = Bind(configuration);
        var problems = new List<ValidationResult>();
        return Validator.TryValidateObject(settings, new ValidationContext(settings), problems, validateAllProperties: true)
            ? settings
            : throw new StartupException(string.Join(' ', problems.Select(problem => $"The setting {problem.MemberNames.First()} {problem.ErrorMessage}.")));
    }

    private static Settings Bind(IConfiguration configuration)
    {
        try
        {
            var settings = configuration.Get<Settings>() ?? new Settings();
            if (settings.AzureWebJobsStorageIdentity.IsGiven && string.IsNullOrEmpty(configuration[nameof(AzureWebJobsStorage)]))
            {
                // The emulator is for those who say nothing at all.
                settings.AzureWebJobsStorage = "";
            }

            return settings;
        }
        catch (InvalidOperationException)
        {
            var wrong = typeof(Settings).GetProperties().First(property => !IsReadable(configuration.GetSection(property.Name), property.PropertyType));
            throw new StartupException($"The setting {wrong.Name} must be {(wrong.PropertyType == typeof(bool) ? "true or false" : "a number")}.");
        }
    }

    private static bool IsReadable(IConfigurationSection section, Type type)
    {
        try
        {
            section.Get(type);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
