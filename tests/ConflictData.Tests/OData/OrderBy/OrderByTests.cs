using ConflictData.Query;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.OrderBy;

public sealed class OrderByTests : IAsyncLifetime
{
    private readonly Engine engine = Feed.With(
        Casualty("c", ("Low", 2L), ("Note", "b")),
        Casualty("a"),
        Casualty("b", ("Low", 1L), ("Note", "bb")),
        Casualty("d", ("Low", 2L), ("Note", "a")));

    [Theory]
    [InlineData("Low", "a b c d")]
    [InlineData("Low desc", "c d b a")]
    [InlineData("low DESC,Note asc", "d c b a")]
    [InlineData("Low desc,Id desc", "d c b a")]
    [InlineData("length(Note) desc", "b c d a")]
    [InlineData("Low mul -1", "a c d b")]
    [InlineData("Low gt 1 desc", "c d a b")]
    [InlineData("contains(Note,'b')", "a d c b")]
    [InlineData("1", "c a b d")]
    [InlineData("null desc", "c a b d")]
    [InlineData("'Id; DROP TABLE Casualties'", "c a b d")]
    public async Task Null_sorts_lowest_and_ties_stay_in_stored_order(string order, string expected) =>
        Assert.Equal(expected, string.Join(' ', await engine.Ids("$orderby=" + Uri.EscapeDataString(order))));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
