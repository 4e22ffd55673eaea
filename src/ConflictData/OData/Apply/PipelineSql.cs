using System.Globalization;

namespace ConflictData.OData;

/// <summary>
/// The SQL of an $apply in the making: one common table expression a stage. Every one of them has the column _ord, a number that
/// orders the rows of a group and that no two of them share; while they are records also _seq, their sequence number.
/// </summary>
internal sealed class PipelineSql
{
    /// <summary>The records of the set, which no step has touched.</summary>
    public const string First = "s0";

    private readonly List<Stage> stages = [];
    private int columns;

    public SqlParameters Parameters { get; } = new([]);

    /// <summary>
    /// Adds a stage that takes row by row what another gives; its name. Where several stages read it, the engine does it again
    /// for each: that costs less than keeping all its columns.
    /// </summary>
    public string AddRowByRow(string select) => Add(select, isRowByRow: true);

    /// <summary>Adds a stage that looks at many rows at once; its name.</summary>
    public string Add(string select) => Add(select, isRowByRow: false);

    /// <summary>A column name that no other stage uses.</summary>
    public string NewColumn() => Text($"c{++columns}");

    /// <summary>The stages so far.</summary>
    public StagePlan Plan() => StagePlan.Of(stages, Parameters.Snapshot());

    private string Add(string select, bool isRowByRow)
    {
        var name = Text($"s{stages.Count + 1}");
        stages.Add(new(name, select, isRowByRow));
        return name;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
