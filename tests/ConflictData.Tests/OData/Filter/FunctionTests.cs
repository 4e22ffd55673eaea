using ConflictData.Query;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Filter;

public sealed class FunctionTests : IAsyncLifetime
{
    private readonly Engine engine = Feed.With(
        Casualty("a", ("Note", "  Al-Hasaka; 'Sina' 100% _x_ "), ("Low", -7L), ("StartDate", new DateOnly(2022, 1, 20))),
        Casualty("b", ("Note", "الحسكة"), ("Low", 7L), ("StartDate", new DateOnly(2021, 12, 31))),
        Record("Places", "p", ("Latitude", 36.5), ("Longitude", -40.75)));

    [Theory]
    [InlineData("contains(Note,'Sina')", "a")]
    [InlineData("contains(Note,'''Sina''')", "a")]
    [InlineData("contains(Note,'%')", "a")]
    [InlineData("contains(Note,'_')", "a")]
    [InlineData("contains(Note,'')", "a b")]
    [InlineData("CONTAINS(note,'sina')", "")]
    [InlineData("contains(tolower(Note),'sina')", "a")]
    [InlineData("startswith(trim(Note),'Al')", "a")]
    [InlineData("endswith(trim(Note),'_x_')", "a")]
    [InlineData("toupper(Note) eq '  AL-HASAKA; ''SINA'' 100% _X_ '", "a")]
    [InlineData("length(Note) eq 6", "b")]
    [InlineData("indexof(Note,'ح') eq 2", "b")]
    [InlineData("indexof(Note,'zz') eq -1", "a b")]
    [InlineData("substring(Note,2,2) eq 'Al'", "a")]
    [InlineData("substring(Note,3) eq 'سكة'", "b")]
    [InlineData("substring(Note,-4,2) eq '_x'", "a")]
    [InlineData("substring(Note,-2) eq 'كة'", "b")]
    [InlineData("substring(Note,-100,3) eq 'الح'", "b")]
    [InlineData("substring(Note,-100) eq Note", "a b")]
    [InlineData("substring(Note,length(Note)) eq ''", "a b")]
    [InlineData("substring(Note,length(Note) sub 8) eq 'كة'", "b")]
    [InlineData("substring(Note,length(Note) sub 8,1) eq 'ك'", "b")]
    [InlineData("substring(Note,indexof(Note,'zz'),1) eq 'ة'", "b")]
    [InlineData("substring(Note,-3,length(Note) sub 4) eq 'سك'", "b")]
    [InlineData("substring(Note,1,length(Id) sub 2) eq ''", "a b")]
    [InlineData("substring(Note,null) eq null", "a b")]
    [InlineData("substring(Note,100) eq ''", "a b")]
    [InlineData("concat(Id,concat('-',Id)) eq 'a-a'", "a")]
    [InlineData("matchesPattern(Note,'^\\s+Al')", "a")]
    [InlineData("year(StartDate) eq 2022 and month(StartDate) eq 1 and day(StartDate) eq 20", "a")]
    [InlineData("StartDate lt 2022-01-01", "b")]
    [InlineData("StartDate lt '2022-01-01'", "b")]
    [InlineData("'2022-01-01' le StartDate", "a")]
    [InlineData("Low eq '7'", "b")]
    [InlineData("'6.5' lt Low", "b")]
    [InlineData("length(Note) eq '6'", "b")]
    [InlineData("PartsComplete eq 'true'", "")]
    [InlineData("(Low gt 0) eq 'true'", "b")]
    [InlineData("ModifiedAt gt '2000-01-01T00:00:00Z'", "a b")]
    [InlineData("cast(Low,Edm.String) eq '-7'", "a")]
    [InlineData("cast('2022-01-20',Edm.Date) eq StartDate", "a")]
    [InlineData("cast(Note,Edm.Date) eq null", "a b")]
    [InlineData("cast(StartDate,Edm.String) eq '2021-12-31'", "b")]
    [InlineData("StartDate in (2021-12-31,2000-01-01)", "b")]
    [InlineData("StartDate ge 2022-01-20T00:00:00Z", "a")]
    [InlineData("hour(ModifiedAt) eq 4 and minute(ModifiedAt) eq 5 and second(ModifiedAt) eq 6", "a b")]
    [InlineData("fractionalseconds(ModifiedAt) eq 0.25", "a b")]
    [InlineData("totaloffsetminutes(ModifiedAt) eq 0 and ModifiedAt lt maxdatetime() and ModifiedAt gt mindatetime()", "a b")]
    [InlineData("date(ModifiedAt) eq 2022-02-03", "a b")]
    [InlineData("time(ModifiedAt) gt 04:05:00 and time(ModifiedAt) lt 04:05:07", "a b")]
    [InlineData("ModifiedAt ge 2022-02-03T05:05:06+01:00", "a b")]
    [InlineData("ModifiedAt ge 2022-02-03", "a b")]
    [InlineData("Low div 2 eq -3", "a")]
    [InlineData("Low mod 2 eq -1", "a")]
    [InlineData("-Low eq 7", "a")]
    [InlineData("Low div 2.0 eq 3.5", "b")]
    [InlineData("Low gt 6.9", "b")]
    [InlineData("Low eq 9223372036854775808", "")]
    [InlineData("round(Low div 2.0) eq 4 or round(Low div 2.0) eq -4", "a b")]
    [InlineData("floor(Low div 2.0) eq -4", "a")]
    [InlineData("Low divby 2 eq 3.5", "b")]
    [InlineData("Low DIVBY 2 eq -3.5", "a")]
    [InlineData("7 divby 2 eq 3.5", "a b")]
    [InlineData("Low mul 2 divby 4 mul 2 eq 7", "b")]
    [InlineData("1 add Low divby 2 eq 4.5", "b")]
    [InlineData("-Low divby 2 eq 3.5", "a")]
    [InlineData("Low divby (Low sub Low) eq INF", "b")]
    [InlineData("Low divby 0 eq -INF", "a")]
    [InlineData("Low div 0.0 eq INF", "b")]
    [InlineData("(Low sub Low) divby 0 eq (Low sub Low) divby 0", "")]
    [InlineData("not ((Low sub Low) divby 0 ne 1)", "")]
    [InlineData("(Low sub Low) divby 0 gt 5 or (Low sub Low) divby 0 le 5", "")]
    [InlineData("Low divby High eq null", "a b")]
    [InlineData("Note ne ' divby ' and concat(' divby ','x') eq ' divby x'", "a b")]
    [InlineData("ceiling(Low div 2.0) eq 4", "b")]
    [InlineData("Low EQ 7 OR low Lt 0", "a b")]
    [InlineData("Id in ('a''b','c,d','e(f)','b')", "b")]
    public async Task Operators_and_functions_keep_the_right_rows(string filter, string expected) =>
        Assert.Equal(expected, string.Join(' ', await engine.Where(filter)));

