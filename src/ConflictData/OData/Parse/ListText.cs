using System.Text.Json;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>A list after in, as it stands in an expression: literals, and aliases that stand for such.</summary>
/// <param name="Items">The literals with commas between, strings in single quotes.</param>
/// <param name="Last">The place of its last piece.</param>
internal sealed record ListText(string Items, int Last)
{
    /// <summary>The list that follows a place among pieces; null where none follows.</summary>
    public static Result<ListText?> Read(IReadOnlyList<ExpressionPiece> pieces, int after, RequestOptions options)
    {
        var open = Next(pieces, after);
        if (open >= pieces.Count || pieces[open].Text is not ("(" or "[" or ['@', ..]))
        {
            return (ListText?)null;
        }
        if (pieces[open].Text is not ['@', ..])
        {
            return ReadItems(pieces, open, options);
        }
        if (options.Aliases.GetValueOrDefault(pieces[open].Text) is not { } value || !AliasText.IsList(value))
        {
            return (ListText?)null;
        }
        return ReadItems([.. ExpressionPiece.Of(value)], 0, options).Succeeded(out var list, out var error) ? list! with { Last = open } : error;
    }

    private static Result<ListText?> ReadItems(IReadOnlyList<ExpressionPiece> pieces, int open, RequestOptions options)
    {
        var (items, item, close) = (new List<string>(), "", pieces[open].Text == "(" ? ")" : "]");
        for (var at = Next(pieces, open); at < pieces.Count; at = Next(pieces, at))
        {
            var (text, start) = pieces[at];
            var isEnd = text == close;
            if (!isEnd && text != ",")
            {
                if (text is "(" or "[" or ")" or "]" || Literal(text, options) is not { } literal || (item.Length > 0 && (literal is ['\'', ..] || item is ['\'', ..] || pieces[at - 1].IsBlank)))
                {
                    return Bad($"A list after in holds literals with commas between; {text} at position {start} cannot stand there.");
                }
                item += literal;
                continue;
            }
            if (item.Length == 0 && !(isEnd && items.Count == 0))
            {
                return Bad($"A list after in holds literals with commas between; there is none before position {start}.");
            }
            items.AddRange(item.Length == 0 ? [] : [item]);
            item = "";
            if (isEnd)
            {
                return new ListText(string.Join(',', items), at);
            }
        }
        return Bad($"The list after in has no closing bracket; it begins at position {pieces[open].Start}.");
    }

    /// <summary>A piece of a literal as it is kept; null for what cannot be one.</summary>
    private static string? Literal(string text, RequestOptions options) => text switch
    {
        ['@', ..] => options.Aliases.GetValueOrDefault(text) is { } value && AliasText.IsLiteral(value) && !AliasText.IsList(value) ? value : null,
        ['\'', .., '\''] => text,
        ['"', .., '"'] => Unescaped(text) is { } words ? $"'{words.Replace("'", "''", StringComparison.Ordinal)}'" : null,
        ['\'' or '"', ..] => null,
        _ => text,
    };

    private static string? Unescaped(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ListTextContext.Default.String);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Next(IReadOnlyList<ExpressionPiece> pieces, int at)
    {
        do
        {
            at++;
        }
        while (at < pieces.Count && pieces[at].IsBlank);
        return at;
    }

    private static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail);
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class ListTextContext : System.Text.Json.Serialization.JsonSerializerContext;
