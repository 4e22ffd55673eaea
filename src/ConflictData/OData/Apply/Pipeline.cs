using System.Collections.Frozen;
using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.OData;

/// <summary>One step of an $apply: what it makes of the rows before it, by what stands in its parentheses.</summary>
internal delegate Result<Flow> Step(Pipeline pipeline, Flow rows, string text);

/// <summary>
/// Turns the steps of an $apply into SQL one after the other, each bound against what the step before it makes. What steps hold
/// within them are sequences too, so the limits count over all of them.
/// </summary>
internal sealed class Pipeline(Dataset dataset, RequestOptions options, Settings limits)
{
    private static readonly FrozenDictionary<string, Step> Steps = new Dictionary<string, Step>
    {
        ["aggregate"] = AggregateStep.Apply,
        ["compute"] = (pipeline, rows, text) => RowSteps.Compute(pipeline, rows, text),
        ["concat"] = ConcatStep.Apply,
        ["filter"] = (pipeline, rows, text) => RowSteps.Filter(pipeline, rows, text),
        ["groupby"] = GroupByStep.Apply,
        ["orderby"] = (pipeline, rows, text) => OrderSteps.OrderBy(pipeline, rows, text),
        ["search"] = (pipeline, rows, text) => RowSteps.Search(pipeline, rows, text),
        ["skip"] = (pipeline, rows, text) => OrderSteps.Cut(text, "skip", count => OrderSteps.Skip(pipeline, rows, count)),
        ["top"] = (pipeline, rows, text) => OrderSteps.Cut(text, "top", count => OrderSteps.Top(pipeline, rows, count)),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Transformations that the standard has, or had, and this service lacks.</summary>
    private static readonly FrozenSet<string> Unsupported = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "join", "outerjoin", "nest", "expand", "addnested", "ancestors", "descendants", "traverse",
        "topcount", "topsum", "toppercent", "bottomcount", "bottomsum", "bottompercent");

    private readonly HashSet<Dataset> reads = [dataset];
    private int steps;

    /// <summary>The names of the steps that there are.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Steps.Keys.Append("identity").Order(StringComparer.Ordinal)];

    /// <summary>The records of the set.</summary>
    public Flow Start { get; } = new(PipelineSql.First, Shape.Of(dataset), Groups.None);

    public StepBinder Binder { get; } = new(options, limits);

    public PipelineSql Sql { get; } = new();

    public Settings Limits => limits;

    /// <summary>Every dataset that the steps so far read.</summary>
    public IReadOnlyCollection<Dataset> Reads => reads;

    public void AlsoReads(IEnumerable<Dataset> datasets) => reads.UnionWith(datasets);

    /// <summary>The rows that a sequence of steps makes of others.</summary>
    public Result<Flow> Run(Flow rows, string sequence)
    {
        if (PipelineText.Split(sequence, '/') is not { } texts)
        {
            return ApplyError.Bad("The parentheses or quotes of $apply do not close.");
        }
        foreach (var text in texts)
        {
            if (++steps > limits.MaxApplySteps)
            {
                return ApplyError.Bad($"An $apply may have at most {limits.MaxApplySteps} steps, those within other steps counted too.");
            }
            if (!Run(rows, PipelineText.Call(text), text).Succeeded(out var next, out var error))
            {
                return error;
            }
            rows = next;
        }
        return rows;
    }

    private Result<Flow> Run(Flow rows, (string Name, string? Arguments) call, string text) => call switch
    {
        ({ } name, null) when name.Equals("identity", StringComparison.OrdinalIgnoreCase) => rows,
        ({ } name, { Length: > 0 } arguments) when Steps.TryGetValue(name, out var step) => step(this, rows, arguments),
        ({ } name, _) when Unsupported.Contains(name) => ApplyError.Unsupported($"{name} in $apply"),
        _ => ApplyError.Bad($"$apply has no step {text}. There are {string.Join(", ", Known)}, each with what it is about in parentheses but for identity."),
    };
}
