using ConflictData.Access;
using ConflictData.Api;
using ConflictData.Datasets;
using ConflictData.Explorer;
using ConflictData.Releases;
using ConflictData.Submissions;
using Microsoft.OpenApi;

namespace ConflictData.OpenApi;

/// <summary>Datasets and their records; how the app is; what describes it.</summary>
internal static class DocumentOperations
{
    public static IEnumerable<Operation> All() => [.. Datasets(), .. Redactions(), .. Health(), .. Documents()];

    private static IEnumerable<Operation> Datasets() =>
    [
        new("Datasets", "listDatasets", "Every dataset and view")
        {
            Tag = Tags.Datasets, AnyOf = Common.Read, Parameters = ["catalogueForm", "ifNoneMatch", "ifAny"],
            Answers =
            [
                (200, Answers.Of(
                    "The datasets, with the addresses of schema, feed and newest file; or a catalogue of DCAT 3 in JSON-LD, with the published files.", ["ETag"],
                    (Answers.Json, Answers.Content("DatasetList", "datasets")), (DcatCatalogue.MediaType, Answers.Content("DcatCatalogue", "catalogue")))),
                Answers.NotModified,
            ],
            Errors = [ErrorCode.NotReady],
        },
        new("Dataset", "getTableSchema", "The Table Schema of a dataset or view")
        {
            Tag = Tags.Datasets, AnyOf = Common.Read, Parameters = ["anySet"],
            Answers = [(200, Answers.OfJson("The schema, from which all else is derived.", "TableSchema"))],
            Errors = [ErrorCode.NotFound],
        },
        new("RecordHistory", "getHistory", "Every revision that a record ever had")
        {
            Tag = Tags.Datasets, AnyOf = Common.Read, Parameters = ["dataset", "recordId", "before", "form"],
            Text = $"Newest first, each with its release, its reason and what it changed; JSON {ReleaseAnswers.ListedAtOnce} at a time, CSV to the first. A retracted record keeps its history.",
            Answers = [(200, Answers.Of(
                "The revisions. CSV: a line a revision, with the columns of the published files behind Action and Message.", ["Conflict-Release"],
                (Answers.Json, Answers.Content("History", "history")), (Answers.Csv, Answers.Text("RFC 4180, with a header."))))],
            Errors = [ErrorCode.NotFound, .. Common.OfEngine],
        },
        new("RetractRecord", "retractRecord", "Retract a record")
        {
            Method = HttpMethod.Delete, Tag = Tags.Submissions, AnyOf = Common.Contribute, Parameters = ["dataset", "recordId", "reason", "message", "idempotencyKey"],
            Text = "A submission of one row. One's own records, those whose last change one sent, with `contribute`; anybody's with `curate`. The record stands in older releases for ever.",
            Answers = [(200, Answers.OfJson("The report of the submission.", "SubmissionReport", "retraction", "Conflict-Release", RepeatedAnswer.HeaderName))],
            Errors = [ErrorCode.NotFound, ErrorCode.Conflict, ErrorCode.StillReferenced, ErrorCode.IdempotencyMismatch, ErrorCode.InProgress, ErrorCode.Rejected, ErrorCode.EngineFull, .. Common.OfEngine],
        },
    ];

