namespace ConflictData.OData;

/// <summary>Renders and compresses the rows of a page in blocks, on all cores.</summary>
internal static class PageDeflater
{
    /// <summary>Rows of a piece: small enough to share a page among cores, large enough that compressing apart costs two percent.</summary>
    private const int Block = 1000;

    /// <summary>The objects with the commas between them. The page may be given back when the task is done, however it ends.</summary>
    public static async Task<DeflatedPiece> Rows(FeedPage page, RowsWriter rows, CancellationToken cancellation)
    {
        var blocks = new List<Task<DeflatedPiece>>();
        for (var from = 0; from < page.RowCount; from += Block)
        {
            var first = from;
            blocks.Add(Task.Factory.StartNew(() => Piece(page, first, rows), cancellation, TaskCreationOptions.None, FeedWriter.Cores));
        }
        return DeflatedPiece.Join(await Task.WhenAll(blocks));
    }

    private static DeflatedPiece Piece(FeedPage page, int from, RowsWriter rows)
    {
        using var output = new PieceWriter();
        if (from > 0)
        {
            output.GetSpan(1)[0] = (byte)',';
            output.Advance(1);
        }
        rows(page.Rows, from, Math.Min(Block, page.RowCount - from), output);
        return output.Complete();
    }
}
