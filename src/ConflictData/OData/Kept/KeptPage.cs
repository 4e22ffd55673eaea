using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>The rows of a page, rendered and compressed, without what stands around them: that differs by reader, hour and address.</summary>
/// <param name="Rows">The objects with the commas between them.</param>
/// <param name="RowCount">How many they are.</param>
/// <param name="Last">Sequence number of the last row, after which the next page starts; null on the last page.</param>
internal sealed record KeptPage(DeflatedPiece Rows, int RowCount, long? Last);

/// <summary>Names such rows. A release that touches nothing of what they are made of makes no others.</summary>
/// <param name="Set">Name of the set.</param>
/// <param name="Effective">The point since which nothing that it is read from has changed.</param>
/// <param name="Columns">Names of the columns, in the order of the answer.</param>
/// <param name="After">Sequence number after which the page starts.</param>
/// <param name="PageSize">Most rows.</param>
internal sealed record KeptPageKey(string Set, AsOf Effective, string Columns, long After, int PageSize);
