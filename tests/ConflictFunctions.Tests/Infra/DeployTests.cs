using ConflictData.Access;
using ConflictData.OData;

namespace ConflictFunctions.Tests.Infra;

/// <summary>deploy.sh, against programs that only note how they are called.</summary>
public sealed class DeployTests : IDisposable
{
    private readonly FakeCloud cloud = new();

    public void Dispose() => cloud.Dispose();

    [Fact]
    public async Task It_tells_deploys_makes_the_secrets_publishes_and_tries_what_it_deployed()
    {
        var run = await cloud.Deploy("dev", "westeurope");

        Assert.True(run.ExitCode == 0, run.Complaints);
        Assert.Equal(
            [
                "az group create", "az deployment group create", "az keyvault secret set AdminKey", "az keyvault secret set TokenSecrets",
                "dotnet publish", "zip", "az functionapp deployment", "az rest", "az functionapp restart", "curl",
            ],
            Steps());
        Assert.Matches("^dotnet publish .*ConflictFunctions --configuration Release -p:FunctionsWorker=azure ", cloud.Called.Single(call => call.StartsWith("dotnet", StringComparison.Ordinal)));
        Assert.Contains("Deployed: https://app.example.org\nBaseUrl for Power BI: https://app.example.org/api", run.Complaints, StringComparison.Ordinal);
        Assert.Matches("^00000000-0000-0000-0000-000000000001 User 20[0-9]{2}-[0-9]{2}-01$", cloud.Get("deployed"));
    }

    [Fact]
    public async Task The_app_takes_the_secrets_and_no_call_shows_them()
    {
        await cloud.Deploy("dev", "westeurope");
        await cloud.Deploy("dev", "westeurope", "rotate-tokens");

        Assert.True(KeyText.TryRead(cloud.Get("vault/AdminKey"), out var key));
        Assert.Equal((12, 64), (key.Id.Length, key.Secret.Length));
        var tokens = new TokenKeys(cloud.Get("vault/TokenSecrets"));
        Assert.True(cloud.Get("vault/TokenSecrets").Split(';') is [var first, var second] && tokens.SigningId == first.Split(':')[0] && tokens.Knows(second.Split(':')[0]));
        string[] secrets = [key.Secret, .. cloud.Get("vault/TokenSecrets").Split(';').Select(secret => secret.Split(':')[1])];
        Assert.All(cloud.Called, call => Assert.DoesNotContain(secrets, secret => call.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Done_again_it_keeps_the_secrets_and_the_month_of_the_budget_even_where_the_vault_stumbles()
    {
        await cloud.Deploy("dev", "westeurope");
        var (admin, tokens) = (cloud.Get("vault/AdminKey"), cloud.Get("vault/TokenSecrets"));
        cloud.Set("budget", "2025-03-01T00:00:00Z");
        cloud.Set("closed", "");
        cloud.Forget();

        var run = await cloud.Deploy("dev", "westeurope");

        Assert.True(run.ExitCode == 0, run.Complaints);
        Assert.Equal((admin, tokens), (cloud.Get("vault/AdminKey"), cloud.Get("vault/TokenSecrets")));
        Assert.DoesNotContain(cloud.Called, call => call.StartsWith("az keyvault secret set", StringComparison.Ordinal));
        Assert.EndsWith(" 2025-03-01", cloud.Get("deployed"), StringComparison.Ordinal);
        Assert.Contains(cloud.Called, call => call.StartsWith("az deployment group what-if", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_secret_signs_and_the_last_eleven_go_on_being_accepted()
    {
        cloud.Set("vault/AdminKey", "cf_a_b");
        cloud.Set("vault/TokenSecrets", string.Join(';', Enumerable.Range(1, 12).Select(n => $"k{n}:AAAAAAAAAAAAAAAAAAAAAAAA")));

        var run = await cloud.Deploy("prod", "westeurope", "rotate-tokens");

        Assert.True(run.ExitCode == 0, run.Complaints);
        var ids = cloud.Get("vault/TokenSecrets").Split(';').Select(secret => secret.Split(':')[0]).ToList();
        Assert.Equal(Enumerable.Range(1, 11).Select(n => $"k{n}"), ids.Skip(1));
        Assert.Matches("^k[0-9]{8}[0-9a-f]{8}$", ids[0]);
        Assert.Equal("cf_a_b", cloud.Get("vault/AdminKey"));
        Assert.Contains(cloud.Called, call => call.StartsWith("az functionapp restart", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_package_that_is_given_is_the_one_that_is_deployed()
    {
        var run = await cloud.Deploy(new Dictionary<string, string> { ["PACKAGE"] = "given.zip", ["DEPLOYER_ID"] = "00000000-0000-0000-0000-000000000002", ["ALERT_EMAILS"] = "a@example.org" }, "prod", "westeurope");

        Assert.True(run.ExitCode == 0, run.Complaints);
        Assert.Contains(cloud.Called, call => call.Contains("config-zip", StringComparison.Ordinal) && call.Contains("--src given.zip", StringComparison.Ordinal));
        Assert.DoesNotContain(cloud.Called, call => call.StartsWith("dotnet", StringComparison.Ordinal) || call.StartsWith("az ad", StringComparison.Ordinal));
        Assert.StartsWith("00000000-0000-0000-0000-000000000002 ", cloud.Get("deployed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_that_can_be_read_without_a_key_fail_the_smoke_test()
    {
        cloud.Set("anonymous", "200");

        var run = await cloud.Deploy("dev", "westeurope");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("Smoke test: records, without a key was answered with 200 instead of 401.\n", run.Complaints, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("staging", "westeurope")]
    [InlineData("dev", "westeurope", "destroy")]
    [InlineData("prod", "westeurope")]
    [InlineData("prod", "westeurope", "what-if")]
    [InlineData("dev")]
    public async Task What_it_does_not_know_it_does_not_begin(params string[] arguments)
    {
        Assert.NotEqual(0, (await cloud.Deploy(arguments)).ExitCode);
        Assert.Empty(cloud.Called);
    }

    [Fact]
    public async Task What_if_changes_nothing()
    {
        cloud.Set("group", "");

        Assert.Equal(0, (await cloud.Deploy("dev", "westeurope", "what-if")).ExitCode);

        Assert.Empty(Steps());
        Assert.Contains(cloud.Called, call => call.StartsWith("az deployment group what-if", StringComparison.Ordinal));
    }

    /// <summary>The calls that change something, and the trying at the end, each once.</summary>
    private IEnumerable<string> Steps() => cloud.Called.Select(Step).OfType<string>().Distinct();

    private static string? Step(string call) => call.Split(' ') switch
    {
        ["az", "group", "create", ..] => "az group create",
        ["az", "deployment", "group", "create", ..] => "az deployment group create",
        ["az", "keyvault", "secret", "set", _, _, _, var name, ..] => $"az keyvault secret set {name}",
        ["az", "functionapp", var what, ..] => $"az functionapp {what}",
        ["az", "rest", "--method", "post", ..] => "az rest",
        ["dotnet", var what, ..] => $"dotnet {what}",
        ["zip" or "curl", ..] => call.Split(' ')[0],
        _ => null,
    };
}
