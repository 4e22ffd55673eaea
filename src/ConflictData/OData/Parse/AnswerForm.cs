using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>The forms in which answers are written.</summary>
internal enum AnswerFormat
{
    Json,
    Csv,
    NdJson,
    Xml,
    Text,
}

/// <summary>How much of what a client could work out for itself is written into JSON.</summary>
internal enum MetadataLevel
{
    None,
    Minimal,
    Full,
}

/// <summary>The form of an answer.</summary>
/// <param name="Format">The format.</param>
/// <param name="Metadata">For JSON: how much control information is written.</param>
/// <param name="LongsAsText">For JSON: IEEE754Compatible=true, whole numbers of 64 bits and more are written as strings.</param>
/// <param name="Streaming">For JSON: the client asked to be told that it may read the answer while it arrives.</param>
internal sealed record AnswerForm(
    AnswerFormat Format, MetadataLevel Metadata = MetadataLevel.Minimal, bool LongsAsText = false, bool Streaming = false)
{
    public string ContentType => Format switch
    {
        AnswerFormat.Json => JsonType,
        AnswerFormat.Csv => CsvRows.MediaType,
        AnswerFormat.NdJson => "application/x-ndjson; charset=utf-8",
        AnswerFormat.Xml => "application/xml",
        _ => "text/plain;charset=utf-8",
    };

    private string JsonType
    {
        get
        {
            var longs = LongsAsText ? ";IEEE754Compatible=true" : "";
            var streaming = Streaming ? ";odata.streaming=true" : "";
            return $"application/json;odata.metadata={Metadata.ToString().ToLowerInvariant()}{longs}{streaming};charset=utf-8";
        }
    }
}
