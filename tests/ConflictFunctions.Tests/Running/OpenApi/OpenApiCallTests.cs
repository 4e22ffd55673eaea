using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConflictFunctions.Tests.Running.Access;

namespace ConflictFunctions.Tests.Running.OpenApi;

/// <summary>Every operation that is described is called as it is described, and what comes back is as it is described.</summary>
[Collection(nameof(DescribedApp))]
public sealed partial class OpenApiCallTests(DescribedApp app)
{
    private const string Former = """[{"Id":"described","Title":"Described","Kind":"report","Citation":"By a neighbour"}]""";
    private const string Source = """[{"Id":"described","Title":"Described","Kind":"report","Citation":null}]""";
    private const string Webhook = """{"name":"Described","url":"https://partner.invalid/conflict"}""";

    /// <summary>A value for each option and header that may be left out.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["$filter"] = "Id ne 'x' and Id ne @p", ["$search"] = "hasaka", ["$apply"] = "groupby((Id))", ["$compute"] = "length(Id) as Letters", ["$expand"] = "Place",
        ["$select"] = "Id", ["$orderby"] = "Id desc", ["$top"] = "2", ["$skip"] = "1", ["$count"] = "true", ["$format"] = "json", ["@p"] = "'x'",
        ["before"] = "2", ["after"] = "Casualties:a", ["dataset"] = "Casualties", ["format"] = "csv", ["part"] = "totals", ["release"] = "1", ["date"] = "2022-01-20",
        ["mode"] = "upsert", ["reason"] = "correction", ["message"] = "Words", ["dryRun"] = "true", ["base"] = "1", ["overlapHours"] = "0",
        ["Prefer"] = "maxpagesize=1, respond-async, continue-on-error", ["OData-MaxVersion"] = "4.0", ["Conflict-Min-Release"] = "1", ["Idempotency-Key"] = "described",
        ["If-None-Match"] = "W/\"x\"", ["If-Match"] = "*", ["If-Modified-Since"] = "Sat, 01 Jan 2000 00:00:00 GMT", ["If-Unmodified-Since"] = "Fri, 01 Jan 2100 00:00:00 GMT",
        ["Range"] = "bytes=0-9", ["If-Range"] = "\"x\"", ["Content-Encoding"] = "identity",
    };

    /// <summary>What only a link has, and what has a meaning only where a whole dataset is sent.</summary>
    private static readonly string[] NotAlone = ["$skiptoken", "$deltatoken", "maxRetractions"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_answers_as_it_is_described()
    {
        var key = await MadeKey.Make(app.Admin, ["read"]);
        await app.Call("submitSources", "submissions/Sources", DescribedApp.Text(Former, "application/json"));
        var (_, report) = await app.Call("submitSources", "submissions/Sources", DescribedApp.Text(Source, "application/json"));
        var submission = (string)JsonNode.Parse(report)!["id"]!;
        await app.Call("tagRelease", "releases/1/tag", DescribedApp.Text("""{"tag":"described"}""", "application/json"));
        var (_, made) = await app.Call("makeWebhook", "webhooks", DescribedApp.Text(Webhook, "application/json"));
        var parts = new Dictionary<string, string> { ["keyId"] = key.Id, ["submissionId"] = submission, ["tag"] = "described", ["webhookId"] = (string)JsonNode.Parse(made)!["id"]! };

        var problems = new List<string>();
        // What takes away comes last, and what it takes away is what was put there.
        foreach (var operation in app.Description.Operations.OrderBy(operation => operation.Method == "delete"))
        {
            var address = operation.Id switch
            {
                "retractRecord" => "datasets/Sources/records/described",
                "redactRecord" => "datasets/Sources/records/described/redactions",
                _ => Address(operation, parts),
            };
            foreach (var body in Bodies(operation))
            {
                var (status, text, problem) = await app.Try(operation.Id, address, body);
                if (problem is not null || status >= 400)
                {
                    problems.Add(problem ?? $"{operation} answers {status}: {text}");
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }

    [Fact]
    public async Task Every_option_and_header_is_taken_as_it_is_described()
    {
        var key = await MadeKey.Make(app.Admin, ["read"]);
        var (_, made) = await app.Call("makeWebhook", "webhooks", DescribedApp.Text(Webhook, "application/json"));
        var (parts, problems) = (new Dictionary<string, string> { ["keyId"] = key.Id, ["webhookId"] = (string)JsonNode.Parse(made)!["id"]! }, new List<string>());
        foreach (var operation in OfOneSet().Where(operation => operation.Method is "get" or "post" && operation.Id is not "submitSet"))
        {
            foreach (var parameter in app.Description.ParametersOf(operation).Where(parameter => (bool?)parameter["required"] != true && !NotAlone.Contains((string)parameter["name"]!)))
            {
                var name = (string)parameter["name"]!;
                var value = (operation.Id, name) switch { ("listKeys", _) => key.Id, ("getEntity", "$expand") => "Parent", ("listDatasets", "format") => "jsonld", _ => Values[name] };
                // No key is rotated twice.
                parts["keyId"] = operation.Id == "rotateKey" ? (await MadeKey.Make(app.Admin, ["read"])).Id : key.Id;
                var address = Address(operation, parts);
                // Some have a meaning only beside another.
                var beside = name switch { "part" => "&format=csv", "$filter" => "&@p='x'", _ => "" };
                var body = Bodies(operation).First();
                var (status, text, problem) = (string)parameter["in"]! == "query"
                    ? await app.Try(operation.Id, $"{address}{(address.Contains('?') ? '&' : '?')}{name}={Uri.EscapeDataString(value)}{beside}", body)
                    : await app.Try(operation.Id, address, body, headers: (name, value));
                if (problem is not null || status >= 400)
                {
                    problems.Add(problem ?? $"{operation} with {name}={value} answers {status}: {text}");
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }

    [Fact]
    public async Task Every_form_that_can_be_asked_for_is_given()
    {
        var asked = 0;
        // The model is chosen by its option alone.
        foreach (var operation in OfOneSet().Where(operation => operation.Method == "get" && operation.Id != "getModel" && HasForms(operation)))
        {
            foreach (var (type, _) in app.Description.ResponseOf(operation, 200)!["content"]!.AsObject())
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Address(operation, [])) { Headers = { { "Accept", type } } };
                using var answer = await app.Admin.SendAsync(request, Cancellation);
                Assert.Equal((operation.ToString(), 200, type), (operation.ToString(), (int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
                asked++;
            }
        }

        Assert.InRange(asked, 10, int.MaxValue);
    }

    [Fact]
    public async Task A_whole_dataset_is_taken_with_its_base_and_its_limit()
    {
        using var file = await app.Admin.GetAsync("snapshots/1/zones.csv", Cancellation);
        var body = DescribedApp.Text(await file.Content.ReadAsStringAsync(Cancellation), "text/csv");
        var (status, _) = await app.Call("submitZones", "submissions/Zones?mode=replace&base=1&maxRetractions=1&dryRun=true", body);
        Assert.Equal(200, status);
    }

    [Fact]
    public async Task A_promise_and_the_report_that_it_leads_to_are_as_they_are_described()
    {
        var (status, promise) = await app.Call("submitSources", "submissions/Sources", DescribedApp.Text("""[{"Id":"promised","Title":"Promised","Kind":"report"}]""", "application/json"), headers: ("Prefer", "respond-async"));
        Assert.Equal(202, status);
        var address = $"submissions/{JsonNode.Parse(promise)!["id"]}";
        var report = promise;
        while (JsonNode.Parse(report)!["counts"] is null)
        {
            await Task.Delay(100, Cancellation);
            (_, report) = await app.Call("getSubmission", address);
        }

        Assert.Equal("committed", (string)JsonNode.Parse(report)!["state"]!);
    }

    [Fact]
    public async Task Links_lead_on_and_tags_are_known_again()
    {
        foreach (var (id, root) in new[] { ("readCasualties", "odata/"), ("readCasualtiesAtRelease", "releases/1/odata/") })
        {
            var (_, page) = await app.Call(id, $"{root}Casualties?$select=Id&$top=3", headers: ("Prefer", "maxpagesize=2"));
            var (status, _) = await app.Call(id, (string)JsonNode.Parse(page)!["@odata.nextLink"]!);
            Assert.Equal(200, status);
            var (_, tracked) = await app.Call(id, $"{root}Casualties?$select=Id", headers: ("Prefer", "track-changes"));
            (status, _) = await app.Call(id, (string)JsonNode.Parse(tracked)!["@odata.deltaLink"]!);
            Assert.Equal(200, status);
        }

        foreach (var id in new[] { "getServiceDocument", "getModel", "readPlaces", "countPlaces", "getOpenApiJson", "getOpenApiYaml", "getSwaggerUi", "getPlaceFeatures", "getSnapshotFile", "getReleaseAtom", "listDatasets" })
        {
            var address = Address(app.Operation(id), []);
            using var first = await app.Admin.GetAsync(address, Cancellation);
            var (status, _) = await app.Call(id, address, headers: ("If-None-Match", first.Headers.ETag!.ToString()));
            Assert.Equal(304, status);
        }
    }

    [Fact]
    public void The_check_itself_tells_right_from_wrong()
    {
        var release = new JsonObject { ["$ref"] = "#/components/schemas/Release" };
        var example = app.Description.Json["paths"]!["/releases/{release}"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["example"]!.AsObject();
        Assert.Null(app.Description.Problem(release, example));
        foreach (var (name, value) in new (string, JsonNode?)[] { ("number", "1"), ("committedAt", "yesterday"), ("mode", "delete"), ("feed", "no address"), ("number", null), ("other", 1) })
        {
            var wrong = example.DeepClone();
            wrong[name] = value;
            Assert.NotNull(app.Description.Problem(release, wrong));
        }
    }

    private IEnumerable<DescribedOperation> OfOneSet() => app.Description.Operations.Where(operation => PathOfOneSet().IsMatch(operation.Path));

    private bool HasForms(DescribedOperation operation) => app.Description.ParametersOf(operation).Any(parameter => (string)parameter["name"]! is "format" or "$format");

    /// <summary>The address with the examples of its parts and of the options that it needs.</summary>
    private string Address(DescribedOperation operation, Dictionary<string, string> parts)
    {
        var parameters = app.Description.ParametersOf(operation).Where(parameter => (bool?)parameter["required"] == true).ToList();
        string Value(JsonNode parameter) => Reference(operation, parameter) is { } id && parts.TryGetValue(id, out var value) ? value : Uri.EscapeDataString((string)parameter["example"]!);
        var path = Part().Replace(operation.Path.TrimStart('/'), part => Value(parameters.Single(parameter => (string)parameter["in"]! == "path" && (string)parameter["name"]! == part.Groups["name"].Value)));
        var options = parameters.Where(parameter => (string)parameter["in"]! == "query").Select(parameter => $"{parameter["name"]}={Value(parameter)}");
        return string.Join('?', [path, .. options]);
    }

    /// <summary>The component that a parameter is.</summary>
    private string? Reference(DescribedOperation operation, JsonNode parameter) =>
        operation.Json["parameters"]!.AsArray().Where(item => ReferenceEquals(app.Description.Resolve(item!), parameter)).Select(item => ((string?)item!["$ref"])?.Split('/')[^1]).Single();

    /// <summary>The bodies that it may be called with: each that has an example, and for a set of files one that is made.</summary>
    private static IEnumerable<HttpContent?> Bodies(DescribedOperation operation) => operation.Json["requestBody"] is not { } body ? [null]
        : operation.Id == "submitSet" ? [Zip(), Parts()]
        : body["content"]!.AsObject().Where(content => content.Value!["example"] is not null).Select(content => DescribedApp.Text(TextOf(content.Value!["example"]!), content.Key));

    private static string TextOf(JsonNode example) => example is JsonValue value && value.TryGetValue<string>(out var text) ? text : example.ToJsonString();

    private static ByteArrayContent Zip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var file = zip.CreateEntry("Sources.json").Open();
            file.Write(Encoding.UTF8.GetBytes(Source));
        }

        return new(bytes.ToArray()) { Headers = { ContentType = new("application/zip") } };
    }

    private static MultipartFormDataContent Parts() => new() { { DescribedApp.Text(Source, "application/json"), "Sources" } };

    /// <summary>What is no matter of one set, and the operations of one set for all.</summary>
    [GeneratedRegex(@"^/(?!releases/\{release\}/odata|odata/|submissions/[A-Z])|^/odata/(Casualties($|[/(])|\$)|^/submissions/Sources$")]
    private static partial Regex PathOfOneSet();

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Part();
}
