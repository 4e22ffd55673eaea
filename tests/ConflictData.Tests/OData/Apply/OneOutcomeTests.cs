using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Apply;

/// <summary>People of different outcomes are never added, and nobody is counted twice, whatever steps come before a total.</summary>
public sealed class OneOutcomeTests : IAsyncLifetime
{
    private const string Total = "aggregate(Count with Conflict.total as T)";

    private readonly Server server = new();

    public static TheoryData<string> Attempts =>
    [
        Total,
        $"search(prison)/{Total}",
        $"filter(Whole/Outcome eq 'killed')/{Total}",
        $"filter($it/Whole/Outcome eq 'killed')/{Total}",
        $"filter(Parts/any(p:p/Outcome eq 'killed'))/{Total}",
        $"filter(Parts/all(p:p/Outcome eq 'killed' and $it/Outcome ne 'x'))/{Total}",
        $"filter(Parts/any(p:$it/Outcome eq 'killed'))/{Total}",
        $"filter(Event/Name eq 'x')/{Total}",
        $"groupby((Event/Name),{Total})",
        $"groupby((Whole/Outcome),{Total})",
        $"groupby((PartyId),{Total})",
        $"groupby((PartyId),filter(Low gt 1)/{Total})",
        $"groupby((Outcome))/{Total}",
        $"groupby((Outcome),filter(true))/{Total}",
        $"groupby((Outcome),top(1))/{Total}",
        $"groupby((Outcome),orderby(Low))/groupby((PartyId),{Total})",
        $"groupby((PartyId),groupby((Outcome),identity)/{Total})",
        $"groupby((PartyId),groupby((Outcome),aggregate($count as N))/{Total})",
        $"concat(filter(Outcome eq 'killed'),filter(Outcome eq 'displaced'))/{Total}",
        $"concat(filter(Outcome eq 'killed'),filter(Outcome eq 'displaced'))/groupby((PartyId),{Total})",
        $"groupby((PartyId),concat(filter(Outcome eq 'killed'),filter(Outcome eq 'displaced'))/{Total})",
        $"concat(groupby((Outcome),filter(true)),filter(Outcome eq 'killed'))/{Total}",
        $"concat(aggregate($count as N),{Total})",
        $"concat(filter(Outcome eq 'killed')/{Total},{Total})",
        $"filter(Outcome eq 'killed' or Outcome eq 'displaced')/{Total}",
        $"filter(not (Outcome eq 'killed'))/{Total}",
        $"filter((Outcome eq 'killed') eq false)/{Total}",
        $"filter(Outcome ne 'injured')/{Total}",
        $"filter(Outcome in ('killed','displaced'))/{Total}",
        $"filter(Outcome eq Outcome)/{Total}",
        $"filter(Outcome eq Whole/Outcome)/{Total}",
        $"filter(contains(Outcome,'e'))/{Total}",
        $"filter(Outcome eq @p)/{Total}",
        $"compute(Outcome as Same)/filter(Same eq 'killed')/{Total}",
        $"compute('killed' as Same)/groupby((Same),{Total})",
        $"orderby(Outcome)/top(3)/{Total}",
    ];

    /// <summary>One outcome alone, but some of its rows more than once.</summary>
    public static TheoryData<string> Doubled =>
    [
        $"concat(filter(Outcome eq 'killed'),filter(Outcome eq 'killed'))/{Total}",
        $"concat(identity,identity)/filter(Outcome eq 'killed')/{Total}",
        $"concat(identity,identity)/groupby((Outcome),{Total})",
        $"filter(Outcome eq 'killed')/concat(top(1),skip(1))/{Total}",
        $"groupby((Outcome),concat(identity,filter(Low gt 1))/{Total})",
        $"groupby((Outcome),concat(identity,identity))/groupby((Outcome),{Total})",
    ];

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task Killed_and_displaced_are_never_added(string apply)
    {
        var reason = await server.Refused(apply, 400, "&@p=Outcome");

        Assert.True(reason.Contains("are never added", StringComparison.Ordinal) || reason.Contains("made of records", StringComparison.Ordinal) || reason.Contains("more than once", StringComparison.Ordinal), reason);
    }

    [Theory]
    [MemberData(nameof(Doubled))]
    public async Task Nobody_is_counted_twice(string apply) => Assert.Contains("more than once", await server.Refused(apply, 400), StringComparison.Ordinal);

    [Theory]
    [InlineData("filter(Outcome eq 'killed')/" + Total, "405+, 1 without a number")]
    [InlineData("filter(Outcome eq @p)/" + Total, "405+, 1 without a number")]
    [InlineData("filter('killed' eq Outcome and Low gt 100)/" + Total, "374")]
    [InlineData("filter(Outcome in ('killed') and Place/CountryCode eq 'SY')/" + Total, "374, 1 without a number")]
    [InlineData("search(prison)/filter(Outcome eq 'killed')/" + Total, "374")]
    [InlineData("filter($it/Outcome eq 'killed')/orderby(Place/Name)/top(1)/" + Total, "31+")]
    [InlineData("filter(Outcome eq 'killed')/groupby((Place/CountryCode)," + Total + ")", "31+ | 374, 1 without a number")]
    [InlineData("groupby((Outcome)," + Total + ")", "≈50 | 8–9 | 405+, 1 without a number")]
    [InlineData("groupby((Outcome),filter(Low gt 10)/" + Total + ")", "0 | 0 | 405+")]
    [InlineData("groupby((Outcome),groupby((PartyId)," + Total + "))", "≈50 | 8–9 | 31+ | 374 | 1 without a number")]
    [InlineData("groupby((PartyId),groupby((Outcome)," + Total + "))", "8–9 | 31+ | 374 | ≈50 | 1 without a number")]
    [InlineData("groupby((PartyId),filter(Outcome eq 'killed')/" + Total + ")", "31+ | 374 | 1 without a number")]
    [InlineData("groupby((PartyId),filter(Outcome eq 'killed'))/" + Total, "405+, 1 without a number")]
    [InlineData("concat(groupby((Outcome)," + Total + "),filter(Outcome eq 'killed')/" + Total + ")", "≈50 | 8–9 | 405+, 1 without a number | 405+, 1 without a number")]
    public async Task One_outcome_is_totalled(string apply, string labels)
    {
        var reply = await server.Apply(apply, "&@p='killed'");

        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal(labels, string.Join(" | ", reply.Json["value"]!.AsArray().Select(row => (string)row!["T"]!["Label"]!)));
    }

    public ValueTask InitializeAsync()
    {
        server.Commit(Sample.Casualties.Concat(Sample.Related).Append(Record("Events", "e1", ("Name", "x"))));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
