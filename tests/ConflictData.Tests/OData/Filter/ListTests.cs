using ConflictData.Query;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Filter;

/// <summary>A list after in takes what eq takes beside the value.</summary>
public sealed class ListTests : IAsyncLifetime
{
    private readonly Engine engine = Feed.With(
        Casualty("a", ("Low", 200L), ("StartDate", new DateOnly(2015, 2, 1)), ("Additive", true)),
        Casualty("b", ("Low", 2L), ("Note", "x,y"), ("Additive", false)),
        Casualty("c", ("PlaceId", "p"), ("Note", "in (1)")),
        Record("Places", "p", ("Latitude", 35.335880000000003)));

    [Theory]
    [InlineData("Low in ('200')", "a")]
    [InlineData("Low in ('200',2)", "a b")]
    [InlineData("Low in (1.5)", "")]
    [InlineData("Low in (1.5,2.0,null)", "b c")]
    [InlineData("Low in (INF,-INF,NaN,2)", "b")]
    [InlineData("not (Low in (1.5))", "a b c")]
    [InlineData("Low in (123456789012345678901,200)", "a")]
    [InlineData("Note in (null)", "a")]
    [InlineData("Id in (null)", "")]
    [InlineData("Note in (null,'x,y')", "a b")]
    [InlineData("Note in ('in (1)')", "c")]
    [InlineData("Additive in (true)", "a")]
    [InlineData("Additive in ('false',null)", "b c")]
    [InlineData("StartDate in ('2015-02-01')", "a")]
    [InlineData("StartDate in (2015-02-01T00:00:00Z)", "a")]
    [InlineData("StartDate in (2015-02-01T00:00:01Z)", "")]
    [InlineData("date(ModifiedAt) in (2022-02-03,null)", "a b c")]
    [InlineData("ModifiedAt in (2022-02-03T05:05:06.25+01:00)", "a b c")]
    [InlineData("time(ModifiedAt) in (04:05:06.25)", "a b c")]
    [InlineData("Place/Latitude in (35.335880000000003)", "c")]
    [InlineData("Place/Latitude in (INF,35.335880000000003)", "c")]
    [InlineData("(Low div 2) in (1,100)", "a b")]
    [InlineData("(Low sub 198) in (2,4)", "a")]
    [InlineData("length(concat(Id,'x')) in (2)", "a b c")]
    [InlineData("Low in (2) eq Additive in (false)", "a b c")]
    [InlineData("Low  IN  ( 2 , 200 )  and Id ne 'a'", "b")]
    [InlineData("-1 in (-1) and Id eq 'a'", "a")]
    [InlineData("Place/Casualties/any(p:p/Id in ('c'))", "c")]
    [InlineData("Place/Casualties/$count in (1)", "c")]
    [InlineData("case(Low in (2):'few',true:'other') in ('few')", "b")]
    public async Task A_value_is_in_a_list_where_it_equals_one_of_it(string filter, string expected) =>
        Assert.Equal(expected, string.Join(' ', await engine.Where(filter)));

    [Theory]
    [InlineData("StartDate in (2015-02-01,)", "before position 25")]
    [InlineData("StartDate in (,2015-02-01)", "before position 14")]
    [InlineData("date(ModifiedAt) in ('a',)", "before position 25")]
    [InlineData("date(ModifiedAt) in ('a')", "Edm.Date; 'a' is none")]
    [InlineData("Low in ('a')", "Edm.Int64; 'a' is none")]
    [InlineData("Low in (true)", "Edm.Int64; true is none")]
    [InlineData("Id in (5)", "Edm.String; 5 is none")]
    [InlineData("Low in (1 2)", "position 10")]
    [InlineData("Low in (1,(2))", "position 10")]
    [InlineData("Low in (High)", "High is none")]
    [InlineData("Low in (1,2", "no closing bracket")]
    [InlineData("Place in (1)", "one value")]
    [InlineData("in_(Low,'1')", "no function in_")]
    [InlineData("Low in (1) eq", "position 13 in 'Low in (1) eq'")]
    public void A_list_that_is_none_is_refused_by_what_is_wrong(string filter, string words)
    {
        var error = Feed.Refused("$filter=" + Uri.EscapeDataString(filter));

        Assert.Equal((ConflictData.Api.ErrorCode.BadQuery, "$filter"), (error.Code, error.Target));
        Assert.Contains(words, error.Detail, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
