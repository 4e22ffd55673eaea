namespace ConflictData.Tests.OData.Apply;

/// <summary>Limits hold over a whole $apply, steps within steps and the options after it included.</summary>
public sealed class ApplyLimitTests : IAsyncLifetime
{
    private readonly Server server = new();

    [Theory]
    [InlineData("concat({0},{0})", 9)]
    [InlineData("groupby((Outcome),{0})", 19)]
    [InlineData("concat(identity,groupby((Outcome),{0}))", 17)]
    [InlineData("concat(identity,concat(identity,concat(identity,{0})))", 14)]
    [InlineData("groupby((Outcome),groupby((PartyId),{0}))/identity", 17)]
    public async Task Steps_are_counted_over_all_sequences(string apply, int most)
    {
        string Of(int count) => apply.Replace("{0}", string.Join('/', Enumerable.Repeat("identity", count)), StringComparison.Ordinal);

        Assert.Equal(200, (await server.Apply(Of(most))).Status);
        Assert.Contains("at most 20 steps", await server.Refused(Of(most + 1), 400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("filter({0})/filter({0})", "")]
    [InlineData("concat(filter({0}),filter({0}))", "")]
    [InlineData("groupby((Outcome),filter({0}))/groupby((PartyId),filter({0}))", "")]
    [InlineData("filter({0})/aggregate({1} with sum as S)", "")]
    [InlineData("compute({1} as X)/orderby({1})", "")]
    [InlineData("filter({0})/concat(search({2}),identity)", "")]
    [InlineData("search({2})/search({2})", "")]
    [InlineData("filter({0})", "&$filter={0}")]
    [InlineData("filter({0})", "&$search={2}")]
    [InlineData("identity", "&$compute={1} as X&$filter={0}")]
    public async Task The_parts_of_expressions_are_counted_over_all_steps(string apply, string options)
    {
        var condition = string.Join(" and ", Enumerable.Repeat("Low gt 1", 14));
        var value = string.Join(" add ", Enumerable.Repeat("Low", 28));
        var search = string.Join(" OR ", Enumerable.Repeat("a", 28));
        string Fill(string text) => text.Replace("{0}", condition, StringComparison.Ordinal).Replace("{1}", value, StringComparison.Ordinal).Replace("{2}", search, StringComparison.Ordinal);

        Assert.Contains("at most 100 parts", (string)(await server.Apply(Fill(apply), Fill(options))).Json["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_lead_over_records_count_too()
    {
        string Of(int count) => $"groupby(({string.Join(',', Enumerable.Repeat("Place/Parent/Parent/Parent/Parent/Name", count))}))";

        Assert.Equal(200, (await server.Apply(Of(16))).Status);
        Assert.Contains("at most 100 parts", await server.Refused(Of(17), 400), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("concat(concat(concat(identity,top(1)),concat(identity,top(1))),concat(concat(identity,top(1)),concat(identity,top(1))))/aggregate($count as N)", 28)]
    [InlineData("concat(groupby((Outcome)),groupby((Outcome)))/concat(groupby((Outcome)),groupby((Outcome)))/concat(groupby((Outcome)),groupby((Outcome)))/concat(groupby((Outcome)),groupby((Outcome)))/aggregate($count as N)", 6)]
    [InlineData("groupby((Outcome),filter(Low gt 1)/aggregate($count as N))/groupby((Outcome),filter(N gt 1)/aggregate($count as M))/groupby((Outcome),filter(M gt 1)/aggregate($count as N))/groupby((Outcome),filter(N gt 1)/aggregate($count as M))/groupby((Outcome),filter(M gt 1)/aggregate($count as N))/aggregate($count as X)", 3)]
    public async Task Steps_up_to_the_limits_are_answered(string apply, int number) =>
        Assert.Equal(number, (int)(await server.Apply(apply)).Json["value"]![0]!.AsObject().Last().Value!);

    public ValueTask InitializeAsync()
    {
        server.Commit(Sample.Casualties.Concat(Sample.Related));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
