using ConflictData.Query;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Filter;

/// <summary>The function case (4.01 part 2, 5.1.1.12.1), which the parser of the library does not know.</summary>
public sealed class CaseTests : IAsyncLifetime
{
    private readonly Engine engine = Feed.With(
        Casualty("none"),
        Casualty("five", ("Low", 5L), ("PlaceId", "p"), ("StartDate", new DateOnly(2022, 1, 20)), ("PartsComplete", true)),
        Casualty("twenty", ("Low", 20L), ("High", 21L), ("Note", "a:b,c"), ("PartOf", "five")),
        Record("Places", "p", ("Name", "Raqqa"), ("Latitude", 36.5)));

    [Theory]
    [InlineData("case(Low gt 10:'many',Low gt 0:'few',true:'no number') eq 'many'", "twenty")]
    [InlineData("case(Low gt 10:'many',Low gt 0:'few',true:'no number') eq 'no number'", "none")]
    [InlineData("CASE( Low gt 10 : 1 , true : 0 ) eq 1", "twenty")]
    [InlineData("case(Low gt 10:'many') eq null", "none five")]
    [InlineData("case(Low gt 10:Low,true:0.5) eq 0.5", "none five")]
    [InlineData("case(Low gt 10:null,true:Low) eq 5", "five")]
    [InlineData("case(null:1,true:2) eq 2", "none five twenty")]
    [InlineData("case(Low gt 10:PartsComplete,Low gt 0:true)", "five")]
    [InlineData("not case(Low gt 10:false,Low gt 0:true)", "twenty")]
    [InlineData("case(Low eq 5:StartDate,true:2020-01-01) ge 2022-01-01", "five")]
    [InlineData("case(time(ModifiedAt) ge 04:05:00:1,true:0) eq 1", "none five twenty")]
    [InlineData("case(ModifiedAt ge 2022-02-03T05:05:06+01:00:1,true:0) eq 1", "none five twenty")]
    [InlineData("case(ModifiedAt ge 2022-02-03T05:05+01:00:1,true:0) eq 1", "none five twenty")]
    [InlineData("case(Low gt 10:20,true:30) eq 20", "twenty")]
    [InlineData("case(Note eq 'a:b,c':'x:y',true:'z') eq 'x:y'", "twenty")]
    [InlineData("case(Note eq 'case(1:2)':1,true:2) eq 1", "")]
    [InlineData("case(Parts/any(p:p/Low eq 20):1,true:0) eq 1", "five")]
    [InlineData("case(Low gt 10:case(High gt 20:'a',true:'b'),true:'c') eq 'a'", "twenty")]
    [InlineData("Parts/any(p:case(p/Low gt 10:true,true:false))", "five")]
    [InlineData("concat(case(Low gt 10:'a',true:'b'),'c') eq 'ac'", "twenty")]
    [InlineData("case(Place/Name eq 'Raqqa':Place/Latitude,true:0) gt 36", "five")]
    [InlineData("case(Low in (5,6):1,true:0) eq 1", "five")]
    public async Task The_first_true_condition_gives_the_result(string filter, string expected) =>
        Assert.Equal(expected, string.Join(' ', await engine.Where(filter)));

    [Fact]
    public async Task Rows_can_be_ordered_by_it() =>
        Assert.Equal(["five", "none", "twenty"], await engine.Ids("$orderby=case(Low eq 5:0,Low eq null:1,true:2)"));

    [Fact]
    public async Task It_counts_groups_too()
    {
        await using var server = new Server();
        server.Commit(Casualty("a", ("Low", 1L)), Casualty("b", ("Low", 3L)), Casualty("c", ("Low", 20L)));
        var groups = await server.Get("Casualties?$apply=compute(case(Low gt 10:'many',true:'few') as How,Low divby 2 as Half)/filter(Half gt 1)/groupby((How),aggregate($count as N,Half with max as Most))&$format=csv");

        Assert.Equal("How,N,Most\r\nfew,1,1.5\r\nmany,1,10\r\n", groups.Body);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