    private static IEnumerable<Operation> Redactions() =>
    [
        new("RecordRedactions", "listRedactions", "What was taken out of the past of a record")
        {
            Tag = Tags.Datasets, AnyOf = Common.Read, Parameters = ["dataset", "recordId"], Text = "Newest first, each with whether its texts are gone from storage.",
            Answers = [(200, Answers.OfJson("The redactions; none of most records.", "RedactionList", "redactions"))],
            Errors = [ErrorCode.NotFound, ErrorCode.NotReady],
        },
        new("RedactRecord", "redactRecord", "Take texts out of the past of a record")
        {
            Method = HttpMethod.Post, Tag = Tags.Datasets, AnyOf = Scopes.Admin, Parameters = ["dataset", "recordId"],
            Text = $"Where the law asks for it. The revisions stay, with `{Redaction.Mark}` in the place of their texts, in every release; what is left of copies in storage is removed soon after. "
                + "The record as it stands now is corrected or retracted before, by a submission. Sent again, it finds that nothing is left to take away.",
            Body = Bodies.Json("RedactionRequest", "redactionRequest"),
            Answers =
            [
                (200, Answers.OfJson("The redaction that was made before.", "Redaction", "redaction", "Location")),
                (201, Answers.OfJson("The redaction. It is a release of its own.", "Redaction", "redaction", "Location")),
            ],
            Errors = [ErrorCode.NotFound, ErrorCode.Conflict, ErrorCode.UnsupportedMediaType, .. Common.OfEngine],
        },
    ];

    private static IEnumerable<Operation> Health() =>
    [
        new("HealthLive", "isLive", "Whether the process answers")
        {
            Tag = Tags.Health, AnyOf = Scopes.None, AsksNobody = true,
            Answers = [(200, Answers.OfJson("It does.", "Health", "live"))],
        },
        new("HealthReady", "isReady", "Whether everything can be answered")
        {
            Tag = Tags.Health, AnyOf = Scopes.None, AsksNobody = true,
            Answers = [(200, Answers.OfJson("Everything stands.", "Health", "ready")), (503, Answers.OfJson("Something does not stand yet; `parts` says what.", "Health", "starting"))],
        },
    ];

    private static IEnumerable<Operation> Documents() =>
    [
        Document("OpenApiJson", "getOpenApiJson", "This description, as JSON", Answers.Json, new OpenApiMediaType { Schema = Shapes.Map(Shapes.Anything("As OpenAPI has it."), "An OpenAPI 3.1 document.") }),
        Document("OpenApiYaml", "getOpenApiYaml", "This description, as YAML", OpenApiAnswers.Yaml, Answers.Text("An OpenAPI 3.1 document.")),
        Document("SwaggerUi", "getSwaggerUi", "This description, as a page on which calls can be tried", "text/html", Answers.Text("The page.")),
        Document("SwaggerUiFile", "getSwaggerUiFile", "A file of that page", [.. SwaggerUi.MediaTypes.Select(type => (type, Answers.Text("The file.")))]) with
        {
            Parameters = ["asset", "ifNoneMatch", "ifAny"], Errors = [ErrorCode.NotFound],
        },
        Document("Explorer", "getExplorer", "What is in the store, as a page to look at", "text/html", Answers.Text("The page.")),
        Document("ExplorerFile", "getExplorerFile", "A file of that page", [.. ExplorerPage.MediaTypes.Select(type => (type, Answers.Text("The file.")))]) with
        {
            Parameters = ["explorerFile", "ifNoneMatch", "ifAny"], Errors = [ErrorCode.NotFound],
        },
        new("Preflight", "preflight", "What a page of another origin may send")
        {
            Method = HttpMethod.Options, Part = (FeedOperations.AnyRest, "{path}"), Tag = Tags.Documents, AnyOf = Scopes.None, AsksNobody = true, Parameters = ["anyPath", "origin", "askedMethod", "askedHeaders"],
            Text = "Browsers ask this by themselves, for every address alike. An origin that is not allowed is told nothing.",
            Answers = [(204, Answers.Plain("The answer is in the headers.", "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age"))],
        },
    ];

    private static Operation Document(string function, string id, string summary, string mediaType, OpenApiMediaType content) => Document(function, id, summary, [(mediaType, content)]);

    private static Operation Document(string function, string id, string summary, (string MediaType, OpenApiMediaType Content)[] contents) => new(function, id, summary)
    {
        Tag = Tags.Documents, AnyOf = Scopes.None, Parameters = ["ifNoneMatch", "ifAny"],
        Answers = [(200, Answers.Of("The document.", ["ETag"], contents)), Answers.NotModified],
    };
}
