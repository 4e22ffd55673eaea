using PowerBI.Tests.Model.Dax;

namespace PowerBI.Tests.Model.Rules;

/// <summary>
/// Rules of Microsoft's Best Practice Analyzer, under their own ids, as far as they can be seen in the files, and two of this
/// project's own: NUMBERS_AND_DATES_HAVE_A_FORMAT and DISCOURAGE_IMPLICIT_MEASURES. Not among them: keys of whole numbers (the
/// keys here are the ids of records), those that other checks of this folder hold, and those that need a loaded model.
/// </summary>
internal static class BestPractice
{
    /// <summary>Tables that are related to nothing by intent: a choice of day, the list of releases, measures alone.</summary>
    private static readonly string[] Alone = ["Zone date", "Releases", "Quality"];

    private static readonly Dictionary<string, Func<SemanticModel, IEnumerable<string>>> Rules = new()
    {
        ["DATA_COLUMNS_MUST_HAVE_A_SOURCE_COLUMN"] = model => Columns(model, column => column.SourceColumn is null),
        ["RELATIONSHIP_COLUMNS_SAME_DATA_TYPE"] = model => model.Relationships
            .Where(item => model.Column(item.From.Table, item.From.Column)?.DataType != model.Column(item.To.Table, item.To.Column)?.DataType).Select(item => item.Source.Name),
        ["HIDE_FOREIGN_KEYS"] = model => model.Relationships.Where(item => model.Column(item.From.Table, item.From.Column) is { IsHidden: false }).Select(item => $"{item.From.Table}[{item.From.Column}]"),
        ["MARK_PRIMARY_KEYS"] = model => model.Relationships.Where(item => model.Column(item.To.Table, item.To.Column) is { IsKey: false }).Select(item => $"{item.To.Table}[{item.To.Column}]"),
        ["HIDE_FACT_TABLE_COLUMNS"] = model => Columns(model, column => !column.IsHidden && IsSummed(model, column)),
        ["PROVIDE_FORMAT_STRING_FOR_MEASURES"] = model => model.Measures.Where(measure => measure.FormatString is null && !IsText(model, measure)).Select(measure => measure.Name),
        ["NUMERIC_COLUMN_SUMMARIZE_BY"] = model => Columns(model, column => column.Source["summarizeBy"] != "none"),
        ["NUMBERS_AND_DATES_HAVE_A_FORMAT"] = model => Columns(model, column => column.DataType is "int64" or "double" or "dateTime" && column.FormatString is null),
        ["MODEL_SHOULD_HAVE_A_DATE_TABLE"] = model => model.Tables.Any(IsDateTable) ? [] : ["There is none."],
        ["DATE/CALENDAR_TABLES_SHOULD_BE_MARKED_AS_A_DATE_TABLE"] = model => model.Tables.Where(table => table.Name == "Date" && !IsDateTable(table)).Select(table => table.Name),
        ["REMOVE_AUTO-DATE_TABLE"] = model => model.Objects.SelectMany(item => item.Object.Children.Prepend(item.Object))
            .Any(item => item is { Kind: "annotation", Name: "__PBI_TimeIntelligenceEnabled", Value: "0" }) ? [] : ["Automatic date tables are not off."],
        ["MONTH_(AS_A_STRING)_MUST_BE_SORTED"] = model => Columns(model, column => column.Name.Contains("Month", StringComparison.Ordinal) && column is { DataType: "string", IsHidden: false, SortByColumn: null }),
        ["AVOID_DUPLICATE_MEASURES"] = model => model.Measures.GroupBy(measure => string.Concat(measure.Dax.Where(letter => !char.IsWhiteSpace(letter)))).Where(same => same.Count() > 1).Select(same => same.First().Name),
        ["ENSURE_TABLES_HAVE_RELATIONSHIPS"] = model => model.Tables.Select(table => table.Name).Except(Alone).Except(model.Relationships.SelectMany(item => new[] { item.From.Table, item.To.Table })),
        ["OBJECTS_WITH_NO_DESCRIPTION"] = Undescribed,
        ["PARTITION_NAME_SHOULD_MATCH_TABLE_NAME_FOR_SINGLE_PARTITION_TABLES"] = model => model.Tables.Where(table => table.Partitions is not [var only] || only.Name != table.Name).Select(table => table.Name),
        ["AVOID_FLOATING_POINT_DATA_TYPES"] = model => Columns(model, column => column.DataType == "double" && column.DataCategory is not ("Latitude" or "Longitude")),
        ["ISAVAILABLEINMDX_FALSE_NONATTRIBUTE_COLUMNS"] = model => Columns(model, column => column is { IsHidden: true, IsKey: false } && column.Source["isAvailableInMdx"] != "false" && !IsSortedBy(model, column)),
        ["DISCOURAGE_IMPLICIT_MEASURES"] = model => model.Of("model").Any(item => item.Is("discourageImplicitMeasures")) ? [] : ["Implicit measures are not discouraged."],
        ["UNNECESSARY_MEASURES"] = model => model.Measures.Where(measure => measure.IsHidden).Select(measure => measure.Name).Except(Nodes(model).OfType<DaxMeasure>().Select(used => used.Name)),
        ["UNNECESSARY_COLUMNS"] = model => Columns(model, column => column is { IsHidden: true, Name: not "Nothing" } && !IsUsed(model, column)),
    };

