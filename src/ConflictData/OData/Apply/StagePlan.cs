using System.Text.RegularExpressions;

namespace ConflictData.OData;

/// <summary>A stage of an $apply: a common table expression.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Select">What it selects from the stages before it.</param>
/// <param name="IsRowByRow">True where it takes its rows one by one.</param>
internal sealed record Stage(string Name, string Select, bool IsRowByRow);

/// <summary>
/// The stages of an $apply as SQL. The engine plans a stage again for each that reads it, and with it all that it reads itself:
/// stages that read the one before them twice would take a time to plan that doubles with each of them, and planning cannot be
/// interrupted. So what several read is computed once and kept where there is more to plan in it than <see cref="Cheap"/> stages.
/// </summary>
/// <param name="Sql">The stages, each after a comma, and the values of their placeholders.</param>
/// <param name="Size">How many stages the engine has to plan, each counted as often as it does.</param>
internal sealed partial record StagePlan(SqlFragment Sql, int Size)
{
    /// <summary>The largest size that the engine is given; twenty steps of the most costly kinds have about 120.</summary>
    public const int MaxSize = 300;

    private const int Cheap = 8;

    public static StagePlan Of(IReadOnlyList<Stage> stages, IReadOnlyList<object?> values)
    {
        var sources = stages.ToDictionary(stage => stage.Name, stage => Names().Matches(stage.Select).Select(name => name.Value).ToArray());
        var readers = sources.Values.SelectMany(names => names).CountBy(name => name).ToDictionary();
        var (text, kept, sizes) = (new List<string>(), 0, new Dictionary<string, int> { [PipelineSql.First] = 1 });
        foreach (var stage in stages)
        {
            var size = 1 + sources[stage.Name].Sum(name => sizes[name]);
            var isKept = size > Cheap && readers.GetValueOrDefault(stage.Name) > 1;
            kept += isKept ? size : 0;
            sizes[stage.Name] = isKept ? 1 : size;
            text.Add($", {stage.Name} AS {(isKept ? "MATERIALIZED " : stage.IsRowByRow ? "NOT MATERIALIZED " : "")}({stage.Select})");
        }
        return new(new(string.Concat(text), values), kept + (stages.Count == 0 ? 1 : sizes[stages[^1].Name]));
    }

    [GeneratedRegex(@"\bs\d+\b")]
    private static partial Regex Names();
}
