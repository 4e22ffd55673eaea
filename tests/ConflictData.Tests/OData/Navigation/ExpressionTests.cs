using ConflictData.Query;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Navigation;

/// <summary>Navigation in filters and orders, over three places below each other and what happened there.</summary>
public sealed class ExpressionTests : IAsyncLifetime
{
    private Engine engine = null!;

    [Theory]
    [InlineData("Place/CountryCode eq 'SY'", "a b")]
    [InlineData("place/countrycode EQ 'SY'", "a b")]
    [InlineData("Place/Parent/Name eq 'Syria'", "a b")]
    [InlineData("Place/Parent/Parent/Name eq null", "a b c d")]
    [InlineData("Place/CountryCode eq null", "d")]
    [InlineData("Place/CountryCode ne 'SY'", "c d")]
    [InlineData("not (Place/CountryCode eq 'SY')", "c d")]
    [InlineData("not (Place/Latitude gt 34)", "b c d")]
    [InlineData("Party/Name eq Perpetrator/Name", "b c d")]
    [InlineData("Party/Name eq 'SDF' and Perpetrator/Name eq 'IS'", "a")]
    [InlineData("Party eq null", "c d")]
    [InlineData("Party ne null", "a b")]
    [InlineData("contains(tolower(Place/Name),'hasaka') or Low eq 4", "a d")]
    [InlineData("Place/Name in ('Raqqa','Mosul')", "b c")]
    [InlineData("Whole/Whole/Id eq 'c'", "a")]
    public async Task A_path_reads_the_record_that_is_referred_to(string filter, string expected) =>
        Assert.Equal(expected, string.Join(' ', await engine.Where(filter)));

    [Theory]
    [InlineData("Casualties/any()", "hasaka mosul raqqa")]
    [InlineData("not Casualties/any()", "syria")]
    [InlineData("Casualties/any(c: c/Low gt 1)", "mosul raqqa")]
    [InlineData("Casualties/all(c: c/Low gt 1)", "mosul raqqa syria")]
    [InlineData("Casualties/any(c: c/High gt 1) eq false", "hasaka mosul raqqa syria")]
    [InlineData("Casualties/all(c: c/High gt 1)", "syria")]
    [InlineData("Casualties/any(c: c/Party/Name eq 'SDF')", "hasaka raqqa")]
    [InlineData("Casualties/any(c: c/PlaceId eq Id and c/Place/Name eq $it/Name)", "hasaka mosul raqqa")]
    [InlineData("Children/any(p: p/Casualties/any(c: c/Low eq 2 and p/Name eq 'Raqqa'))", "syria")]
    [InlineData("Parent/Children/any(p: p/Name eq 'Raqqa')", "hasaka raqqa")]
    [InlineData("Casualties/$count gt 0", "hasaka mosul raqqa")]
    [InlineData("Children/$count eq 2", "syria")]
    [InlineData("Casualties/$count($filter=Low gt 1) eq 1", "mosul raqqa")]
    [InlineData("Casualties/$count($search=camp) eq 1", "raqqa")]
    [InlineData("Casualties/$count($search=\"big camp\" OR street) gt 0", "mosul raqqa")]
    [InlineData("Casualties/$count($search=NOT camp) gt 0", "hasaka mosul")]
    [InlineData("Casualties/$count($filter=Low gt 2;$search=camp OR street) gt 0", "mosul")]
    [InlineData("Casualties/$count($search=street divby case;$filter=Low gt 2) eq 0", "hasaka mosul raqqa syria")]
    [InlineData("Children/$count($filter=Casualties/$count($search=camp) gt 0) eq 1", "syria")]
    [InlineData("Children/$count mul 2 sub 1 eq 3", "syria")]
    [InlineData("-Children/$count add 2 eq 0", "syria")]
    [InlineData("Children/$count mul 1e0 mul 9223372036854775807 gt 1e19", "syria")]
    public async Task Any_all_and_count_look_at_what_refers_to_the_record(string filter, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await engine.Ids("$filter=" + Uri.EscapeDataString(filter), "Places")).Order()));

    [Theory]
    [InlineData("Place/Name", "d c b a")]
    [InlineData("Place/Name desc,Id desc", "a b c d")]
    [InlineData("Place/Parent/Name desc,Id desc", "b a d c")]
    public async Task An_order_may_go_by_the_record_that_is_referred_to(string order, string expected) =>
        Assert.Equal(expected, string.Join(' ', await engine.Ids("$orderby=" + order)));

    [Fact]
    public async Task An_order_may_go_by_the_number_of_referring_records() =>
        Assert.Equal("syria", (await engine.Ids("$orderby=Children/$count desc", "Places"))[0]);

    [Theory]
    [InlineData("Place/Parent/Parent/Parent/Parent/Parent/Name eq 'x'", "at most 5 steps")]
    [InlineData("Place/Children/any(a: a/Children/any(b: b/Children/any(c: c/Children/any())))", "at most 3 deep")]
    [InlineData("Place/Children/Name eq 'x'", "")]
    [InlineData("Place/Nope eq 'x'", "")]
    [InlineData("Parts/any(p: q/Low eq 1)", "")]
    public void What_is_too_long_or_malformed_is_refused(string filter, string says) =>
        Assert.Contains(says, Feed.Refused("$filter=" + filter).Detail, StringComparison.Ordinal);

    public ValueTask InitializeAsync()
    {
        engine = Feed.With(
            Record("Places", "syria", ("Name", "Syria"), ("Kind", "country"), ("CountryCode", "SY")),
            Record("Places", "hasaka", ("Name", "al-Hasaka"), ("ParentId", "syria"), ("CountryCode", "SY"), ("Latitude", 36.5)),
            Record("Places", "raqqa", ("Name", "Raqqa"), ("ParentId", "syria"), ("CountryCode", "SY")),
            Record("Places", "mosul", ("Name", "Mosul"), ("CountryCode", "IQ"), ("Latitude", 34.0)),
            Record("Actors", "sdf", ("Name", "SDF")), Record("Actors", "is", ("Name", "IS")),
            Casualty("a", ("PlaceId", "hasaka"), ("PartyId", "sdf"), ("PerpetratorId", "is"), ("Low", 1L), ("PartOf", "b")),
            Casualty("b", ("PlaceId", "raqqa"), ("PartyId", "sdf"), ("PerpetratorId", "sdf"), ("Low", 2L), ("PartOf", "c"), ("Note", "a big camp")),
            Casualty("c", ("PlaceId", "mosul"), ("Low", 3L), ("Note", "a street")),
            Casualty("d", ("PlaceId", "gone"), ("Low", 4L)));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
