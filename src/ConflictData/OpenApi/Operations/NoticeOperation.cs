using System.Globalization;
using ConflictData.Webhooks;
using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>The one call that goes out: what whoever has a webhook is sent.</summary>
internal static class NoticeOperation
{
    /// <summary>Its name among the webhooks of the description.</summary>
    public const string Name = "release";

    public static OpenApiPathItem Item(OpenApiDocument document) => new()
    {
        Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = Operation(document) },
    };

    private static OpenApiOperation Operation(OpenApiDocument document) => new()
    {
        OperationId = "tellRelease",
        Tags = new HashSet<OpenApiTagReference>([new OpenApiTagReference(Tags.Webhooks, document)]),
        Summary = "A release was committed",
        Description = $"At least once, and in order. Any answer but 2xx within {NoticeClient.Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds is a failure, and it is sent again, after growing pauses.",
        Parameters =
        [
            Sent(NoticeClient.IdHeader, Text("The id of the notice: the same each time that it is sent."), "w4t8k2mz6b1c.43"),
            Sent(
                NoticeSignature.SignatureHeader,
                Pattern("^t=[0-9]+,v1=[0-9a-f]{64}$", "When it was sent, in seconds since 1970, and the HMAC-SHA256, keyed with the secret, over these, a full stop and the body."),
                "t=1790000000,v1=39eca8b3c9a2aefde4330ae779fd6afc6b345720175331c976ea9f92a0693d11"),
        ],
        RequestBody = Bodies.Json("Notice", "notice"),
        Responses = new OpenApiResponses
        {
            ["2XX"] = Answers.Plain("It is taken."),
            ["4XX"] = Answers.Plain("It is sent again."),
            ["5XX"] = Answers.Plain("It is sent again."),
        },
        Security = [],
    };

    private static OpenApiParameter Sent(string name, OpenApiSchema schema, string example)
    {
        var parameter = Parameter.Header(name, schema);
        (parameter.Required, parameter.Example) = (true, example);
        return parameter;
    }
}
