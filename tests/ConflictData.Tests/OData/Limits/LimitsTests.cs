using System.Globalization;
using System.Text.Json.Nodes;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Limits;

/// <summary>Every limit of the feed, just kept and just not: what is over it says which limit it is and what to do instead.</summary>
public sealed class LimitsTests : IAsyncLifetime
{
    /// <summary>Small, so that every limit can be met; each test is about one of them.</summary>
    private readonly Server server = new(new()
    {
        MaxAddress = 1000,
        MaxQueryBody = 2000,
        MaxBatchRequests = 3,
        MaxExpressionParts = 10,
        MaxExpressionDepth = 5,
        MaxListedValues = 4,
        MaxNestedCollections = 2,
        MaxPathSteps = 2,
        MaxExpandDepth = 2,
        MaxExpandedWays = 3,
        MaxExpandedRows = 5,
        MaxApplySteps = 2,
        MaxGroups = 3,
        EngineThreads = 1,
    });

    public static TheoryData<string, string, string> Limits => new()
    {
        { "Casualties?$filter=Id ne 'x'", $"Casualties?$filter=Id ne '{new string('x', 1000)}'", "longer than 1000 characters. Send the options with POST" },
        { "Casualties?$filter=Low eq 1 and Low eq 2 and not PartsComplete", "Casualties?$filter=Low eq 1 and Low eq 2 and not not PartsComplete", "at most 10 parts. Ask in several queries" },
        { $"Casualties?$search={Words(5)}", $"Casualties?$search={Words(6)}", "at most 10 parts" },
        { "Casualties?$search=a b&$filter=Low eq 1 and Low eq 2", "Casualties?$search=a b c&$filter=Low eq 1 and Low eq 2", "at most 10 parts" },
        { "Casualties?$filter=Parts/$count($search=a b c d) gt 1", "Casualties?$filter=Parts/$count($search=a b c d e) gt 1", "at most 10 parts" },
        { "Casualties?$filter=PartsComplete&$orderby=Low eq 1 and Low eq 2&$compute=not Additive as A", "Casualties?$filter=PartsComplete&$orderby=Low eq 1 and Low eq 2&$compute=not not Additive as A", "at most 10 parts" },
        { "Casualties?$orderby=Low,High,Best,Id,Note,CountText,Grade,Outcome,Date,StartDate", "Casualties?$orderby=Low,High,Best,Id,Note,CountText,Grade,Outcome,Date,StartDate,EndDate", "at most 10 parts" },
        { "Casualties?$filter=((((Low eq 1))))", "Casualties?$filter=((((((Low eq 1))))))", "at most 5 deep. Leave out brackets" },
        { "Casualties?$filter=not (not (not (Low eq 1)))", "Casualties?$filter=not (not (not (not (Low eq 1))))", "at most 5 deep" },
        { "Casualties?$filter=Low in (1,2,3,4)", "Casualties?$filter=Low in (1,2,3,4,5)", "at most 4 values; this one has 5" },
        { "Casualties?$filter=Low in @l&@l=[1,2,3,4]", "Casualties?$filter=Low in @l&@l=[1,2,3,4,5]", "at most 4 values" },
        { "Places?$filter=Children/any(a:a/Children/any())", "Places?$filter=Children/any(a:a/Children/any(b:b/Children/any()))", "nested at most 2 deep" },
        { "Casualties?$filter=Place/Parent/Name eq 'x'", "Casualties?$filter=Place/Parent/Parent/Name eq 'x'", "at most 2 steps" },
        { "Casualties('c0')/Place/Casualties", "Casualties('c0')/Place/Casualties('c0')/Place", "at most 2 steps" },
        { "Casualties?$expand=Place($expand=Parent)", "Casualties?$expand=Place($expand=Parent($expand=Parent))", "nested at most 2 deep" },
        { "Casualties?$expand=Place,Event,Source", "Casualties?$expand=Place,Event,Source,Party", "at most 3 ways in all" },
        { "Casualties?$expand=Place($expand=Parent),Event", "Casualties?$expand=Place($expand=Parent),Event,Source", "at most 3 ways in all" },
        { "Places('five')?$expand=Casualties", "Places('six')?$expand=Casualties", "more than 5 records under Casualties" },
        { "Casualties?$apply=filter(Low gt 0)/top(1)", "Casualties?$apply=filter(Low gt 0)/top(1)/top(1)", "at most 2 steps" },
        { "Casualties?$apply=groupby((PlaceId))", "Casualties?$apply=groupby((Id))", "more than 3 groups" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task What_keeps_a_limit_is_answered_and_what_does_not_is_told_so(string kept, string broken, string words)
    {
        var (within, over) = (await server.Get(kept), await server.Get(broken));

        Assert.True(within.Status == 200, within.Body);
        Assert.Equal((400, "badQuery"), (over.Status, over.ErrorCode));
        Assert.Contains(words, (string)over.Json["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1980, 200)]
    [InlineData(2000, 200)]
    [InlineData(2001, 400)]
    public async Task A_body_may_be_as_long_as_it_may(int length, int status)
    {
        var query = "$top=1&note=".PadRight(length, 'x');
        var batch = new JsonObject { ["requests"] = new JsonArray(new JsonObject { ["id"] = "1", ["method"] = "GET", ["url"] = "Casualties" }) }.ToJsonString().PadRight(length);

        Assert.Equal(status, (await server.Post("Casualties/$query", "text/plain", query)).Status);
        Assert.Equal(status, (await server.Batch("application/json", batch)).Status);
    }

    [Theory]
    [InlineData(2, 200)]
    [InlineData(3, 200)]
    [InlineData(4, 400)]
    public async Task A_batch_may_have_as_many_requests_as_it_may(int requests, int status)
    {
        var items = Enumerable.Range(1, requests).Select(id => new JsonObject { ["id"] = id.ToString(CultureInfo.InvariantCulture), ["method"] = "GET", ["url"] = "Places" });
        var reply = await server.Batch("application/json", new JsonObject { ["requests"] = new JsonArray([.. items]) }.ToJsonString());

        Assert.Equal(status, reply.Status);
        Assert.Contains(status == 200 ? "\"id\":\"2\"" : "at most 3 requests; this one has 4. Send it in parts.", reply.Body, StringComparison.Ordinal);
    }

    /// <summary>Each would take the parser or the engine further than any stack or clock goes, were it not refused before.</summary>
    [Theory]
    [InlineData("$filter=", "Low eq 1 or ", "true")]
    [InlineData("$filter=", "not ", "true")]
    [InlineData("$filter=", "(", "true")]
    [InlineData("$filter=", "Place/", "Name eq 'x'")]
    [InlineData("$filter=", "concat(Id,", "'x')")]
    [InlineData("$filter=", "-", "1 eq 1")]
    [InlineData("$filter=Id in ", "[", "1]")]
    [InlineData("$filter=Id eq @p&@p=", "[", "1]")]
    [InlineData("$filter=case(", "case(", "true:1)")]
    [InlineData("$search=", "a ", "b")]
    [InlineData("$search=", "NOT ", "b")]
    [InlineData("$search=", "(", "b")]
    [InlineData("$filter=Parts/$count($search=", "a ", "b) gt 1")]
    [InlineData("$orderby=", "Low,", "Low")]
    [InlineData("$select=", "Id,", "Low")]
    [InlineData("$select=", "Place/", "Id")]
    [InlineData("$compute=", "Low add ", "1 as x")]
    [InlineData("$expand=", "Place($expand=", "Parent)")]
    [InlineData("$expand=", "Place,", "Event")]
    [InlineData("$apply=", "identity/", "identity")]
    [InlineData("$apply=", "groupby((", "Id))")]
    [InlineData("$apply=aggregate(", "Low as ", "x)")]
    [InlineData("", "$filter=Low eq 1&", "")]
    [InlineData("", "@a=1&", "")]
    public async Task A_million_of_anything_is_refused_and_the_service_goes_on(string before, string again, string after)
    {
        await using var wide = new Server(new() { MaxQueryBody = 10_000_000, EngineThreads = 1 });
        var body = before + string.Concat(Enumerable.Repeat(again, 1_000_000 / again.Length)) + after;
        var reply = await wide.Post("Casualties/$query", "text/plain", body);

        Assert.Equal(400, reply.Status);
        Assert.Equal(200, (await wide.Get("Casualties")).Status);
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(
            [
                Record("Places", "five"), Record("Places", "six"),
                .. Enumerable.Range(0, 11).Select(number => Casualty($"c{number}", ("PlaceId", number < 5 ? "five" : "six"), ("Low", 1L))),
            ]);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("a", count));
}
