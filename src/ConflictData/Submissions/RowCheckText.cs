using System.Buffers;

namespace ConflictData.Submissions;

/// <summary>The rules that hold for every text, whatever its column.</summary>
internal static class RowCheckText
{
    /// <summary>Control characters, which are refused but for line breaks, and surrogates, which must come in pairs.</summary>
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
    [
        .. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(c => char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\r' or '\n'))),
    ]);

    private static readonly char[] Blank = [' ', '\r', '\n'];

    /// <summary>The cell without spaces and line breaks at its ends; null where nothing is left.</summary>
    public static string? Trim(string? cell)
    {
        if (string.IsNullOrEmpty(cell))
        {
            return null;
        }

        var text = cell[0] is ' ' or '\r' or '\n' || cell[^1] is ' ' or '\r' or '\n' ? cell.Trim(Blank) : cell;
        return text.Length == 0 ? null : text;
    }

    /// <summary>The code and message of what is wrong with a text that is not empty; null where nothing is.</summary>
    public static (string Code, string Message)? Check(string text)
    {
        if (text[0] is '=' or '@' or '\t' || (text[0] is '+' or '-' && !(text.Length > 1 && char.IsAsciiDigit(text[1]))))
        {
            return (RowErrorCodes.FormulaLike, "A spreadsheet would run this text as a formula: it must not start with =, @ or a tab, nor with + or - unless a digit follows.");
        }

        for (var at = NextSuspicious(text, 0); at >= 0; at = NextSuspicious(text, at + 2))
        {
            if (char.IsControl(text[at]))
            {
                return (RowErrorCodes.ControlCharacter, $"Character {at + 1} is the control character U+{(int)text[at]:X4}; only line breaks are allowed. Remove it.");
            }

            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return (RowErrorCodes.LoneSurrogate, $"Character {at + 1} is half of a surrogate pair: part of it was lost. Write it again.");
            }
        }

        return null;
    }

    /// <summary>[A-Za-z0-9][A-Za-z0-9._~-]{0,99}</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(text[0]) && !text.AsSpan().ContainsAnyExcept(IdCharacters);

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-");

    private static int NextSuspicious(string text, int from)
    {
        var found = from < text.Length ? text.AsSpan(from).IndexOfAny(Suspicious) : -1;
        return found < 0 ? -1 : found + from;
    }
}
