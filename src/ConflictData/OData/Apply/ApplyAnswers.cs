using System.Globalization;
using ConflictData.Api;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>Makes the answer of a $apply in the format that the client chose.</summary>
internal static class ApplyAnswers
{
    /// <summary>What its rows cannot be written as; null where they can.</summary>
    public static ApiError? Refuses(Representation representation) =>
        representation.Form.Metadata == MetadataLevel.Full ? Unsupported("odata.metadata=full")
        : representation.Form.LongsAsText ? Unsupported("IEEE754Compatible=true")
        : null;

    /// <summary>The rows that a page has; all where the client wants no pages.</summary>
    public static int PageSizeOf(PreparedRead read) => read.InPages ? read.PageSize : int.MaxValue - 1;

    public static Answer Of(PreparedRead read, Shape shape, FeedPage page, FeedFrame frame)
    {
        var form = read.Request.Representation;
        var rows = new JsonRows(ApplyFields.Of(shape, form.Format == AnswerFormat.Json && form.ControlInformation));
        return new Answer(StatusCodes.Status200OK, form.ContentType, (output, stop) => form.Format switch
        {
            AnswerFormat.Csv => PlainWriter.Csv(output, [.. shape.Properties.SelectMany(NamesOf)], PageStream.Of(page), stop),
            AnswerFormat.NdJson => PlainWriter.Lines(output, rows.WriteLines, PageStream.Of(page), stop),
            _ => FeedWriter.Feed(output, frame, page, rows.Write, stop),
        })
        {
            Holds = page,
            Headers = form.Format == AnswerFormat.Json ? [] : [.. Headers(page, frame.NextLink)],
        };
    }

    private static IEnumerable<(string, string)> Headers(FeedPage page, string? nextLink)
    {
        if (page.Total is { } total)
        {
            yield return ("Conflict-Count", total.ToString(CultureInfo.InvariantCulture));
        }
        if (nextLink is not null)
        {
            yield return ("Link", $"<{nextLink}>; rel=\"next\"");
        }
    }

    /// <summary>A total takes a column for each of its members.</summary>
    private static IEnumerable<string> NamesOf(PipelineProperty property) =>
        property is TotalProperty ? TotalType.Members.Select(member => $"{property.Name}/{member}") : [property.Name];

    private static ApiError Unsupported(string what) => new(ErrorCode.NotSupported, $"This service does not support {what} with $apply.") { Target = "$apply" };
}
