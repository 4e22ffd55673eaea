using ConflictData.Query;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Filter;

/// <summary>What the standard says of null (4.01 part 2, 5.1.1.1), one row a sentence.</summary>
public sealed class NullTests : IAsyncLifetime
{
    private readonly Engine engine = Feed.With(
        Casualty("none"),
        Casualty("five", ("High", 5L), ("Low", 5L), ("Note", "xyz"), ("PartsComplete", true)),
        Casualty("twenty", ("High", 20L), ("Low", 1L), ("Note", "abc"), ("PartsComplete", false)));

    [Theory]
    [InlineData("High gt 10", "twenty")]
    [InlineData("not (High gt 10)", "none five")]
    [InlineData("not (High le 10)", "none twenty")]
    [InlineData("High gt null", "")]
    [InlineData("not (High gt null)", "none five twenty")]
    [InlineData("not (High lt Low)", "none five twenty")]
    [InlineData("High eq null", "none")]
    [InlineData("null eq High", "none")]
    [InlineData("High ne null", "five twenty")]
    [InlineData("null eq null", "none five twenty")]
    [InlineData("High eq Low", "none five")]
    [InlineData("not (High eq Low)", "twenty")]
    [InlineData("High ne 5", "none twenty")]
    [InlineData("not (High ne 5)", "five")]
    [InlineData("not (High eq 5)", "none twenty")]
    [InlineData("High in (5,7)", "five")]
    [InlineData("not (High in (5,7))", "none twenty")]
    [InlineData("High in (null,20)", "none twenty")]
    [InlineData("not (High in (null,20))", "five")]
    [InlineData("High in ()", "")]
    [InlineData("not (High in ())", "none five twenty")]
    [InlineData("contains(Note,'x')", "five")]
    [InlineData("not contains(Note,'x')", "twenty")]
    [InlineData("contains(Note,null)", "")]
    [InlineData("not contains(Note,null)", "")]
    [InlineData("contains(Note,'x') eq false", "twenty")]
    [InlineData("contains(Note,'x') eq null", "none")]
    [InlineData("contains(Note,'x') ne true", "none twenty")]
    [InlineData("contains(Note,'x') or High eq null", "none five")]
    [InlineData("not (contains(Note,'x') and High eq null)", "five twenty")]
    [InlineData("PartsComplete", "five")]
    [InlineData("not PartsComplete", "twenty")]
    [InlineData("PartsComplete eq null", "none")]
    [InlineData("(High gt 10) eq false", "none five")]
    [InlineData("not (not (High gt 10))", "twenty")]
    [InlineData("High add 1 gt 6", "twenty")]
    [InlineData("High add 1 eq null", "none")]
    [InlineData("High add null eq null", "none five twenty")]
    [InlineData("null", "")]
    [InlineData("not null", "")]
    [InlineData("(not (null eq null)) eq false or High le High", "none five twenty")]
    [InlineData("(null add null) eq null", "none five twenty")]
    [InlineData("1 in ()", "")]
    [InlineData("true", "none five twenty")]
    [InlineData("length(Note) eq 3", "five twenty")]
    [InlineData("tolower(Note) eq null", "none")]
    [InlineData("High eq @missing", "none")]
    public async Task Null_is_as_the_standard_says(string filter, string expected) =>
        Assert.Equal(expected, string.Join(' ', await engine.Where(filter)));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
