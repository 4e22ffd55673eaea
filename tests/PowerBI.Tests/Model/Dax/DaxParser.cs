using System.Globalization;

namespace PowerBI.Tests.Model.Dax;

/// <summary>Reads a DAX expression: the part of the language that a model of this kind needs, and nothing that is malformed.</summary>
internal sealed class DaxParser
{
    /// <summary>Operators from the loosest to the tightest.</summary>
    private static readonly string[][] Levels = [["||"], ["&&"], ["=", "<>", "<", "<=", ">", ">=", "IN"], ["&"], ["+", "-"], ["*", "/"]];

    private readonly IReadOnlyList<DaxToken> tokens;
    private int at;

    private DaxParser(string text) => tokens = DaxToken.Cut(text);

    private DaxToken Next => tokens[at];

    public static DaxNode Parse(string text)
    {
        var parser = new DaxParser(text);
        var node = parser.Block();
        return parser.Next.Kind == DaxTokenKind.End ? node : throw new DaxException($"Nothing can stand here: {parser.Next.Text}");
    }

    private DaxNode Block()
    {
        var variables = new List<(string, DaxNode)>();
        while (Next.IsWord("VAR"))
        {
            at++;
            var name = Take(DaxTokenKind.Name);
            Take("=");
            variables.Add((name, Binary(0)));
        }

        if (variables.Count == 0)
        {
            return Binary(0);
        }

        if (!Next.IsWord("RETURN"))
        {
            throw new DaxException($"RETURN is missing before {Next.Text}");
        }

        at++;
        return new DaxBlock(variables, Binary(0));
    }

    private DaxNode Binary(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var left = Binary(level + 1);
        while (Levels[level].FirstOrDefault(symbol => Next.Is(symbol) || (symbol == "IN" && Next.IsWord(symbol))) is { } found)
        {
            at++;
            left = new DaxOperation(found, left, Binary(level + 1));
        }

        return left;
    }

    private DaxNode Unary()
    {
        if (Next.IsWord("NOT"))
        {
            at++;
            return new DaxOperation("NOT", null, Unary());
        }

        if (Next.Is("-"))
        {
            at++;
            return new DaxOperation("-", new DaxLiteral(0m), Unary());
        }

        return Primary();
    }

    private DaxNode Primary()
    {
        var token = Next;
        at++;
        return token.Kind switch
        {
            DaxTokenKind.Text => new DaxLiteral(token.Text),
            DaxTokenKind.Number => new DaxLiteral(decimal.Parse(token.Text, CultureInfo.InvariantCulture)),
            DaxTokenKind.Bracketed => new DaxMeasure(token.Text),
            DaxTokenKind.Quoted => Reference(token.Text),
            DaxTokenKind.Name when Next.Is("(") => new DaxCall(token.Text.ToUpperInvariant(), Arguments("(", ")")),
            DaxTokenKind.Name => Reference(token.Text),
            DaxTokenKind.Symbol when token.Is("(") => Closed(Block(), ")"),
            DaxTokenKind.Symbol when token.Is("{") => Values(),
            _ => throw new DaxException($"Nothing can stand here: {token.Text}"),
        };
    }

    private DaxNode Reference(string name) => Next.Kind == DaxTokenKind.Bracketed ? new DaxColumn(name, tokens[at++].Text) : new DaxName(name);

    private DaxList Values()
    {
        at--;
        return new(Arguments("{", "}"));
    }

    private List<DaxNode> Arguments(string open, string close)
    {
        Take(open);
        var arguments = new List<DaxNode>();
        while (!Next.Is(close))
        {
            if (arguments.Count > 0)
            {
                Take(",");
            }

            arguments.Add(Block());
        }

        Take(close);
        return arguments;
    }

    private DaxNode Closed(DaxNode node, string symbol)
    {
        Take(symbol);
        return node;
    }

    private void Take(string symbol)
    {
        if (!Next.Is(symbol))
        {
            throw new DaxException($"{symbol} is missing before {Next.Text}");
        }

        at++;
    }

    private string Take(DaxTokenKind kind) => Next.Kind == kind ? tokens[at++].Text : throw new DaxException($"A name is missing before {Next.Text}");
}
