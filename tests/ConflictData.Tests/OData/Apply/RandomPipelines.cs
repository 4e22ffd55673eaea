using System.Collections.Immutable;
using ConflictData.Datasets;
using ConflictData.Tests.OData.Filter;
using CsCheck;

namespace ConflictData.Tests.OData.Apply;

/// <summary>A random sequence of steps as text, and the rows that it makes of others, worked out the slow way.</summary>
/// <param name="Text">The steps.</param>
/// <param name="After">What is known of the rows that they make.</param>
/// <param name="Of">The rows.</param>
/// <param name="Steps">How many steps there are, those within others too.</param>
internal sealed record RandomPipeline(string Text, RowState After, Func<IReadOnlyList<NaiveRow>, IReadOnlyList<NaiveRow>> Of, int Steps)
{
    public static RandomPipeline Step(string text, RowState after, Func<IReadOnlyList<NaiveRow>, IReadOnlyList<NaiveRow>> of) => new(text, after, of, 1);

    public RandomPipeline Then(RandomPipeline next) => new($"{Text}/{next.Text}", next.After, rows => next.Of(Of(rows)), Steps + next.Steps);
}

/// <summary>What the next step must know of the rows.</summary>
/// <param name="IsRecords">True while they are records.</param>
/// <param name="HasOneOutcome">True where their counts may be added.</param>
/// <param name="Copies">How often one may be among them.</param>
/// <param name="Numbers">Paths of whole numbers that some of them have besides the records' own.</param>
/// <param name="Texts">Paths of texts.</param>
/// <param name="Taken">Names that are keys of a groupby around.</param>
/// <param name="Level">How many aggregates came before.</param>
internal sealed record RowState(
    bool IsRecords, bool HasOneOutcome, int Copies, ImmutableSortedSet<string> Numbers, ImmutableSortedSet<string> Texts, ImmutableSortedSet<string> Taken, int Level)
{
    private static readonly ImmutableSortedSet<string> None = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public static RowState Records { get; } = new(true, false, 1, None, None, None, 1);

    /// <summary>True where there is something to group by.</summary>
    public bool HasKeys => IsRecords || Numbers.Count + Texts.Count > 0;

    /// <summary>A name that no property has.</summary>
    public string Free(string letter) => Enumerable.Range(1, 100).Select(number => $"{letter}{number}").First(name => !Numbers.Contains(name) && !Texts.Contains(name) && !Taken.Contains(name));

    public RowState Grouped(IEnumerable<string> numbers) => this with { IsRecords = false, HasOneOutcome = false, Copies = 1, Numbers = [.. numbers], Texts = None, Level = Level + 1 };
}

/// <summary>Random pipelines over Casualties that know their own answer; nothing of the feed's code takes part, but for the totals' own sums.</summary>
internal static class RandomPipelines
{
    private static readonly Dataset Set = Catalog.Get("Casualties");

    private static readonly Settings Limits = new();

    /// <summary>Rows as the filters' tests have them, with counts of every class, some of them additive, of three outcomes.</summary>
    public static Gen<object?[]> Row =>
        from row in RandomFilters.Row
        from additive in Gen.Bool
        from number in Gen.Long[0, 6]
        from outcome in RandomFilters.Pick("killed", "injured", "displaced")
        select Counted(row, additive, number, outcome);

    public static Gen<RandomPipeline> Any { get; } = Sequence(RowState.Records, steps: 4, depth: 2).Where(pipeline => pipeline.Steps <= Limits.MaxApplySteps);

    /// <summary>Up to so many steps, which hold others within them up to a depth.</summary>
    public static Gen<RandomPipeline> Sequence(RowState state, int steps, int depth) =>
        from first in Step(state, depth)
        from more in Gen.Int[0, steps - 1]
        from rest in more == 0 ? Gen.Const((RandomPipeline?)null) : Sequence(first.After, more, depth).Select(next => (RandomPipeline?)next)
        select rest is null ? first : first.Then(rest);

    private static Gen<RandomPipeline> Step(RowState state, int depth)
    {
        (int, IGen<RandomPipeline>)[] steps =
        [
            (2, RandomRowSteps.Filter(state)), (1, RandomRowSteps.Search(state)), (2, RandomRowSteps.Compute(state)), (2, RandomRowSteps.OrderBy(state)),
            (1, RandomRowSteps.Cut(state)), (1, Gen.Const(RandomPipeline.Step("identity", state, rows => rows))), (2, RandomGroups.Aggregate(state)),
        ];
        (int, IGen<RandomPipeline>)[] grouping = !state.HasKeys ? [] : depth == 0 ? [(2, RandomGroups.GroupBy(state))] : [(2, RandomGroups.GroupBy(state)), (3, RandomGroups.GroupBy(state, depth - 1)), (1, Gen.Int[3, 8].SelectMany(levels => RandomGroups.Nested(state, levels)))];
        return Gen.Frequency([.. steps, .. grouping, .. depth == 0 || state.Copies > 2 ? [] : new (int, IGen<RandomPipeline>)[] { (3, RandomGroups.Concat(state, depth - 1)) }]);
    }

    private static object?[] Counted(object?[] row, bool additive, long number, string outcome)
    {
        var (low, high) = (row[Set["Low"].Ordinal], row[Set["High"].Ordinal]);
        row[Set["Additive"].Ordinal] = additive;
        row[Set["Outcome"].Ordinal] = outcome;
        row[Set["Best"].Ordinal] = Equals(low, high) ? (low ?? (number > 3 ? number : (object?)null)) : null;
        return row;
    }
}
