using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PowerBI.Tests.Model.M;

/// <summary>Where the columns of a model and those that its queries give differ, and where the queries ask for what the feed has not.</summary>
internal static partial class SourceChecks
{
    private static readonly Dictionary<string, string> OfEdm = new()
    {
        ["Edm.String"] = "string",
        ["Edm.Int64"] = "int64",
        ["Edm.Double"] = "double",
        ["Edm.Boolean"] = "boolean",
        ["Edm.Date"] = "dateTime",
        ["Edm.DateTimeOffset"] = "dateTime",
    };

    private static readonly Dictionary<string, string> OfM = new()
    {
        ["type text"] = "string",
        ["text"] = "string",
        ["Int64.Type"] = "int64",
        ["date"] = "dateTime",
        ["type datetime"] = "dateTime",
    };

    /// <param name="model">The model.</param>
    /// <param name="metadata">The $metadata of the feed.</param>
    public static IEnumerable<string> Run(SemanticModel model, XDocument metadata) => model.Tables.SelectMany(table => Table(table, metadata)).ToList();

    private static IEnumerable<string> Table(ModelTable table, XDocument metadata)
    {
        IReadOnlyDictionary<string, string> given;
        var findings = new List<string>();
        if (FeedTable.Of(table.M) is { } feed && !table.M.Contains("#table", StringComparison.Ordinal))
        {
            var properties = Properties(metadata, feed.Set);
            findings.AddRange(feed.Columns.Where(column => !properties.ContainsKey(column)).Select(column => $"{table.Name}: {feed.Set} has no column {column}."));
            given = Given(table.M, feed, properties);
            findings.AddRange(feed.Columns.Where(column => !given.ContainsKey(column) && !table.M.Contains($"[{column}]", StringComparison.Ordinal)).Select(column => $"{table.Name}: {column} is read for nothing."));
        }
        else
        {
            given = Made().Match(table.M).Groups["columns"].Value.Split(',').Select(column => column.Split(" = ")).ToDictionary(column => column[0].Trim(), column => OfM[column[1].Trim()]);
        }

        findings.AddRange(table.Columns.Where(column => given.GetValueOrDefault(column.SourceColumn ?? "") != column.DataType)
            .Select(column => $"{table.Name}: {column.Name} is {column.DataType}, but {column.SourceColumn} is {given.GetValueOrDefault(column.SourceColumn ?? "") ?? "not there"}."));
        findings.AddRange(given.Keys.Except(table.Columns.Select(column => column.SourceColumn!)).Select(column => $"{table.Name}: {column} is loaded and is no column."));
        return findings;
    }

    /// <summary>The columns that a query of the feed gives, each with its type in the model.</summary>
    private static Dictionary<string, string> Given(string m, FeedTable feed, Dictionary<string, string> properties)
    {
        var given = feed.Columns.Where(properties.ContainsKey).ToDictionary(column => column, column => OfEdm[properties[column]]);
        foreach (var (column, type) in FeedTable.Added(m).Concat(FeedTable.Retyped(m)))
        {
            given[column] = OfM[type];
        }

        FeedTable.Removed(m).ToList().ForEach(column => given.Remove(column));
        return given;
    }

    private static Dictionary<string, string> Properties(XDocument metadata, string set)
    {
        var type = metadata.Descendants().SingleOrDefault(element => element.Name.LocalName == "EntitySet" && element.Attribute("Name")!.Value == set)?.Attribute("EntityType")!.Value;
        var entity = metadata.Descendants().SingleOrDefault(element => element.Name.LocalName == "EntityType" && type?.EndsWith("." + element.Attribute("Name")!.Value, StringComparison.Ordinal) == true);
        return entity?.Elements().Where(element => element.Name.LocalName == "Property").ToDictionary(property => property.Attribute("Name")!.Value, property => property.Attribute("Type")!.Value) ?? [];
    }

    [GeneratedRegex(@"#table\(\s*type table \[(?<columns>[^\]]+)\]")]
    private static partial Regex Made();
}
