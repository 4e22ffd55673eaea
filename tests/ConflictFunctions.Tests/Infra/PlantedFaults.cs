using System.Text.Json.Nodes;

namespace ConflictFunctions.Tests.Infra;

/// <summary>Faults of the kinds that <see cref="ArmRules"/> looks for, each with how its report begins.</summary>
internal static class PlantedFaults
{
    public static IReadOnlyList<(string Problem, Action<Arm> Plant)> All { get; } =
    [
        ("storage can be opened with a key", template => Set(template, "Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", true)),
        ("storage can be opened with a key", template => Properties(template, "Microsoft.Storage/storageAccounts").Remove("allowSharedKeyAccess")),
        ("blobs can be made public", template => Set(template, "Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", true)),
        ("storage takes http", template => Set(template, "Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly", false)),
        ("storage speaks an old TLS", template => Set(template, "Microsoft.Storage/storageAccounts", "minimumTlsVersion", "TLS1_1")),
        ("the portal asks for a key", template => Set(template, "Microsoft.Storage/storageAccounts", "defaultToOAuthAuthentication", false)),
        ("blobs can be replicated to another tenant", template => Set(template, "Microsoft.Storage/storageAccounts", "allowCrossTenantReplication", true)),
        ("a container is open to everybody", template => Set(template, "Microsoft.Storage/storageAccounts/blobServices/containers", "publicAccess", "Blob")),
        ("the app takes http", template => Set(template, "Microsoft.Web/sites", "httpsOnly", false)),
        ("the app speaks an old TLS", template => Properties(template, "Microsoft.Web/sites")["siteConfig"]!["minTlsVersion"] = "1.0"),
        ("what takes packages speaks an old TLS", template => Properties(template, "Microsoft.Web/sites")["siteConfig"]!.AsObject().Remove("scmMinTlsVersion")),
        ("the package is fetched with a key", template => Properties(template, "Microsoft.Web/sites")["functionAppConfig"]!["deployment"]!["storage"]!["authentication"]!["type"] =
            "StorageAccountConnectionString"),
        ("packages are taken with a password by ftp", template => Set(template, "Microsoft.Web/sites/basicPublishingCredentialsPolicies", "allow", true)),
        ("the vault has access policies of its own", template => Set(template, "Microsoft.KeyVault/vaults", "enableRbacAuthorization", false)),
        ("secrets can be lost for good", template => Set(template, "Microsoft.KeyVault/vaults", "enablePurgeProtection", false)),
        ("secrets can be lost:", template => Set(template, "Microsoft.KeyVault/vaults", "enableSoftDelete", false)),
        ("telemetry is taken from whoever knows a key", template => Set(template, "Microsoft.Insights/components", "DisableLocalAuth", false)),
        ("logs are taken from whoever knows a key", template => Properties(template, "Microsoft.OperationalInsights/workspaces")["features"]!["disableLocalAuth"] = false),
        ("a key is asked for", template => template.Given("functions", "settings")["DataStorage"] =
            "[listKeys(resourceId('Microsoft.Storage/storageAccounts', 'x'), '2024-01-01').keys[0].value]"),
        ("a key stands in a text", template => template.Given("functions", "settings")["DataStorage"] = "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=c3dvcmRmaXNo"),
        ("a secret is put out", template => template.Root["outputs"]!["telemetry"] = Output("string", "[reference('monitoring').ConnectionString]")),
        ("a secret is put out", template => template.Module("functions").Root["outputs"]!["adminKey"] = Output("string", "x")),
        ("a secret is put out", template => template.Root["outputs"]!["more"] = Output("secureString", "x")),
        ("a secret passes through the template", template => template.Root["parameters"]!["password"] = new JsonObject { ["type"] = "securestring" }),
        ("a role is given for the whole group", template => template.Resources("Microsoft.Authorization/roleAssignments").First().Remove("scope")),
        ("a role is given that is unknown here or too mighty", template => Set(template, "Microsoft.Authorization/roleAssignments", "roleDefinitionId", "b24988ac-6180-42a0-ab88-20f7382dd24c")),
        ("a role is given that is unknown here or too mighty", template => Set(template, "Microsoft.Authorization/roleAssignments", "roleDefinitionId", Guid.Empty.ToString())),
    ];

    private static JsonObject Properties(Arm template, string type) => template.Resources(type).First()["properties"]!.AsObject();

    private static void Set(Arm template, string type, string name, JsonNode value) => Properties(template, type)[name] = value;

    private static JsonObject Output(string type, string value) => new() { ["type"] = type, ["value"] = value };
}
