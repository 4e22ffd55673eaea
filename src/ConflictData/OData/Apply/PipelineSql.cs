using System.Globalization;

namespace ConflictData.OData;

/// <summary>
/// The SQL of a pipeline in the making: one common table expression a step. Every one of them has the column _ord, a number
/// that orders its rows and that no two of them share.
/// </summary>
internal sealed class PipelineSql
{
    private readonly List<string> stages = [];
    private int columns;

    public SqlParameters Parameters { get; } = new([]);

    /// <summary>The name of the last stage.</summary>
    public string Last => Text($"s{stages.Count}");

    public void Add(string select) => stages.Add(select);

    /// <summary>A column name that no other stage uses.</summary>
    public string NewColumn() => Text($"c{++columns}");

    /// <summary>The stages so far, and the values of their placeholders.</summary>
    public SqlFragment Snapshot() => new(
        string.Concat(stages.Select((stage, index) => Text($", s{index + 1} AS ({stage})"))), Parameters.Snapshot());

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
