namespace PowerBI.Tests.Model.Tmdl;

/// <summary>
/// The kinds of object and the properties that this model uses, each with the values that it may have. Anything else is an
/// error: a keyword that is misspelt stops Power BI from opening the project.
/// </summary>
internal static class TmdlGrammar
{
    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["database"] = new([], ["compatibilityLevel"]) { HasName = false },
        ["model"] = new(["dataAccessOptions", "annotation", "ref"], ["culture", "defaultPowerBIDataSourceVersion", "discourageImplicitMeasures", "sourceQueryCulture"]),
        ["dataAccessOptions"] = new([], ["legacyRedirects", "returnErrorValuesAsNull"]) { HasName = false },
        ["table"] = new(["measure", "column", "hierarchy", "partition", "annotation"], ["dataCategory", "isHidden"]),
        ["measure"] = new(["annotation"], ["isHidden", "formatString", "displayFolder"]) { NeedsValue = true },
        ["column"] = new(["annotation"], ["dataType", "dataCategory", "isHidden", "isKey", "formatString", "isAvailableInMdx", "displayFolder", "summarizeBy", "sourceColumn", "sortByColumn"]),
        ["hierarchy"] = new(["level", "annotation"], ["isHidden", "displayFolder"]),
        ["level"] = new([], ["column"]),
        ["partition"] = new([], ["mode", "source"]) { NeedsValue = true },
        ["relationship"] = new([], ["fromColumn", "toColumn", "isActive", "crossFilteringBehavior", "fromCardinality", "toCardinality"]),
        ["expression"] = new(["annotation"], []) { NeedsValue = true },
        ["annotation"] = new([], []) { NeedsValue = true },
        ["cultureInfo"] = new([], []),
        ["ref"] = new([], []),
    };

    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["defaultPowerBIDataSourceVersion"] = ["powerBI_V3"],
        ["compatibilityLevel"] = ["1601"],
        ["dataType"] = ["string", "int64", "double", "decimal", "boolean", "dateTime"],
        ["summarizeBy"] = ["none", "sum", "min", "max", "count", "average", "distinctCount"],
        ["mode"] = ["import"],
        ["crossFilteringBehavior"] = ["oneDirection", "bothDirections", "automatic"],
        ["fromCardinality"] = ["one", "many"],
        ["toCardinality"] = ["one", "many"],
        ["isAvailableInMdx"] = ["true", "false"],
        ["isActive"] = ["true", "false"],
    };

    /// <summary>Properties that stand alone when they are true.</summary>
    private static readonly string[] Flags = ["discourageImplicitMeasures", "legacyRedirects", "returnErrorValuesAsNull", "isHidden", "isKey"];

    public static bool IsKind(string word) => Kinds.ContainsKey(word);

    public static bool HasName(string kind) => Kinds[kind].HasName;

    public static bool NeedsValue(string kind) => Kinds[kind].NeedsValue;

    public static bool MayHold(string? kind, string child) =>
        kind is null ? child is "database" or "model" or "table" or "relationship" or "expression" or "cultureInfo" or "annotation" or "ref" : Kinds[kind].Children.Contains(child);

    /// <summary>Why a property cannot stand in an object of a kind; null where it can.</summary>
    public static string? Refusal(string kind, string property, string? value) =>
        !Kinds[kind].Properties.Contains(property) ? $"A {kind} has no property {property}."
        : (value is null) != Flags.Contains(property) ? $"{property} {(value is null ? "has no value" : "takes no value")}."
        : Values.TryGetValue(property, out var allowed) && !allowed.Contains(value) ? $"{property} cannot be {value}."
        : null;

    private sealed record Kind(string[] Children, string[] Properties)
    {
        public bool HasName { get; init; } = true;

        public bool NeedsValue { get; init; }
    }
}
