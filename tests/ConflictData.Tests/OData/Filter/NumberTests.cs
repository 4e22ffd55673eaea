using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Filter;

/// <summary>Numbers of different types beside each other, numbers that are none, and those that leave their range.</summary>
public sealed class NumberTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("Latitude gt 36.502370000000002", "b")]
    [InlineData("36.502370000000002 eq Latitude", "a")]
    [InlineData("Latitude add 0.12345678901234567 gt 36.7", "b")]
    [InlineData("Latitude lt 123456789012345678901", "a b")]
    [InlineData("cast(AdminLevel,Edm.Decimal) lt Latitude", "a b")]
    [InlineData("1.23456789012345678 gt INF", "")]
    [InlineData("99999999999999999999999 gt NaN", "")]
    [InlineData("1.23456789012345678 add INF gt 1", "a b")]
    [InlineData("1.23456789012345678 mul Latitude gt 45.1", "b")]
    [InlineData("Latitude eq NaN or AdminLevel gt NaN or NaN le 1", "")]
    [InlineData("Latitude ne NaN and not (NaN eq NaN)", "a b")]
    public async Task Decimals_are_doubles_beside_doubles(string filter, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await server.Get($"Places?$filter={Uri.EscapeDataString(filter)}")).Ids));

    [Theory]
    [InlineData("Places?$filter=AdminLevel mul AdminLevel mul 9223372036854775807 gt AdminLevel", "$filter")]
    [InlineData("Places?$filter=AdminLevel mul 9223372036854775807 gt 1", "$filter")]
    [InlineData("Places/$count?$filter=9223372036854775807 add 1 gt AdminLevel", "$filter")]
    [InlineData("Places?$orderby=AdminLevel mul 9223372036854775807", "$orderby")]
    [InlineData("Places?$apply=aggregate(AdminLevel mul 9223372036854775807 with sum as S)", "$apply")]
    [InlineData("Places?$apply=compute(AdminLevel mul 9223372036854775807 as X)/aggregate(X with sum as S)", "$apply")]
    [InlineData("Places?$apply=filter(AdminLevel mul AdminLevel mul 9223372036854775807 gt AdminLevel)", "$apply")]
    [InlineData("Places?$apply=aggregate(9223372036854775807 with sum as S)", "$apply")]
    public async Task A_whole_number_that_leaves_its_range_is_an_error_that_names_the_option(string address, string option)
    {
        var reply = await server.Get(address);

        Assert.Equal((400, "badQuery", option), (reply.Status, reply.ErrorCode, (string?)reply.Json["error"]?["target"]));
        Assert.Matches("64 bits|64-bit", reply.Body);
    }

    [Theory]
    [InlineData("Places?$filter=AdminLevel mul 9223372036854775807 eq null", "")]
    [InlineData("Places?$filter=-9223372036854775807 sub AdminLevel lt 1", "a b")]
    [InlineData("Places?$filter=AdminLevel mul 1e0 mul 9223372036854775807 gt 1", "a b")]
    [InlineData("Places?$compute=AdminLevel mul 9223372036854775807 as X&$filter=X eq null", "b")]
    public async Task What_can_be_told_is_answered_and_what_is_computed_for_a_record_is_null(string address, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await server.Get(address)).Ids));

    public ValueTask InitializeAsync()
    {
        server.Commit(
            Record("Places", "a", ("Latitude", 36.502370000000002), ("AdminLevel", 1L)),
            Record("Places", "b", ("Latitude", 36.6), ("AdminLevel", 2L)));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