    [Theory]
    [InlineData("Latitude eq 36.5 and Longitude lt -40.7", "p")]
    [InlineData("Latitude gt 36.1", "p")]
    [InlineData("round(Latitude) eq 37", "p")]
    [InlineData("Latitude lt INF", "p")]
    public async Task Doubles_keep_their_digits(string filter, string expected) =>
        Assert.Equal(expected, string.Join(' ', await engine.Ids("$filter=" + Uri.EscapeDataString(filter), "Places")));

    [Theory]
    [InlineData("Low gt", "position 6")]
    [InlineData("Nope eq 1", "Nope")]
    [InlineData("StartDate eq '2022-01'", "Edm.Date")]
    [InlineData("StartDate eq 2022-02-31", "position")]
    [InlineData("Note eq 'x", "position")]
    [InlineData("substring(Note,1,-1) eq ''", "negative")]
    [InlineData("Low mod 0.0 eq 1", "zero")]
    [InlineData("Low in (1,2", "bracket")]
    [InlineData("Low div 0 eq 1", "zero")]
    [InlineData("Low has 3", "malformed")]
    [InlineData("Low", "boolean")]
    [InlineData("Low eq 'x'", "incompatible")]
    [InlineData("Low eq ' 7'", "incompatible")]
    [InlineData("Low lt 'Infinity'", "incompatible")]
    [InlineData("PartsComplete eq 'yes'", "incompatible")]
    [InlineData("Low divby 2 divby 4 eq", "position 22 in 'Low divby 2 divby 4 eq'")]
    [InlineData("case(Low gt 1:1,true:0) eq", "position 26 in 'case(Low gt 1:1,true:0) eq'")]
    [InlineData("Low divby 2 eq foo(case(true:1))", "foo")]
    [InlineData("case(Low gt 1:'a',true:1) eq 'a'", "of one type")]
    [InlineData("case(Low:'a') eq 'a'", "true or false")]
    [InlineData("case(Low gt 1) eq 1", "before position 13")]
    [InlineData("case(Low gt 1:1,2) eq 1", "before position 17")]
    [InlineData("case(Low gt 1:2:3) eq 1", "position 15")]
    [InlineData("case() eq 1", "before position 5")]
    [InlineData("Low divby divby 2 eq 1", "position")]
    public void Malformed_expressions_say_where(string filter, string words)
    {
        var error = Feed.Refused("$filter=" + Uri.EscapeDataString(filter));

        Assert.Equal((ConflictData.Api.ErrorCode.BadQuery, "$filter"), (error.Code, error.Target));
        Assert.Contains(words, error.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("now() gt ModifiedAt", "now")]
    [InlineData("hassubset([1,2],[1])", "hassubset")]
    [InlineData("isdefined(Note)", "isdefined")]
    [InlineData("ModifiedAt add duration'P1D' gt ModifiedAt", "durations")]
    [InlineData("$count gt 3", "$count")]
    [InlineData("$root/Casualties('a')/Low eq Low", "$root")]
    public void What_is_not_supported_is_named(string filter, string words)
    {
        var error = Feed.Refused("$filter=" + Uri.EscapeDataString(filter));

        Assert.Equal(ConflictData.Api.ErrorCode.NotSupported, error.Code);
        Assert.Contains(words, error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_has_at_most_twenty_pairs()
    {
        var twenty = string.Concat(Enumerable.Repeat("true:1,", 20)).TrimEnd(',');

        Assert.True(Feed.Plan($"$filter=case({twenty}) eq 1", "Casualties").Succeeded(out _, out var error), error?.Detail);
        Assert.Contains("at most 20 pairs", Feed.Refused($"$filter=case({twenty},true:1) eq 1").Detail, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
