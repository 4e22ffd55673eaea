using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>A page of rows that are compressed already.</summary>
/// <param name="Rows">The objects with the commas between them.</param>
/// <param name="RowCount">How many they are.</param>
/// <param name="Total">What $count asked for.</param>
/// <param name="Next">Where the next page starts; null on the last one.</param>
internal sealed record GzipPage(DeflatedPiece Rows, int RowCount, long? Total, PagePosition? Next)
{
    /// <summary>The page as an answer, compressed; its length is known.</summary>
    public Answer Answer(string contentType, FeedFrame frame)
    {
        var parts = GzipMember.Of(PieceWriter.Of(frame.Head(Total)), Rows, PieceWriter.Of(frame.Tail));
        return new Answer(StatusCodes.Status200OK, contentType, async (output, cancellation) =>
        {
            foreach (var part in parts)
            {
                await output.WriteAsync(part, cancellation);
            }
        })
        {
            Length = parts.Sum(part => (long)part.Length),
            Headers = [("Content-Encoding", "gzip")],
        };
    }
}
