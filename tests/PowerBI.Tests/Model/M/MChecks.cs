using System.Text.Json;
using System.Text.RegularExpressions;

namespace PowerBI.Tests.Model.M;

/// <summary>What is wrong with the queries of a model, by Power BI's own parser and by what a scheduled refresh needs.</summary>
internal static partial class MChecks
{
    /// <summary>How every query opens the feed: one address at one release, the key by its name alone.</summary>
    private const string Feed = """OData.Feed(BaseUrl & "/releases/" & Release & "/odata", null, [Implementation = "2.0", ODataVersion = 4, ApiKeyName = "code"])""";

    /// <summary>The queries by name, as one section holds them.</summary>
    public static IEnumerable<(string Name, string Text)> Queries(SemanticModel model) =>
        model.Expressions.Select(expression => (expression.Name, WithoutMeta(expression.M))).Concat(model.Tables.Select(table => (table.Name, table.M)));

    /// <summary>What the parser and the validator of Power Query say of them.</summary>
    public static async Task<IEnumerable<string>> Parse(SemanticModel model)
    {
        var input = new { queries = Queries(model).Select(query => new { name = query.Name, text = query.Text }), library = MLibrary.Names };
        var found = JsonElement.Parse(await NodeScript.Run("queries.js", JsonSerializer.Serialize(input)));
        return found.EnumerateArray().Select(finding => $"{finding.GetProperty("query")}: {finding.GetProperty("message")}").ToList();
    }

    /// <summary>What the parser does not know.</summary>
    public static IEnumerable<string> Run(SemanticModel model) =>
        [.. Queries(model).SelectMany(query => Query(model, query.Name, query.Text)), .. Names(model), .. Parameters(model)];

    private static IEnumerable<string> Query(SemanticModel model, string name, string text)
    {
        foreach (Match call in AnyFeed().Matches(text))
        {
            if (!text[call.Index..].StartsWith(Feed, StringComparison.Ordinal))
            {
                yield return $"{name}: The feed is not opened as the others open it.";
            }
        }

        // The service refuses a query that opens a source and also refers to another that does (Formula.Firewall).
        var others = model.Expressions.Where(other => other.Name != name && AnyFeed().IsMatch(other.M)).Select(other => other.Name)
            .Concat(model.Tables.Where(other => other.Name != name).Select(other => other.Name));
        if (AnyFeed().IsMatch(text) && others.FirstOrDefault(Used(text).Contains) is { } used)
        {
            yield return $"{name}: Opens the feed and refers to {used}, which a refresh in the service refuses.";
        }
    }

    /// <summary>Tables, parameters and functions are queries alike, and no two queries may have one name.</summary>
    private static IEnumerable<string> Names(SemanticModel model) => Queries(model)
        .GroupBy(query => query.Name, StringComparer.OrdinalIgnoreCase)
        .Where(names => names.Count() > 1)
        .Select(names => $"There are {names.Count()} queries of the name {names.Key}.");

    private static IEnumerable<string> Parameters(SemanticModel model) => model.Expressions
        .Where(expression => expression.IsParameter && !ParameterForm().IsMatch(expression.M))
        .Select(expression => $"{expression.Name}: A parameter is a text and its three marks.")
        .Concat(new[] { "BaseUrl", "Release" }.Except(model.Expressions.Where(expression => expression.IsParameter).Select(expression => expression.Name)).Select(missing => $"There is no parameter {missing}."));

    private static string WithoutMeta(string text) => text.IndexOf(" meta [", StringComparison.Ordinal) is > 0 and var at ? text[..at] : text;

    /// <summary>The names that a query may take from others: not those of its own steps, and not those in texts and of fields.</summary>
    private static HashSet<string> Used(string text)
    {
        var bare = Texts().Replace(text, piece => piece.Value.StartsWith('#') ? piece.Value : " ");
        return [.. Words().Matches(bare).Select(word => word.Groups["name"].Value + word.Groups["quoted"].Value).Except(Steps().Matches(bare).Select(step => step.Groups["name"].Value))];
    }

    [GeneratedRegex(@"OData\.Feed\(|Web\.Contents\(|Csv\.Document\(")]
    private static partial Regex AnyFeed();

    [GeneratedRegex("^\"[^\"]+\" meta \\[IsParameterQuery = true, Type = \"Text\", IsParameterQueryRequired = true\\]$")]
    private static partial Regex ParameterForm();

    [GeneratedRegex("#?\"[^\"]*\"|\\[[A-Za-z]+\\]")]
    private static partial Regex Texts();

    [GeneratedRegex(@"(?<name>\w+) = ")]
    private static partial Regex Steps();

    [GeneratedRegex("(?<name>[\\w.]+)|#\"(?<quoted>[^\"]+)\"")]
    private static partial Regex Words();
}
