using System.Text;
using ConflictData.Datasets;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>
/// Writes $search as SQL. A word or phrase is found where a word of the record's text begins with it, letter case ignored;
/// the text is that of <see cref="Searched"/>. Two-valued: what is not found is not found.
/// </summary>
/// <param name="parameters">Takes the words.</param>
/// <param name="texts">The columns to look through.</param>
internal sealed class SearchSql(SqlParameters parameters, IEnumerable<string> texts)
{
    /// <summary>Where there is no text, nothing is found.</summary>
    private readonly string text = $"concat_ws(chr(10), {string.Join(", ", texts.DefaultIfEmpty("NULL"))})";

    /// <summary>A search of the records of a table.</summary>
    public SearchSql(SqlParameters parameters, TableScope scope)
        : this(parameters, TextsOf(scope))
    {
    }

    /// <summary>The columns that people wrote, and in a view those that come of them: text that is neither an id nor one of a closed list.</summary>
    public static IReadOnlyList<Column> Searched(Dataset dataset) =>
    [
        .. dataset.Columns.Skip(1).Where(column =>
            column is { Type: ColumnType.String, References: null, Allowed.Count: 0 }
            && (dataset.IsView ? !column.Name.EndsWith("Id", StringComparison.Ordinal) : column.Role == ColumnRole.Given)),
    ];

    /// <summary>Those columns in the rows of a statement.</summary>
    public static IEnumerable<string> TextsOf(TableScope scope) => Searched(scope.Dataset).Select(column => scope.Column(column.Name));

    public string Write(QueryNode node) => node switch
    {
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => $"({Write(and.Left)} AND {Write(and.Right)})",
        BinaryOperatorNode or => $"({Write(or.Left)} OR {Write(or.Right)})",
        UnaryOperatorNode not => $"(NOT {Write(not.Operand)})",
        _ => $"regexp_matches({text}, {parameters.Add(Pattern(((SearchTermNode)node).Text))})",
    };

    private static string Pattern(string term)
    {
        // Letter case is ignored in the term alone: in the class of all letters that would cost more than the search.
        var pattern = new StringBuilder(@"(?:^|[^\p{L}\p{M}\p{N}])(?i:");
        foreach (var letter in term)
        {
            // What comes after a NUL would not reach the engine.
            pattern.Append(letter == '\0' ? @"\x00" : char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) ? @"\" + letter : letter.ToString());
        }
        return pattern.Append(')').ToString();
    }
}
