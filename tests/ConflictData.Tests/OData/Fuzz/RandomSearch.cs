using System.Globalization;

namespace ConflictData.Tests.OData.Fuzz;

/// <summary>Random $search: words and phrases, found where a word of the record's text begins with them.</summary>
internal static class RandomSearch
{
    private static readonly string[] Terms = ["a", "ab", "AB", "x", "b", "حس", "s", "é", "\"1\"", "\"b x\"", "\"x ab\"", "\"%_\""];

    public static Search Make(Random random, Shape shape, int depth = 2) => depth == 0 || random.Next(2) == 0 ? Term(Terms[random.Next(Terms.Length)], shape) : random.Next(4) switch
    {
        0 => Not(Make(random, shape, depth - 1)),
        1 => Both("OR", Make(random, shape, depth - 1), Make(random, shape, depth - 1), (a, b) => a || b),
        2 => Both("AND", Make(random, shape, depth - 1), Make(random, shape, depth - 1), (a, b) => a && b),
        // Side by side is as good as AND.
        _ => Both("", Make(random, shape, 0), Make(random, shape, 0), (a, b) => a && b),
    };

    private static Search Not(Search a) => new($"NOT {a.Text}", entry => !a.Finds(entry));

    private static Search Both(string op, Search a, Search b, Func<bool, bool, bool> of) =>
        new($"({a.Text} {op} {b.Text})", entry => of(a.Finds(entry), b.Finds(entry)));

    private static Search Term(string term, Shape shape)
    {
        var wanted = term.Trim('"');
        return new(term, entry => shape.Searched.Select(column => (string?)entry[column]).Any(text => text is not null && BeginsWord(text, wanted)));
    }

    private static bool BeginsWord(string text, string wanted) => Enumerable.Range(0, text.Length).Any(at =>
        (at == 0 || !IsOfWord(text[at - 1])) && text.AsSpan(at).StartsWith(wanted, StringComparison.OrdinalIgnoreCase));

    private static bool IsOfWord(char letter) => char.IsLetter(letter) || char.IsNumber(letter)
        || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
