using System.Text.Json.Nodes;
using ConflictData.Datasets;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>What is sent.</summary>
internal static class Bodies
{
    /// <summary>JSON of a schema among the components, with the example of that name.</summary>
    public static OpenApiRequestBody Json(string schema, string example) => Of("", (Answers.Json, Answers.Content(schema, example)));

    /// <summary>Rows of a dataset.</summary>
    public static OpenApiRequestBody Rows(Dataset dataset) => Of(
        "The rows. Names of columns in any letter case; CSV also as application/csv or text/tab-separated-values, NDJSON also as application/ndjson, application/jsonl or application/x-jsonlines.",
        (Answers.Csv, Answers.Text("UTF-8, RFC 4180, with a header.", Examples.SentCsv(dataset))),
        (Answers.Json, new OpenApiMediaType
        {
            Schema = List(new OpenApiSchema { AnyOf = [Ref(DatasetSchemas.RowName(dataset)), Ref(DatasetSchemas.RetractionName)] }, "The rows."),
            Example = new JsonArray(Examples.Sent(dataset)),
        }),
        (Answers.NdJson, Answers.Text("A row a line.")));

    /// <summary>Rows of several datasets.</summary>
    public static OpenApiRequestBody Set() => Of(
        "A file for each dataset, named after it: `{dataset}.csv`, `.json` or `.ndjson`. The archive of a release is taken too: its views are passed over as long as they are as they were published.",
        ("application/zip", new OpenApiMediaType { Schema = Text("The files in a zip.", "binary") }),
        ("multipart/form-data", new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "A part for each dataset, with its name.",
                Properties = Catalog.All.ToDictionary(dataset => dataset.Name, IOpenApiSchema (dataset) => Text($"Rows of {dataset.Name}.", "binary")),
            },
        }));

    /// <summary>The options of a query, for which an address has no room.</summary>
    public static OpenApiRequestBody Query() => Of("", ("text/plain", Answers.Text("The options as they would stand in the address.", "$filter=Id ne 'x'&$top=1")));

    public static OpenApiRequestBody Batch(Settings settings) => Of(
        $"At most {settings.MaxBatchRequests} requests in {settings.MaxQueryBody} bytes.",
        (Answers.Json, Answers.Content("Batch", "batch")),
        ("multipart/mixed", Answers.Text("The requests as parts of type application/http.")));

    private static OpenApiRequestBody Of(string text, params (string MediaType, OpenApiMediaType Content)[] contents) => new()
    {
        Description = text.Length == 0 ? null : text,
        Required = true,
        Content = contents.ToDictionary(content => content.MediaType, IOpenApiMediaType (content) => content.Content),
    };
}
