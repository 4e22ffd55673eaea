using System.Globalization;

namespace PowerBI.Tests.Model.Evaluation;

/// <summary>How DAX takes values: blank is null, and beside another value it is zero, an empty text or false.</summary>
internal static class DaxValues
{
    public static bool AreSame(object? left, object? right) => left is null || right is null ? left is null && right is null : Compare(left, right) == 0;

    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        decimal number => number != 0,
        _ => throw new NotSupportedException($"{value} is no truth."),
    };

    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"{value} as a text depends on where it is read."),
    };

    public static object? Operate(string symbol, object? left, object? right) => symbol switch
    {
        "+" or "-" when left is null && right is null => null,
        "+" => Number(left) + Number(right),
        "-" => Number(left) - Number(right),
        "*" => left is null || right is null ? null : Number(left) * Number(right),
        "&" => left is null && right is null ? null : Text(left) + Text(right),
        "=" => Compare(left, right) == 0,
        "<>" => Compare(left, right) != 0,
        "<" => Compare(left, right) < 0,
        "<=" => Compare(left, right) <= 0,
        ">" => Compare(left, right) > 0,
        ">=" => Compare(left, right) >= 0,
        _ => throw new NotSupportedException(symbol),
    };

    /// <summary>What FORMAT makes of whole numbers and days in the two forms that the measures use.</summary>
    public static object? Format(object? value, string format) => (value, format) switch
    {
        (null, _) => "",
        (decimal number, "0") => number.ToString("0", CultureInfo.InvariantCulture),
        (DateTime day, "yyyy-mm-dd") => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"{value} as {format}"),
    };

    public static int Compare(object? left, object? right) => (left ?? Zero(right), right ?? Zero(left)) switch
    {
        (null, null) => 0,
        (string a, string b) => StringComparer.OrdinalIgnoreCase.Compare(a, b),
        (decimal a, decimal b) => a.CompareTo(b),
        (bool a, bool b) => a.CompareTo(b),
        (DateTime a, DateTime b) => a.CompareTo(b),
        _ => throw new NotSupportedException($"{left} beside {right}: DAX does not compare them."),
    };

    private static object? Zero(object? other) => other switch
    {
        string => "",
        decimal => 0m,
        bool => false,
        DateTime => new DateTime(1899, 12, 30),
        _ => null,
    };

    private static decimal Number(object? value) => value switch
    {
        null => 0,
        decimal number => number,
        _ => throw new NotSupportedException($"{value} is no number."),
    };
}
