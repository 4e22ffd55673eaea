using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConflictFunctions.Tests.Infra;

/// <summary>What must hold for the compiled template, whatever else it says.</summary>
internal static partial class ArmRules
{
    private static readonly string[] Mighty = ["Owner", "Contributor", "User Access Administrator", "Role Based Access Control Administrator"];

    /// <summary>All that is wrong with it; nothing = all is well.</summary>
    public static IEnumerable<string> Problems(Arm template) =>
    [
        .. template.Resources("Microsoft.Storage/storageAccounts").SelectMany(StorageProblems),
        .. template.Resources("Microsoft.Storage/storageAccounts/blobServices/containers").SelectMany(resource =>
            Unless(resource, "publicAccess", "None", "a container is open to everybody")),
        .. template.Resources("Microsoft.Web/sites").SelectMany(SiteProblems),
        .. PasswordProblems(template),
        .. template.Resources("Microsoft.KeyVault/vaults").SelectMany(VaultProblems),
        .. template.Resources("Microsoft.Insights/components").SelectMany(resource => Unless(resource, "DisableLocalAuth", true, "telemetry is taken from whoever knows a key")),
        .. template.Resources("Microsoft.OperationalInsights/workspaces").SelectMany(resource =>
            Unless(resource, "features.disableLocalAuth", true, "logs are taken from whoever knows a key")),
        .. template.Texts.Where(text => Listing().IsMatch(text)).Select(text => $"a key is asked for: {text}"),
        .. template.Texts.Where(text => KeyInText().IsMatch(text)).Select(text => $"a key stands in a text: {text}"),
        .. template.Outputs.SelectMany(output => OutputProblems(output.Name, output.Output)),
        .. template.Parameters.Where(parameter => parameter.Parameter["type"]?.GetValue<string>().StartsWith("secure", StringComparison.OrdinalIgnoreCase) == true)
            .Select(parameter => $"a secret passes through the template: {parameter.Name}"),
        .. template.Resources("Microsoft.Authorization/roleAssignments").SelectMany(RoleProblems),
    ];

    private static IEnumerable<string> StorageProblems(JsonObject resource) =>
    [
        .. Unless(resource, "allowSharedKeyAccess", false, "storage can be opened with a key"),
        .. Unless(resource, "allowBlobPublicAccess", false, "blobs can be made public"),
        .. Unless(resource, "supportsHttpsTrafficOnly", true, "storage takes http"),
        .. Unless(resource, "defaultToOAuthAuthentication", true, "the portal asks for a key"),
        .. Unless(resource, "allowCrossTenantReplication", false, "blobs can be replicated to another tenant"),
        .. UnlessTls(resource, "minimumTlsVersion", "storage"),
    ];

    private static IEnumerable<string> SiteProblems(JsonObject resource) =>
    [
        .. Unless(resource, "httpsOnly", true, "the app takes http"),
        .. UnlessTls(resource, "siteConfig.minTlsVersion", "the app"),
        .. UnlessTls(resource, "siteConfig.scmMinTlsVersion", "what takes packages"),
        .. Unless(resource, "functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity", "the package is fetched with a key"),
    ];

    private static IEnumerable<string> PasswordProblems(Arm template)
    {
        var closed = template.Resources("Microsoft.Web/sites/basicPublishingCredentialsPolicies")
            .Where(resource => Value(resource, "allow") == "false")
            .Select(resource => resource["name"]!.GetValue<string>())
            .ToList();
        return template.Resources("Microsoft.Web/sites").Any()
            ? new[] { "ftp", "scm" }.Where(way => !closed.Any(name => name.Contains($"'{way}'", StringComparison.Ordinal))).Select(way => $"packages are taken with a password by {way}")
            : [];
    }

    private static IEnumerable<string> VaultProblems(JsonObject resource) =>
    [
        .. Unless(resource, "enableRbacAuthorization", true, "the vault has access policies of its own"),
        .. Unless(resource, "enableSoftDelete", true, "secrets can be lost"),
        .. Unless(resource, "enablePurgeProtection", true, "secrets can be lost for good"),
    ];

    private static IEnumerable<string> OutputProblems(string name, JsonObject output)
    {
        var value = output["value"]?.ToJsonString() ?? "";
        if (SecretName().IsMatch(name) || SecretName().IsMatch(value) || output["type"]!.GetValue<string>().StartsWith("secure", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"a secret is put out: {name}";
        }
    }

    private static IEnumerable<string> RoleProblems(JsonObject resource)
    {
        if (resource["scope"] is null)
        {
            yield return $"a role is given for the whole group: {resource["properties"]!["roleDefinitionId"]}";
        }

        var role = AzureRoles.Of(resource);
        if (role is null || Mighty.Contains(role))
        {
            yield return $"a role is given that is unknown here or too mighty: {resource["properties"]!["roleDefinitionId"]}";
        }
    }

    private static IEnumerable<string> Unless(JsonObject resource, string path, object value, string problem) =>
        Value(resource, path) == JsonValue.Create(value)!.ToJsonString() ? [] : [$"{problem}: {path} of {resource["name"]}"];

    private static IEnumerable<string> UnlessTls(JsonObject resource, string path, string what) =>
        Value(resource, path)?.Trim('"') is "TLS1_2" or "TLS1_3" or "1.2" or "1.3" ? [] : [$"{what} speaks an old TLS: {path} of {resource["name"]}"];

    private static string? Value(JsonObject resource, string path) =>
        path.Split('.').Aggregate(resource["properties"], (node, member) => node?[member])?.ToJsonString();

    [GeneratedRegex(@"\blist(Keys|Secrets|AccountSas|ServiceSas|[A-Za-z]*)\(", RegexOptions.IgnoreCase)]
    private static partial Regex Listing();

    [GeneratedRegex("AccountKey=|SharedAccessSignature=|SharedAccessKey=|[?&]sig=|cf_[a-z0-9]+_", RegexOptions.IgnoreCase)]
    private static partial Regex KeyInText();

    [GeneratedRegex(@"ConnectionString|InstrumentationKey|Password|Secret(?!s?Name)|\bkey[12s]?\b|AdminKey|\blist[A-Za-z]*\(|getSecret", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