    /// <summary>What breaks a rule, with the rule's id before it.</summary>
    public static IEnumerable<string> Run(SemanticModel model) => Rules.SelectMany(rule => rule.Value(model).Select(finding => $"{rule.Key}: {finding}"));

    private static IEnumerable<string> Columns(SemanticModel model, Func<Column, bool> breaks) => model.Tables.SelectMany(table => table.Columns).Where(breaks).Select(column => column.FullName);

    private static IEnumerable<string> Undescribed(SemanticModel model) => model.Objects.Select(item => item.Object)
        .SelectMany(item => item.Children.Prepend(item))
        .Where(item => item is { Kind: "table" or "column" or "measure" or "hierarchy" or "expression", Description: "" })
        .Select(item => $"{item.Kind} {item.Name}");

    private static bool IsDateTable(ModelTable table) => table.DataCategory == "Time" && table.Columns.Any(column => column is { IsKey: true, DataType: "dateTime" });

    private static bool IsSortedBy(SemanticModel model, Column column) => model.Table(column.Table)!.Columns.Any(other => other.SortByColumn == column.Name);

    private static bool IsSummed(SemanticModel model, Column column) => Nodes(model).OfType<DaxCall>()
        .Any(call => call is { Function: "SUM", Arguments: [DaxColumn summed] } && model.Column(summed.Table, summed.Name) == column);

    private static bool IsUsed(SemanticModel model, Column column) => column.IsKey || IsSortedBy(model, column)
        || model.Relationships.Any(item => item.From == (column.Table, column.Name))
        || Nodes(model).OfType<DaxColumn>().Any(used => model.Column(used.Table, used.Name) == column);

    private static IEnumerable<DaxNode> Nodes(SemanticModel model) => model.Measures.SelectMany(measure => measure.Expression.All);

    /// <summary>True where a measure gives a text, which needs no format.</summary>
    private static bool IsText(SemanticModel model, Measure measure) => IsText(model, measure.Expression, new Dictionary<string, DaxNode>());

    private static bool IsText(SemanticModel model, DaxNode node, IReadOnlyDictionary<string, DaxNode> variables) => node switch
    {
        DaxLiteral literal => literal.Value is string,
        DaxOperation operation => operation.Operator == "&",
        DaxColumn column => model.Column(column.Table, column.Name)?.DataType == "string",
        DaxMeasure name => model.Measure(name.Name) is { } measure && IsText(model, measure),
        DaxName name => variables.TryGetValue(name.Name, out var value) && IsText(model, value, variables),
        DaxBlock block => IsText(model, block.Result, block.Variables.ToDictionary(variable => variable.Name, variable => variable.Value)),
        DaxCall { Function: "IF" } call => IsText(model, call.Arguments[1], variables),
        DaxCall { Function: "SWITCH" or "MAXX" } call => IsText(model, call.Arguments[^1], variables),
        DaxCall { Function: "CALCULATE" or "MAX" or "COALESCE" } call => IsText(model, call.Arguments[0], variables),
        DaxCall call => call.Function == "FORMAT",
        _ => false,
    };
}
