using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>The checks of one column, made ready once: a cell's text in, a typed value or a problem out.</summary>
internal sealed class RowCheckCell
{
    private const string IdPattern = "[A-Za-z0-9][A-Za-z0-9._~-]{0,99}";

    private static readonly object True = true;
    private static readonly object False = false;
    private static readonly object[] SmallIntegers = [.. Enumerable.Range(0, 1024).Select(n => (object)(long)n)];

    private readonly FrozenDictionary<string, string>? allowed;
    private readonly Regex? pattern;
    private readonly bool isId;
    private readonly object? defaultValue;
    private readonly SharedTexts? shared;

    public RowCheckCell(Column column)
    {
        Column = column;
        isId = column.Pattern == IdPattern;
        pattern = column.Pattern is { } text && !isId ? new Regex($@"\A(?:{text})\z", RegexOptions.CultureInvariant) : null;
        allowed = column.Allowed.Count > 0 ? column.Allowed.ToFrozenDictionary(value => value, StringComparer.OrdinalIgnoreCase) : null;
        shared = column.References is null ? null : new SharedTexts();
        defaultValue = column.Default is null ? null : Read(column.Default, out _);
    }

    public Column Column { get; }

    /// <summary>The value of a cell; null with no problem where it is empty and may be.</summary>
    public object? Read(string? text, out (string Code, string Message)? problem)
    {
        problem = null;
        if (text is not null)
        {
            return Column.Type == ColumnType.String ? ReadText(text, out problem) : ReadTyped(text, out problem);
        }

        problem = Column.Required && defaultValue is null ? (RowErrorCodes.Required, $"{Column.Name} must have a value.") : null;
        return defaultValue;
    }

    private string? ReadText(string text, out (string Code, string Message)? problem)
    {
        if (allowed is not null)
        {
            problem = allowed.TryGetValue(text, out var spelt)
                ? null
                : (RowErrorCodes.NotInList, $"{Column.Name} must be one of {string.Join(", ", Column.Allowed)}{NearMiss.Hint(text, Column.Allowed)}");
            return spelt;
        }

        text = InCapitals(text);
        problem = isId ? CheckId(text) : CheckText(text);
        return shared?.Of(text) ?? text;
    }

    /// <summary>A code that is written in capitals may be sent in any letter case.</summary>
    private string InCapitals(string text) =>
        pattern is not null && !pattern.IsMatch(text) && text.ToUpperInvariant() is var capitals && pattern.IsMatch(capitals) ? capitals : text;

    private (string Code, string Message)? CheckId(string text) => RowCheckText.IsId(text)
        ? null
        : (RowErrorCodes.BadId, $"{Column.Name} must start with a letter or digit, and have at most 100 letters, digits and . _ ~ - in all.");

    private (string Code, string Message)? CheckText(string text)
    {
        if (text.Length > Column.MaxLength)
        {
            return (RowErrorCodes.TooLong, $"{Column.Name} has {text.Length} characters. Shorten it to {Column.MaxLength}.");
        }

        return RowCheckText.Check(text) ?? (pattern?.IsMatch(text) == false
            ? (RowErrorCodes.BadPattern, $"{Column.Name} must be written as {Column.Example} is. {Column.Description}")
            : null);
    }

    private object? ReadTyped(string text, out (string Code, string Message)? problem)
    {
        var (value, code, form) = Column.Type switch
        {
            ColumnType.Integer => (ReadInteger(text), RowErrorCodes.NotAnInteger, "a whole number in digits, without separators"),
            ColumnType.Number => (ReadNumber(text), RowErrorCodes.NotANumber, "a finite number with a decimal point"),
            ColumnType.Boolean => (ReadBoolean(text), RowErrorCodes.NotABoolean, "true or false"),
            ColumnType.Date => (ReadDate(text), RowErrorCodes.NotADate, "a day such as 2022-01-20"),
            _ => (ReadInstant(text), RowErrorCodes.NotAnInstant, "an instant such as 2022-01-20T12:00:00Z"),
        };
        problem = value is null ? (code, $"{Column.Name} must be {form}.") : CheckRange(value);
        return value;
    }

    private (string Code, string Message)? CheckRange(object value)
    {
        if (Column is { Minimum: null, Maximum: null })
        {
            return null;
        }

        var number = value is long integer ? integer : (double)value;
        return number switch
        {
            _ when number < Column.Minimum => (RowErrorCodes.TooSmall, FormattableString.Invariant($"{Column.Name} must be at least {Column.Minimum}.")),
            _ when number > Column.Maximum => (RowErrorCodes.TooLarge, FormattableString.Invariant($"{Column.Name} must be at most {Column.Maximum}.")),
            _ => null,
        };
    }

    private static object? ReadInteger(string text) =>
        !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? null
        : value >= 0 && value < SmallIntegers.Length ? SmallIntegers[value]
        : value;

    private static object? ReadNumber(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value) ? value : null;

    private static object? ReadBoolean(string text) => text switch
    {
        "1" => True,
        "0" => False,
        _ when text.Equals("true", StringComparison.OrdinalIgnoreCase) => True,
        _ when text.Equals("false", StringComparison.OrdinalIgnoreCase) => False,
        _ => null,
    };

    private static object? ReadDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;

    /// <summary>RFC 3339, which asks for an offset.</summary>
    private static object? ReadInstant(string text) =>
        text is [.., 'Z' or 'z'] or [.., '+' or '-', _, _, ':', _, _]
        && DateTimeOffset.TryParseExact(text.ToUpperInvariant(), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var value) ? value : null;
}
