using ConflictData.Query;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Options;

/// <summary>Parameter aliases that stand for lists, and aliases in lists.</summary>
public sealed class AliasTests : IAsyncLifetime
{
    private readonly Engine engine = Feed.With(Casualty("a", ("Low", 1L)), Casualty("b", ("Low", 2L), ("Note", "@list")), Casualty("c'd", ("StartDate", new DateOnly(2022, 1, 20))));

    [Theory]
    [InlineData("$filter=Id in @list&@list=['a','b']", "a b")]
    [InlineData("$filter=id IN @list&@list=%5B%22a%22%2C%22c'd%22%5D", "a c'd")]
    [InlineData("$filter=not (Id in @list)&@list=['a','c''d']", "b")]
    [InlineData("$filter=Low in @list&@list=[1,3,null]", "a c'd")]
    [InlineData("$filter=Low in @list&@list=[]", "")]
    [InlineData("$filter=Low in @list&@list=['1',2.0,1.5]", "a b")]
    [InlineData("$filter=StartDate in @list&@list=[2022-01-20]", "c'd")]
    [InlineData("$filter=Id in (@x,'b')&@x='a'", "a b")]
    [InlineData("$filter=Low in (@x,@y)&@x=1&@y=2", "a b")]
    [InlineData("$filter=Id in @list and Low eq @low&@list=['a','b']&@low=2", "b")]
    [InlineData("$filter=Note eq '@list'&@list=['a']", "b")]
    [InlineData("$filter=case(Id in @list:true,true:Low divby 4 eq @half)&@list=['a']&@half=1 divby 2", "a b")]
    [InlineData("$orderby=case(Id in @list:0,true:1)&@list=['b']", "b a c'd")]
    public async Task A_list_stands_after_in_as_if_it_were_written_there(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', await engine.Ids(query.Replace("%5B", "[").Replace("%5D", "]").Replace("%22", "\"").Replace("%2C", ","))));

    [Theory]
    [InlineData("$filter=Id eq @list&@list=['a']", "a list stands after in")]
    [InlineData("$filter=Id in @x&@x='a'", "")]
    [InlineData("$filter=Id in @nope", "")]
    [InlineData("$filter=Id in (@x)&@x=Note", "")]
    [InlineData("$filter=Id in @list&@list=['a'", "")]
    [InlineData("$filter=Id in @list&@list=[[['a']]]", "")]
    [InlineData("$filter=Id in @list&@list=['a'] or true", "")]
    [InlineData("$filter=Id in @list&@list=['a') or true or Id in ('b']", "")]
    [InlineData("$filter=Id in (@x)&@x='a') or (true", "")]
    [InlineData("$filter=Low in (@x)&@x=1,2", "")]
    public void A_list_where_none_fits_is_refused(string query, string words)
    {
        var error = Feed.Refused(query);

        Assert.Equal((ConflictData.Api.ErrorCode.BadQuery, "$filter"), (error.Code, error.Target));
        Assert.Contains(words, error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Positions_after_a_list_are_those_that_were_written() =>
        Assert.Contains("position 22 in 'Id in @list and Low eq'", Feed.Refused("$filter=Id in @list and Low eq&@list=['a','b','c']").Detail, StringComparison.Ordinal);

    [Fact]
    public void An_object_is_refused_by_name() =>
        Assert.Equal(ConflictData.Api.ErrorCode.NotSupported, Feed.Refused("$filter=Id eq @p&@p={}").Code);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
