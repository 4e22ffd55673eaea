using System.Text.Json.Nodes;
using ConflictData.Access;
using ConflictData.Api;
using Microsoft.OpenApi;

namespace ConflictData.OpenApi;

/// <summary>Describes every function of the app as OpenAPI 3.1. The same functions and settings make the same document.</summary>
internal sealed class ApiDocument
{
    /// <summary>Stands for the address of the app, which may be known only when a request comes.</summary>
    public const string Server = "https://server.invalid/api";

    private const string About =
        """
        Curated figures on armed conflict: who says how many were killed, injured, displaced or arrested, and where.
        A count keeps its bounds and the words of its source; every read is of one numbered release, which never changes.

        Every address that answers GET answers HEAD. Instants are RFC 3339, UTC; dates ISO 8601. Errors are problems (RFC 9457), under `odata` the OData error
        object, with the same stable codes.
        """;

    private static readonly string[] HeadStatuses = ["2XX", "3XX", "4XX", "5XX"];

    private readonly Settings settings;
    private readonly OpenApiDocument document;
    private readonly ILookup<string, Operation> operations;

    private ApiDocument(IReadOnlyList<ApiFunction> functions, Settings settings)
    {
        this.settings = settings;
        operations = Operations(settings).ToLookup(operation => operation.Function);
        document = new OpenApiDocument
        {
            Info = new OpenApiInfo
            {
                Title = "ConflictFunctions",
                Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3),
                Summary = "A data API for curated figures on armed conflict.",
                Description = About,
                License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            },
            Servers = [new OpenApiServer { Url = Server }],
            Tags = Tags.All().ToHashSet(),
            Components = Components(settings),
            Paths = [],
        };
        document.Components.Responses!.Add(Answers.HeadId, Answers.Plain("Status and headers of the answer to GET."));
        document.RegisterComponents();
        document.Security = Security.Of(document, Common.Read, settings);
        foreach (var function in functions.OrderBy(function => function.Route, StringComparer.Ordinal))
        {
            Describe(function);
        }

        document.Webhooks = new Dictionary<string, IOpenApiPathItem> { [NoticeOperation.Name] = NoticeOperation.Item(document) };
        document.RegisterComponents();
        document.SetReferenceHostDocument();
    }

    /// <summary>Builds it.</summary>
    /// <exception cref="InvalidOperationException">A function is not described, or is described otherwise than it is declared.</exception>
    public static ApiDocument Of(IReadOnlyList<ApiFunction> functions, Settings settings) => new(functions, settings);

    /// <summary>The document as JSON, or as YAML.</summary>
    public string Write(bool asYaml = false)
    {
        using var text = new StringWriter { NewLine = "\n" };
        IOpenApiWriter writer = asYaml ? new OpenApiYamlWriter(text) : new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true });
        document.SerializeAsV31(writer);
        return text.ToString();
    }

    private static IEnumerable<Operation> Operations(Settings settings) =>
    [
        .. DocumentOperations.All(), .. ReleaseOperations.All(), .. GeoOperations.All(), .. SubmissionOperations.All(), .. KeyOperations.All(), .. WebhookOperations.All(),
        .. new FeedOperations(settings, FeedOperations.Newest).All(), .. new FeedOperations(settings, FeedOperations.AtRelease).All(),
    ];

    private static OpenApiComponents Components(Settings settings) => new()
    {
        Schemas = new[] { DatasetSchemas.All(), ErrorSchemas.All(), SubmissionSchemas.All(), ReleaseSchemas.All(), AccessSchemas.All(), WebhookSchemas.All(), GeoSchemas.All(), DocumentSchemas.All() }
            .SelectMany(schemas => schemas).ToDictionary(schema => schema.Name, IOpenApiSchema (schema) => schema.Schema),
        Parameters = CommonParameters.All().Concat(FeedParameters.All(settings)).ToDictionary(parameter => parameter.Id, IOpenApiParameter (parameter) => parameter.Parameter),
        Headers = Headers.All().ToDictionary(header => header.Name, IOpenApiHeader (header) => header.Header),
        Responses = FeedOperations.Shared().ToDictionary(response => response.Id, IOpenApiResponse (response) => response.Response),
        SecuritySchemes = Security.All().ToDictionary(scheme => scheme.Name, IOpenApiSecurityScheme (scheme) => scheme.Scheme),
    };

    private void Describe(ApiFunction function)
    {
        var described = operations[function.Name];
        if (!described.Any() || described.Any(operation => !function.Answers(operation.Method)))
        {
            throw new InvalidOperationException($"The function {function.Name} is not described as it is declared.");
        }

        foreach (var operation in described)
        {
            var path = function.PathOf(operation);
            var item = document.Paths.TryGetValue(path, out var known) ? (OpenApiPathItem)known : new OpenApiPathItem { Operations = [] };
            document.Paths[path] = item;
            item.Operations!.Add(operation.Method, Described(operation));
            if (operation.Method == HttpMethod.Get && function.Answers(HttpMethod.Head))
            {
                item.Operations.Add(HttpMethod.Head, Described(HeadOf(operation)));
            }
        }
    }

    private static Operation HeadOf(Operation operation) => operation with
    {
        Id = operation.Id + "Head",
        Method = HttpMethod.Head,
        Summary = operation.Summary + ": the headers alone",
        Text = null,
    };

    private OpenApiOperation Described(Operation operation) => new()
    {
        OperationId = operation.Id,
        Tags = new HashSet<OpenApiTagReference>([new OpenApiTagReference(operation.Tag, document)]),
        Summary = operation.Summary,
        Description = operation.Text,
        Parameters = [.. operation.Parameters.Select(IOpenApiParameter (id) => new OpenApiParameterReference(id, document))],
        RequestBody = operation.Body,
        Responses = ResponsesOf(operation),
        Security = operation.AnyOf == Common.Read ? null : Security.Of(document, operation.AnyOf, settings),
        Extensions = new Dictionary<string, IOpenApiExtension>
        {
            [Security.ScopesExtension] = new JsonNodeExtension(new JsonArray([.. ScopeNames.Of(operation.AnyOf).Select(scope => (JsonNode)scope)])),
        },
    };

    private OpenApiResponses ResponsesOf(Operation operation)
    {
        var responses = new OpenApiResponses();
        if (operation.Method == HttpMethod.Head)
        {
            Array.ForEach(HeadStatuses, status => responses.Add(status, new OpenApiResponseReference(Answers.HeadId, document)));
            return responses;
        }

        foreach (var (status, response) in operation.Answers)
        {
            responses.Add($"{status}", response);
        }

        foreach (var codes in operation.AllErrors.GroupBy(code => code.Status, (status, codes) => codes.ToArray()))
        {
            responses.TryAdd($"{codes[0].Status}", ErrorAnswer(operation.Shape, codes));
        }

        return responses;
    }

    /// <summary>Operations share the answers with their errors.</summary>
    private OpenApiResponseReference ErrorAnswer(ErrorShape shape, ErrorCode[] codes)
    {
        var id = $"{(shape == ErrorShape.OData ? "feed" : "api")}-{codes[0].Status}-{string.Join('-', codes.Select(code => code.Name))}";
        document.Components!.Responses!.TryAdd(id, Answers.Error(shape, codes));
        return new OpenApiResponseReference(id, document);
    }
}
