using Microsoft.OpenApi;
using static ConflictData.OpenApi.Shapes;

namespace ConflictData.OpenApi;

/// <summary>The headers of answers, by name.</summary>
internal static class Headers
{
    /// <summary>Those of everything that has rows.</summary>
    public static readonly string[] OfRows = ["Conflict-Release", "Conflict-Stale", "ETag", "Last-Modified", "OData-Version", "Preference-Applied"];

    public static IEnumerable<(string Name, OpenApiHeader Header)> All() =>
    [
        Of("Conflict-Count", Whole("How many rows there are on all pages, where `$count=true` asks for it.")),
        Of("Conflict-Release", Whole("The release that was read or made.")),
        Of("Conflict-Repeated", Instant("When the same was sent first, where this is the answer to that.")),
        Of("Conflict-Stale", Whole("Seconds for which storage has not answered: the newest release may be newer.")),
        Of("Content-Disposition", Text("The name of the file.")),
        Of("Content-Range", Text("Which bytes these are, or how many there are.")),
        Of("ETag", Text("The tag of the answer, for `If-None-Match`.")),
        Of("Last-Modified", Text("When what was read was changed last; an HTTP date.")),
        Of("Link", Text("The next page of CSV or NDJSON that was asked for in pages: `<…>; rel=\"next\"`.")),
        Of("Location", Address("Where it is.")),
        Of("OData-Version", Choice(["4.0", "4.01"], "The version of the answer.")),
        Of("Preference-Applied", Text("The preferences that were met.")),
        Of("Retry-After", Whole("Seconds after which to try again.")),
        Of("WWW-Authenticate", Text("How to say who one is.")),
        Of("Access-Control-Allow-Headers", Text("The headers that a page of an allowed origin may send.")),
        Of("Access-Control-Allow-Methods", Text("The methods that it may use.")),
        Of("Access-Control-Allow-Origin", Text("The origin, where it is allowed.")),
        Of("Access-Control-Max-Age", Whole("Seconds for which that holds.")),
    ];

    private static (string Name, OpenApiHeader Header) Of(string name, OpenApiSchema schema)
    {
        var header = new OpenApiHeader { Description = schema.Description, Schema = schema };
        schema.Description = null;
        return (name, header);
    }
}
