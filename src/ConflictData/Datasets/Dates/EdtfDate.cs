namespace ConflictData.Datasets.Dates;

/// <summary>
/// Reads the Extended Date/Time Format (ISO 8601-2, level 1) as far as a calendar of days from 0001 to 9999 can hold it:
/// days, months, years, seasons, unspecified digits (201X, 2004-XX, 2004-06-XX), the marks ? ~ %, and intervals with open
/// (..) or unknown (empty) ends. README.md in the folder above states the conventions.
/// </summary>
public static class EdtfDate
{
    /// <summary>The days that the text stands for, or why it is not read.</summary>
    public static Reading<DatePeriod> Read(string text)
    {
        var slash = text.IndexOf('/');
        return slash < 0 ? EdtfPart.Read(text) : ReadInterval(text, text.AsSpan(0, slash), text.AsSpan(slash + 1));
    }

    private static Reading<DatePeriod> ReadInterval(string text, ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (IsOpen(left) && IsOpen(right))
        {
            return Refuse(text, "neither side of the interval is a date; leave the cell empty instead");
        }

        if (!ReadSide(left).Succeeded(out var from, out var refusal) || !ReadSide(right).Succeeded(out var to, out refusal))
        {
            return Reading<DatePeriod>.Refused(refusal);
        }

        return from.Start > to.End
            ? Refuse(text, "the interval ends before it starts")
            : new DatePeriod(from.Start, to.End, DatePrecision.Range, from.Approximate || to.Approximate);
    }

    private static Reading<DatePeriod> ReadSide(ReadOnlySpan<char> side) =>
        IsOpen(side) ? new DatePeriod(null, null, DatePrecision.Range, false) : EdtfPart.Read(side);

    private static bool IsOpen(ReadOnlySpan<char> side) => side is "" or "..";

    internal static Reading<DatePeriod> Refuse(ReadOnlySpan<char> text, string why) => Reading<DatePeriod>.Refused(
        $"“{(text.Length <= 60 ? text : text[..60])}” is not a date that is read here: {why}. "
        + "Write 2022-01-20, 2022-01, 2022, 2021-22 (summer), 2022-01-20/2022-01-26 or 2022-01-20/.., with ? ~ or % after a date that is uncertain.");
}
