using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace ConflictFunctions.Tests.Infra;

/// <summary>The workflows: who may do what in them, and what they use.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] SignIn = ["azure/login", "actions/attest-build-provenance"];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.yml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.GetFullPath(Path.Combine(Bicep.Folder, "..", ".github", "workflows"));

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_is_allowed_that_a_job_does_not_name_and_only_who_signs_in_may_ask_for_a_token(string file)
    {
        var workflow = Read(file);
        Assert.Empty(Map(workflow["permissions"]));
        foreach (var (name, job) in Map(workflow["jobs"]).Select(job => (job.Key, Map(job.Value))))
        {
            var permissions = Map(job["permissions"]);
            Assert.Equal("read", permissions["contents"]);
            Assert.Equal(Uses(job).Any(used => SignIn.Contains(used.Split('@')[0])), permissions.GetValueOrDefault("id-token") is "write");
            Assert.Equal(Uses(job).Any(used => used.StartsWith("actions/attest-", StringComparison.Ordinal)), permissions.GetValueOrDefault("attestations") is "write");
            Assert.Empty(permissions.Keys.Except(["contents", "id-token", "attestations"]));
            Assert.True(job.ContainsKey("timeout-minutes"), name.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Actions_are_of_GitHub_or_Azure_at_a_major_version_and_no_secret_is_stored(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        Assert.All(Map(Read(file)["jobs"]).SelectMany(job => Uses(Map(job.Value))), used => Assert.Matches("^(actions|azure)/[a-z-]+@v[0-9]+$", used));
        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);

        // What somebody else wrote never becomes part of a command.
        Assert.All(
            Map(Read(file)["jobs"]).SelectMany(job => Steps(Map(job.Value))).Where(step => step.ContainsKey("run")),
            step => Assert.DoesNotContain("${{", (string)step["run"], StringComparison.Ordinal));
        Assert.DoesNotContain("pull_request_target", text, StringComparison.Ordinal);
        Assert.All(
            Map(Read(file)["jobs"]).SelectMany(job => Steps(Map(job.Value))).Where(step => $"{step.GetValueOrDefault("uses")}".StartsWith("actions/checkout@", StringComparison.Ordinal)),
            step => Assert.Equal("false", Map(step["with"])["persist-credentials"]));
    }

    [Fact]
    public void Main_is_packaged_only_when_it_is_tested_and_deployed_only_when_it_is_packaged_and_asked_for()
    {
        var jobs = Map(Read("build.yml")["jobs"]).ToDictionary(job => (string)job.Key, job => Map(job.Value));

        Assert.Equal(".ci/run", Steps(jobs["test"]).Select(step => step.GetValueOrDefault("run")).OfType<string>().First());
        Assert.Equal(("test", "package"), (jobs["package"]["needs"], jobs["deploy"]["needs"]));
        Assert.Equal("github.event_name == 'workflow_dispatch' && github.ref == 'refs/heads/main'", jobs["deploy"]["if"]);
        Assert.Contains("actions/attest-build-provenance", Uses(jobs["package"]).Select(used => used.Split('@')[0]));
        Assert.Matches(Deploys(), Steps(jobs["deploy"]).Select(step => step.GetValueOrDefault("run")).OfType<string>().Last());
    }

    [Fact]
    public void The_page_lists_the_variables_that_are_read() => Assert.Equal(
        InfraPage.Names("README.md", "## From GitHub").Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder, "*.yml").SelectMany(file => Variable().Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value)
            .Where(name => name != "ROTATE").Distinct().Order(StringComparer.Ordinal));

    private static Dictionary<object, object> Read(string file) => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(Path.Combine(Folder, file)));

    private static Dictionary<object, object> Map(object node) => (Dictionary<object, object>)node;

    private static IEnumerable<Dictionary<object, object>> Steps(Dictionary<object, object> job) => ((List<object>)job["steps"]).Select(Map);

    private static IEnumerable<string> Uses(Dictionary<object, object> job) => Steps(job).Select(step => step.GetValueOrDefault("uses")).OfType<string>();

    [GeneratedRegex(@"^infra/deploy\.sh ""\$STAGE"" ""\$LOCATION""$")]
    private static partial Regex Deploys();

    [GeneratedRegex(@"vars\.(?<name>[A-Z_]+)")]
    private static partial Regex Variable();
}
