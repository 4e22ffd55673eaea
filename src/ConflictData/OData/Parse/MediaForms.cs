using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ConflictData.OData;

/// <summary>Which form a media type names. A type with a parameter that is not known here names none, as the standard wants it.</summary>
internal static class MediaForms
{
    public static AnswerForm? Read(MediaTypeHeaderValue type) => FormatOf(type) switch
    {
        AnswerFormat.Json => ReadJson(type),
        { } format when type.Parameters.All(parameter => IsPlain(parameter, format)) => new AnswerForm(format),
        _ => null,
    };

    private static AnswerFormat? FormatOf(MediaTypeHeaderValue type) => type.MediaType.ToString().ToLowerInvariant() switch
    {
        "application/json" => AnswerFormat.Json,
        "text/csv" or "application/csv" => AnswerFormat.Csv,
        "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" => AnswerFormat.NdJson,
        "application/xml" => AnswerFormat.Xml,
        _ => null,
    };

    /// <summary>True where the format's media type is of that main type.</summary>
    public static bool IsOf(AnswerFormat format, StringSegment type) =>
        type.Equals(format is AnswerFormat.Csv or AnswerFormat.Text ? "text" : "application", StringComparison.OrdinalIgnoreCase);

    private static AnswerForm? ReadJson(MediaTypeHeaderValue type)
    {
        var form = new AnswerForm(AnswerFormat.Json);
        foreach (var parameter in type.Parameters)
        {
            form = With(form, parameter);
            if (form is null)
            {
                return null;
            }
        }
        return form;
    }

    /// <summary>Names with and without odata., as 4.0 and 4.01 have them.</summary>
    private static AnswerForm? With(AnswerForm form, NameValueHeaderValue parameter) => (NameOf(parameter), ValueOf(parameter)) switch
    {
        ("metadata" or "odata.metadata", "none") => form with { Metadata = MetadataLevel.None },
        ("metadata" or "odata.metadata", "minimal") => form with { Metadata = MetadataLevel.Minimal },
        ("metadata" or "odata.metadata", "full") => form with { Metadata = MetadataLevel.Full },
        ("streaming" or "odata.streaming", "true") => form with { Streaming = true },
        ("streaming" or "odata.streaming", "false") => form with { Streaming = false },
        ("ieee754compatible", "true") => form with { LongsAsText = true },
        ("ieee754compatible", "false") => form with { LongsAsText = false },
        // Decimals never have an exponent here, whichever the client can read.
        ("exponentialdecimals", "true" or "false") => form,
        _ => IsPlain(parameter, AnswerFormat.Json) ? form : null,
    };

    private static bool IsPlain(NameValueHeaderValue parameter, AnswerFormat format) => (NameOf(parameter), ValueOf(parameter)) switch
    {
        ("q", _) => true,
        ("charset", "utf-8" or "utf8") => true,
        ("header", "present") => format == AnswerFormat.Csv,
        _ => false,
    };

    private static string NameOf(NameValueHeaderValue parameter) => parameter.Name.ToString().ToLowerInvariant();

    private static string ValueOf(NameValueHeaderValue parameter) => HeaderUtilities.RemoveQuotes(parameter.Value).ToString().ToLowerInvariant();
}
