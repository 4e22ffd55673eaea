using ConflictData.Datasets;
using ConflictData.OData;

namespace ConflictData.Tests.OData.Apply;

/// <summary>Planning cannot be interrupted, so what the engine has to plan must not double with each step.</summary>
public sealed class StagePlanTests
{
    private static readonly Settings Many = new() { MaxApplySteps = 1000 };

    [Theory]
    [InlineData("groupby((Id),{0})", "aggregate($count as N)")]
    [InlineData("groupby((Outcome),{0})", "identity")]
    [InlineData("groupby((Place/Name),{0})", "identity")]
    [InlineData("groupby((Outcome),filter(Low gt 1)/{0})", "aggregate($count as N)")]
    [InlineData("groupby((Outcome),top(3)/{0})", "identity")]
    [InlineData("concat(groupby((Outcome)),{0})", "aggregate($count as N)")]
    [InlineData("groupby((Outcome),concat(aggregate($count as N),{0}))", "identity")]
    [InlineData("{0}/groupby((Outcome),filter(false)/groupby((Outcome)))", "groupby((Outcome))")]
    [InlineData("{0}/concat(groupby((Outcome)),groupby((Outcome)))", "identity")]
    public void Each_further_step_adds_the_same_few_stages(string around, string innermost)
    {
        var sizes = Enumerable.Range(1, 18).Select(depth => (Depth: depth, Plan(Nested(around, innermost, depth)).Size));

        Assert.All(sizes, item => Assert.InRange(item.Size, item.Depth, 20 * item.Depth));
    }

    [Fact]
    public async Task What_was_a_matter_of_minutes_is_answered_at_once()
    {
        await using var server = new Server();
        server.Commit(Sample.Casualties);

        Assert.Equal("""{"Outcome":"displaced","N":1} {"Outcome":"injured","N":1} {"Outcome":"killed","N":4}""", await server.Rows(Nested("groupby((Outcome),{0})", "aggregate($count as N)", 19)));
        Assert.Equal(6, (await server.Apply(Nested("groupby((Id),{0})", "aggregate($count as N)", 19))).Ids.Count);
    }

    [Fact]
    public async Task What_would_take_long_to_plan_is_refused_before_the_engine_sees_it()
    {
        await using var server = new Server(Many);
        var (most, more) = (Nested("groupby((Outcome),{0})", "identity", 48), Nested("groupby((Outcome),{0})", "identity", 100));

        Assert.True(Plan(most).Size < StagePlan.MaxSize);
        Assert.Contains("at most 300", await server.Refused(more, 400), StringComparison.Ordinal);
    }

    private static string Nested(string around, string innermost, int depth) =>
        Enumerable.Repeat(around, depth).Aggregate(innermost, (inner, outer) => outer.Replace("{0}", inner, StringComparison.Ordinal));

    private static StagePlan Plan(string apply)
    {
        Assert.True(RequestOptions.Read("").Succeeded(out var options, out var error), error?.Detail);
        var pipeline = new Pipeline(Catalog.Get("Casualties"), options, Many);
        Assert.True(pipeline.Run(pipeline.Start, apply).Succeeded(out _, out error), error?.Detail);
        return pipeline.Sql.Plan();
    }
}
