using System.Text.Json.Nodes;
using ConflictData.Api;
using ConflictData.Datasets;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>What stands around records: lists of datasets and files, how the app is, and what OData wraps rows in.</summary>
internal static class DocumentSchemas
{
    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() => [.. Lists(), .. Feed(), .. Batches(), .. DcatSchemas.All()];

    private static IEnumerable<(string Name, OpenApiSchema Schema)> Lists() =>
    [
        ("Dataset", Object(
            "A dataset or view.",
            ("name", Sets("Its name.")),
            ("title", Text("Its title.")),
            ("description", Text("What its rows are.")),
            ("kind", Choice(["fact", "reference", "view"], "A row of a fact is one claim; facts refer to references; views are computed.")),
            ("columns", Whole("How many columns it has.", 1)),
            ("schema", Address("Its Table Schema.")),
            ("feed", Address("Its feed at the newest release.")),
            ("csv", Address("Its newest published file; null for a view that tells of tags, which has none.").OrNull())).Closed()),
        ("DatasetList", Object("Every dataset and view.", ("datasets", List(Ref("Dataset"), "The datasets, facts first, then the views."))).Closed()),
        ("TableSchema", Object(
            "A Frictionless Table Schema, with `kind`, and of a field `role`, `unit` and `default`, beside what the standard has.",
            ("name", Sets("The dataset.")),
            ("title", Text("Its title.")),
            ("description", Text("What its rows are.")),
            ("kind", Choice(["fact", "reference", "view"], "What it is.")),
            ("fields", List(
                Object("A column.", ("name", Text("Its name.")), ("type", Choice(["string", "integer", "number", "boolean", "date", "datetime"], "Its type.")), ("title", Text("Its title.")), ("description", Text("What it says."))),
                "The columns.")))),
        ("Snapshot", Object(
            "A published release.",
            ("release", Whole("Its number.", 1)),
            ("committedAt", Instant("When it was committed, UTC.")),
            ("files", List(Ref("SnapshotFile"), "Its files."))).Closed()),
        ("SnapshotFile", Object(
            "A published file.",
            ("name", Text("Its name.")),
            ("dataset", Text("The dataset or view that it holds; null for the data package and the archive, which hold all.").OrNull()),
            ("mediaType", Text("Its media type.")),
            ("bytes", Whole("Its length.")),
            ("rows", Whole("Its rows, a header not counted.")),
            ("sha256", Pattern("^[0-9A-Fa-f]{64}$", "Hash of its bytes.")),
            ("url", Address("Where it is."))).Closed()),
        ("SnapshotList", Object(
            "Published releases, newest first.",
            ("snapshots", List(Ref("Snapshot"), "The releases.")),
            ("next", Address("Address of older ones; null where there are none.").OrNull())).Closed()),
        ("Health", Object(
            "How the app is.",
            ("status", Choice(["live", "ready", "starting", "degraded"], "`degraded`: storage does not answer, and reads go on from memory.")),
            ("release?", Whole("The newest release that is loaded; 0 = none.")),
            ("parts?", Map(Text("Its state."), "Each part's state."))).Closed()),
    ];

    private static IEnumerable<(string Name, OpenApiSchema Schema)> Feed() =>
    [
        ("Page", Object(
            "A page of rows (OData 4.01).",
            ("@odata.context?", Address("What the rows are.")),
            ("@odata.count?", Whole("How many rows there are on all pages, where `$count=true` asks for it.")),
            ("value", List(new OpenApiSchema { Type = JsonSchemaType.Object }, "The rows.")),
            ("@odata.nextLink?", Address("The next page; not on the last one.")),
            ("@odata.deltaLink?", Address("What changes from here on, on the last page, where `Prefer: track-changes` asks for it.")))),
        ("ServiceDocument", Object(
            "The sets that can be read.",
            ("@odata.context?", Address("The model.")),
            ("value", List(
                Object("A set.", ("name", Sets("Its name.")), ("title", Text("Its title.")), ("kind", Choice(["EntitySet"], "What it is.")), ("url", Text("Its address, relative to this one."))).Closed(),
                "The sets.")))),
        ("Property", Object("A property of a record.", ("@odata.context?", Address("What it is.")), ("value", Anything("Its value.")))),
        ("Record", Object("A record.", ("@odata.context?", Address("What it is.")))),
        ("AnyRecord", new OpenApiSchema { Description = "A record of any set.", AllOf = [Ref("Record")], AnyOf = [.. Catalog.Sets.Select(set => Ref(set.Name))] }),
    ];

    private static IEnumerable<(string Name, OpenApiSchema Schema)> Batches() =>
    [
        ("Batch", Object(
            "Requests that are answered from one release (OData JSON format 4.01, 19).",
            ("requests", List(
                Object(
                    "A request.",
                    ("id", Text("Names it.")),
                    ("method", Choice(["GET", "HEAD", "get", "head"], "Only what reads is carried out.")),
                    ("url", Text("Its address, relative to the service or from the root of the host.")),
                    ("headers?", Map(Text("A header."), "Its headers.")),
                    ("atomicityGroup?", Text("Names a group of requests.")),
                    ("dependsOn?", List(Text("A request or group before it."), "What must have succeeded."))),
                "The requests.")))),
        ("BatchAnswers", Object("The answers of a batch, in the order of its requests.", ("responses", List(Answer(), "The answers.")))),
    ];

    private static OpenApiSchema Answer()
    {
        var answer = Object(
            "An answer.",
            ("id", Text("The request that it is to.")),
            ("status", Whole("Its status.", 200, 599)),
            ("headers?", Map(Text("A header."), "Its headers.")),
            ("atomicityGroup?", Text("The group of the request.")),
            ("body?", Anything("JSON as it is, anything else as a text. A request left out because one before it failed is 424 `failedDependency`.")));
        answer.If = Member("status", new OpenApiSchema { Enum = [(JsonNode)ErrorCode.FailedDependency.Status] });
        answer.Then = Member("body", ErrorSchemas.Of(ErrorShape.OData, [ErrorCode.FailedDependency]));
        return answer;
    }

    private static OpenApiSchema Member(string name, OpenApiSchema schema) => new() { Properties = new Dictionary<string, IOpenApiSchema> { [name] = schema } };

    private static OpenApiSchema Sets(string description) => Choice(Catalog.Sets.Select(set => set.Name), description);
}
