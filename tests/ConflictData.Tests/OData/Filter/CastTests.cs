using ConflictData.Query;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Filter;

/// <summary>cast, isof, the order of operators, and parts of instants.</summary>
public sealed class CastTests : IAsyncLifetime
{
    private readonly Engine engine = Feed.With(Casualty("a", ("Low", 374L), ("Note", "1.5"), ("Additive", true)), Casualty("b", ("Low", 7L), ("High", 9L), ("Note", "NaN"), ("Additive", false)));

    [Theory]
    [InlineData("cast(Low,Edm.Byte) eq null", "a")]
    [InlineData("cast(Low,Edm.SByte) eq 7", "b")]
    [InlineData("cast(Low mul 1000,Edm.Int16) eq 7000", "b")]
    [InlineData("cast(3000000000,Edm.Int32) eq null", "a b")]
    [InlineData("cast('300',Edm.Byte) eq null", "a b")]
    [InlineData("cast('1.5',Edm.Int64) eq null and cast(' 1',Edm.Int64) eq null and cast('1e3',Edm.Int64) eq null", "a b")]
    [InlineData("cast('-7',Edm.Int64) eq -7 and cast('+7',Edm.Int64) eq 7", "a b")]
    [InlineData("cast('9223372036854775808',Edm.Int64) eq null", "a b")]
    [InlineData("cast(1.5,Edm.Int64) eq 2", "a b")]
    [InlineData("cast(1e30,Edm.Int64) eq null", "a b")]
    [InlineData("cast(Note,Edm.Double) eq 1.5", "a")]
    [InlineData("cast(Note,Edm.Double) gt 1 or cast(Note,Edm.Double) eq cast(Note,Edm.Double)", "a")]
    [InlineData("cast('1',Edm.Boolean) eq null", "a b")]
    [InlineData("cast(1,Edm.Boolean) eq null", "a b")]
    [InlineData("cast('true',Edm.Boolean)", "a b")]
    [InlineData("cast(Additive,Edm.Int64) eq null", "a b")]
    [InlineData("cast(StartDate,Edm.Int64) eq null", "a b")]
    [InlineData("cast('2022-1-5',Edm.Date) eq null and cast('2022-01-05',Edm.Date) eq 2022-01-05", "a b")]
    [InlineData("cast('2022-01-05T01:00:00+01:00',Edm.DateTimeOffset) eq 2022-01-05T00:00:00Z", "a b")]
    [InlineData("cast('2022-01-05',Edm.DateTimeOffset) eq null", "a b")]
    [InlineData("cast('10:20:30',Edm.TimeOfDay) eq 10:20:30", "a b")]
    public async Task What_cannot_be_cast_is_null(string filter, string expected) => Assert.Equal(expected, string.Join(' ', await engine.Where(filter)));

    [Theory]
    [InlineData("isof(Low,Edm.Int64)", "a b")]
    [InlineData("isof(High,Edm.Int64)", "b")]
    [InlineData("isof(Low,Edm.String)", "")]
    [InlineData("not isof(High,Edm.Int64)", "a")]
    [InlineData("isof(Note,Edm.String) and isof(StartDate,Edm.Date) eq false", "a b")]
    [InlineData("isof(cast(Low,Edm.Byte),Edm.Byte)", "b")]
    public async Task A_value_is_of_its_declared_type(string filter, string expected) => Assert.Equal(expected, string.Join(' ', await engine.Where(filter)));

    [Theory]
    [InlineData("Additive eq Low gt 100", "a b")]
    [InlineData("Low gt 5 eq Low gt 10", "a")]
    [InlineData("Low gt 5 ne Low gt 10", "b")]
    [InlineData("Low gt 5 eq Low gt 10 eq true and Id ne 'b'", "a")]
    [InlineData("true eq Low gt 10 or High ge 9 eq Additive", "a")]
    [InlineData("case(Low gt 5 eq Low gt 10:'x',true:'y') eq 'x'", "a")]
    [InlineData("(Additive eq Low gt 100) and Note ne 'gt 5 eq'", "a b")]
    [InlineData("not (Additive eq Low lt 100)", "a b")]
    [InlineData("Low add 1 gt 8 eq Low in (374)", "a b")]
    public async Task Gt_binds_tighter_than_eq(string filter, string expected) => Assert.Equal(expected, string.Join(' ', await engine.Where(filter)));

    [Fact]
    public async Task Gt_binds_tighter_than_eq_in_orders_too() =>
        Assert.Equal("b a", string.Join(' ', await engine.Ids("$orderby=Low gt 5 eq Low gt 10 asc,Id desc")));

    [Fact]
    public void Positions_are_those_that_were_written() =>
        Assert.Contains("position 24 in 'Low gt 5 eq Low gt 10 eq'", Feed.Refused("$filter=Low gt 5 eq Low gt 10 eq").Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("hour(2022-01-01T23:00:00-05:00) eq 23")]
    [InlineData("day(2022-01-01T23:00:00-05:00) eq 1 and month(2022-01-01T00:30:00+05:00) eq 1 and year(2022-01-01T00:30:00+05:00) eq 2022")]
    [InlineData("date(2022-01-01T23:00:00-05:00) eq 2022-01-01")]
    [InlineData("time(2022-01-01T23:00:00-05:00) eq 23:00:00")]
    [InlineData("totaloffsetminutes(2022-01-01T23:00:00-05:00) eq -300")]
    [InlineData("2022-01-01T23:00:00-05:00 eq 2022-01-02T04:00:00Z")]
    public async Task Parts_of_a_literal_instant_are_in_its_own_offset(string filter) => Assert.Equal(["a", "b"], await engine.Where(filter));

    [Fact]
    public async Task Parts_of_an_instant_by_an_alias_are_too() => Assert.Equal(["a", "b"], await engine.Ids("$filter=hour(@at) eq 23&@at=2022-01-01T23:00:00-05:00"));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
