using System.Globalization;
using ConflictData.Datasets;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>Makes the answer of a read, in the format that the client chose, from the same rows.</summary>
internal sealed class SetAnswers(FeedReader reader)
{
    /// <summary>A set, from its first page on.</summary>
    /// <param name="read">The read.</param>
    /// <param name="shown">The columns to write; those that are read may be more.</param>
    /// <param name="request">How the first page was read.</param>
    /// <param name="page">The first page.</param>
    /// <param name="frame">What stands around it.</param>
    public Answer OfSet(PreparedRead read, IReadOnlyList<Column> shown, PageRequest request, FeedPage page, FeedFrame frame)
    {
        var shape = RowShape.Of(read.Request, shown);
        if (read.Request.Representation.Format == AnswerFormat.Json)
        {
            return new Answer(StatusCodes.Status200OK, read.Request.Representation.ContentType, (output, stop) => FeedWriter.Feed(output, frame, page, shape.Objects, stop))
            {
                Holds = page,
            };
        }
        return Plain(read, shown, shape, stop => read.InPages ? PageStream.Of(page) : PageStream.From(page, reader, read.Plan, request, stop)) with
        {
            Holds = page,
            Headers = [.. Headers(read, page, frame.NextLink)],
        };
    }

    /// <summary>One record that is not JSON: a set of one row.</summary>
    public static Answer OfRecord(PreparedRead read, IReadOnlyList<Column> shown, FeedPage row) =>
        Plain(read, shown, RowShape.Of(read.Request, shown), _ => PageStream.Of(row)) with { Holds = row, Headers = [.. Headers(read, row, null)] };

    private static Answer Plain(PreparedRead read, IReadOnlyList<Column> shown, RowShape shape, Func<CancellationToken, IAsyncEnumerable<FeedPage>> pages)
    {
        var form = read.Request.Representation;
        return new(StatusCodes.Status200OK, form.ContentType, (output, stop) => form.Format == AnswerFormat.Csv
            ? PlainWriter.Csv(output, [.. shown.Select(column => column.Name)], pages(stop), stop)
            : PlainWriter.Lines(output, shape.Lines, pages(stop), stop));
    }

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
