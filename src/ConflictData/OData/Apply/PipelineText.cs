namespace ConflictData.OData;

/// <summary>Takes the text of an $apply apart where the library's parser cannot: outside parentheses and quotes.</summary>
internal static class PipelineText
{
    /// <summary>The pieces between separators that stand outside parentheses and quotes, trimmed; null where these do not close.</summary>
    public static string[]? Split(string text, char separator)
    {
        var pieces = new List<string>();
        var (depth, quote, start) = (0, '\0', 0);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (quote != '\0' || letter is '\'' or '"')
            {
                // Strings stand in single quotes, phrases of a search in double ones, where \ takes the letter after it as it is.
                at += letter == '\\' && quote == '"' ? 1 : 0;
                // A doubled quote closes and opens again.
                quote = quote == '\0' ? letter : quote == letter ? '\0' : quote;
                continue;
            }
            depth += letter switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0)
            {
                return null;
            }
            if (letter == separator && depth == 0)
            {
                pieces.Add(text[start..at].Trim());
                start = at + 1;
            }
        }
        pieces.Add(text[start..].Trim());
        return depth == 0 && quote == '\0' ? [.. pieces] : null;
    }

    /// <summary>The name before the first parenthesis and what stands inside it; null arguments where there are none.</summary>
    public static (string Name, string? Arguments) Call(string step)
    {
        var open = step.IndexOf('(', StringComparison.Ordinal);
        return open < 0 || !step.EndsWith(')') ? (step, null) : (step[..open].Trim(), step[(open + 1)..^1].Trim());
    }

    /// <summary>
    /// The text before and after the last word of that kind, such as "as", outside parentheses and quotes; null where it
    /// has none.
    /// </summary>
    public static (string Before, string After)? Around(string text, string word)
    {
        for (var at = text.Length - word.Length - 1; at > 0; at--)
        {
            if (char.IsWhiteSpace(text[at - 1]) && char.IsWhiteSpace(text[at + word.Length])
                && text.AsSpan(at, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase) && Split(text[..at], ' ') is not null)
            {
                return (text[..at].Trim(), text[(at + word.Length)..].Trim());
            }
        }
        return null;
    }
}
