using System.Text.RegularExpressions;
using ConflictData.Access;
using ConflictFunctions.Tests.Running.PowerBI;

namespace ConflictFunctions.Tests.Running.Access;

/// <summary>Who gets in where: every function with every scope, on an instance where nobody reads without a key.</summary>
[Collection(nameof(GuardedApp))]
public sealed partial class RouteTests(GuardedApp guarded)
{
    private const Scopes Read = Scopes.Read | Scopes.Admin;
    private const Scopes Contribute = Scopes.Contribute | Scopes.Curate | Scopes.Admin;
    private const Scopes Curate = Scopes.Curate | Scopes.Admin;
    private const Scopes Open = Scopes.None;

    /// <summary>The scopes that each function lets in; a function that is not listed fails the test.</summary>
    internal static readonly Dictionary<string, Scopes> Decisions = new()
    {
        ["Dataset"] = Read,
        ["Datasets"] = Read,
        ["Explorer"] = Open,
        ["ExplorerFile"] = Open,
        ["GeoPlaces"] = Read,
        ["GeoZones"] = Read,
        ["HealthLive"] = Open,
        ["HealthReady"] = Open,
        ["Inbox"] = Scopes.Curate | Scopes.Admin,
        ["Key"] = Scopes.Admin,
        ["Keys"] = Scopes.Admin,
        ["MakeKey"] = Scopes.Admin,
        ["MakeWebhook"] = Scopes.Admin,
        ["OData"] = Read,
        ["ODataAtRelease"] = Read,
        ["OpenApiJson"] = Open,
        ["OpenApiYaml"] = Open,
        ["Preflight"] = Open,
        ["RecordHistory"] = Read,
        ["RecordRedactions"] = Read,
        ["RedactRecord"] = Scopes.Admin,
        ["Release"] = Read,
        ["ReleaseAtom"] = Read,
        ["ReleaseDiff"] = Read,
        ["Releases"] = Read,
        ["RemoveWebhook"] = Scopes.Admin,
        ["RetractRecord"] = Contribute,
        ["RevokeKey"] = Scopes.Admin,
        ["RotateKey"] = Scopes.Admin,
        ["SnapshotFile"] = Read,
        ["Snapshots"] = Read,
        ["Submission"] = Contribute,
        ["SubmissionPayload"] = Contribute,
        ["Submit"] = Contribute,
        ["SubmitSet"] = Contribute,
        ["SwaggerUi"] = Open,
        ["SwaggerUiFile"] = Open,
        ["TagRelease"] = Curate,
        ["UntagRelease"] = Curate,
        ["Webhook"] = Scopes.Admin,
        ["Webhooks"] = Scopes.Admin,
    };

    /// <summary>What stands for the parts of routes; nothing of it is changed by a request without a body.</summary>
    private static readonly Dictionary<string, string> Parts = new()
    {
        ["dataset"] = "Casualties",
        ["file"] = "casualties.csv",
        ["id"] = "none",
        ["other"] = "1",
        ["path"] = "Casualties",
        ["release"] = "1",
        ["tag"] = "none",
    };

    [Fact]
    public void Every_function_has_a_decision() => Assert.Equal(Decisions.Keys.Order(StringComparer.Ordinal), AppFunction.All.Select(function => function.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_function_lets_in_the_scopes_of_its_decision_and_nobody_else()
    {
        Scopes[] each = [Scopes.Read, Scopes.Contribute, Scopes.Curate, Scopes.Admin];
        var keys = await Task.WhenAll(each.Select(scope => MadeKey.Make(guarded.Admin, [scope.ToString().ToLowerInvariant()])));
        var (expected, actual) = (new List<string>(), new List<string>());
        foreach (var (name, route, methods) in AppFunction.All)
        {
            var decision = Decisions[name];
            foreach (var method in methods)
            {
                expected.Add($"{name} {method} nobody: {(decision == Open ? "in" : "401")}");
                actual.Add($"{name} {method} nobody: {await Meet(null, method, route)}");
                foreach (var (scope, key) in each.Zip(keys))
                {
                    expected.Add($"{name} {method} {scope}: {(decision == Open || (decision & scope) != 0 ? "in" : "403")}");
                    actual.Add($"{name} {method} {scope}: {await Meet(key, method, route)}");
                }
            }
        }

        Assert.Equal(expected, actual);
    }

    /// <summary>The refusal that a caller meets, else "in".</summary>
    private async Task<string> Meet(MadeKey? key, string method, string route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), Part().Replace(route, part => Parts[part.Groups["name"].Value]));
        if (key is not null)
        {
            request.Headers.Add("x-api-key", key.Text);
        }

        using var answer = await guarded.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode is 401 or 403 ? $"{(int)answer.StatusCode}" : "in";
    }

    [GeneratedRegex(@"\{\*?(?<name>\w+)\}")]
    private static partial Regex Part();
}
