using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>Makes the answer of a read, in the format that the client chose, from the same rows.</summary>
internal static class SetAnswers
{
    /// <summary>A set, from its first page on.</summary>
    /// <param name="read">The read.</param>
    /// <param name="shape">How its rows are written.</param>
    /// <param name="page">The first page.</param>
    /// <param name="frame">What stands around that in JSON.</param>
    /// <param name="more">Reads the pages after it, for answers that are not cut into pages.</param>
    public static Answer OfSet(PreparedRead read, RowShape shape, FeedPage page, FeedFrame frame, NextPage more)
    {
        var form = read.Request.Representation;
        return form.Format == AnswerFormat.Json
            ? new Answer(StatusCodes.Status200OK, form.ContentType, (output, stop) => FeedWriter.Feed(output, frame, page, shape.Objects, stop)) { Holds = page, Rows = page.RowCount }
            : Plain(form, shape, stop => read.InPages ? PageStream.Of(page) : PageStream.From(page, more, stop)) with
            {
                Holds = page,
                Rows = read.InPages ? page.RowCount : null,
                Headers = [.. Headers(read, page, frame.NextLink)],
            };
    }

    /// <summary>One record that is not JSON: a set of one row.</summary>
    public static Answer OfRecord(PreparedRead read, RowShape shape, FeedPage row) =>
        Plain(read.Request.Representation, shape, _ => PageStream.Of(row)) with { Holds = row, Headers = [.. Headers(read, row, null)] };

    private static Answer Plain(Representation form, RowShape shape, Func<CancellationToken, IAsyncEnumerable<FeedPage>> pages) =>
        new(StatusCodes.Status200OK, form.ContentType, (output, stop) => form.Format == AnswerFormat.Csv
            ? PlainWriter.Csv(output, shape.Names, pages(stop), stop)
            : PlainWriter.Lines(output, shape.Lines, pages(stop), stop));

    private static IEnumerable<(string, string)> Headers(PreparedRead read, FeedPage page, string? nextLink)
    {
        if (page.Total is { } total)
        {
            yield return ("Conflict-Count", total.ToString(CultureInfo.InvariantCulture));
        }
        if (nextLink is not null)
        {
            yield return ("Link", $"<{nextLink}>; rel=\"next\"");
        }
        if (read.Request.Representation.Format == AnswerFormat.Csv)
        {
            yield return ("Content-Disposition", $"attachment; filename=\"{read.Plan.Dataset.FileName}.csv\"");
        }
    }
}
