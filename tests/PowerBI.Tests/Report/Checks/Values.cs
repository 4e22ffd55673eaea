using System.Text.Json.Nodes;
using ConflictData.Datasets;

namespace PowerBI.Tests.Report.Checks;

/// <summary>A value that a filter or slicer is set to is one that the column can have; a page set to another opens empty.</summary>
internal static class Values
{
    public static IEnumerable<string> Find(PowerBiProject project) =>
        from visual in project.Report.Visuals
        from filter in visual.Filters.Select(filter => filter["filter"]).Append(visual.Object("general", "filter")?["filter"])
        from condition in filter?["Where"]?.AsArray() ?? []
        let list = condition!["Condition"]?["In"]
        where list is not null
        from field in FieldReference.In(new JsonObject { ["From"] = filter!["From"]!.DeepClone(), ["Where"] = list.DeepClone() }).Distinct()
        from value in list["Values"]!.AsArray().Select(value => value![0]!["Literal"]!["Value"]!.GetValue<string>().Trim('\''))
        where Allowed(field) is { } allowed && !allowed.Contains(value)
        select $"{visual.Place} is set to {value}, which {field} cannot be";

    /// <summary>The closed list of the dataset's column that a column of the model has its values from; null where there is none.</summary>
    private static IReadOnlyList<string>? Allowed(FieldReference field) =>
        Catalog.Find(field.Table)?.Find(field.Name) is { Allowed: { Count: > 0 } allowed } ? allowed : null;
}
