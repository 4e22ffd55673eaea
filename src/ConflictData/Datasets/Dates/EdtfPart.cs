namespace ConflictData.Datasets.Dates;

/// <summary>One date of level 1: a day, month, season or year, with digits left open and marked as uncertain where the text says so.</summary>
internal static class EdtfPart
{
    public static Reading<DatePeriod> Read(ReadOnlySpan<char> text)
    {
        var approximate = text is [.., '?' or '~' or '%'];
        var date = approximate ? text[..^1] : text;
        return date switch
        {
            "" => EdtfDate.Refuse(text, "it is empty"),
            [_, _, _, _] => ReadYear(text, date, approximate),
            [_, _, _, _, '-', _, _] => ReadMonth(text, date[..4], date[5..], approximate),
            [_, _, _, _, '-', _, _, '-', _, _] => ReadDay(text, date[..4], date[5..7], date[8..], approximate),
            ['-' or 'Y' or 'y', ..] => EdtfDate.Refuse(text, "only the years 0001 to 9999 are kept"),
            _ when date.Contains('T') || date.Contains(':') => EdtfDate.Refuse(text, "a time of day is not kept"),
            _ => EdtfDate.Refuse(text, "it does not have the form of one"),
        };
    }

    private static Reading<DatePeriod> ReadYear(ReadOnlySpan<char> text, ReadOnlySpan<char> year, bool approximate)
    {
        var open = year switch { [_, _, 'X', 'X'] => 2, [_, _, _, 'X'] => 1, _ => 0 };
        if (!TryNumber(year[..^open], out var given))
        {
            return EdtfDate.Refuse(text, "the year is not four digits, of which the last one or two may be X");
        }

        var span = open switch { 2 => 100, 1 => 10, _ => 1 };
        var first = given * span;
        return first == 0
            ? EdtfDate.Refuse(text, "only the years 0001 to 9999 are kept")
            : new DatePeriod(new(first, 1, 1), new(first + span - 1, 12, 31), open == 0 ? DatePrecision.Year : DatePrecision.Range, approximate);
    }

    private static Reading<DatePeriod> ReadMonth(ReadOnlySpan<char> text, ReadOnlySpan<char> yearText, ReadOnlySpan<char> monthText, bool approximate)
    {
        if (!TryNumber(yearText, out var year) || year == 0)
        {
            return EdtfDate.Refuse(text, "the year must be 0001 to 9999");
        }

        if (monthText is "XX")
        {
            return new DatePeriod(new(year, 1, 1), new(year, 12, 31), DatePrecision.Year, approximate);
        }

        return !TryNumber(monthText, out var month) ? EdtfDate.Refuse(text, "the month is not two digits") : month switch
        {
            >= 1 and <= 12 => WholeMonths(year, month, 1, DatePrecision.Month, approximate),
            21 or 22 or 23 => WholeMonths(year, (3 * (month - 21)) + 3, 3, DatePrecision.Season, approximate),
            24 when year < 9999 => WholeMonths(year, 12, 3, DatePrecision.Season, approximate),
            24 => EdtfDate.Refuse(text, "that winter ends after the year 9999"),
            _ => EdtfDate.Refuse(text, "there is no such month or season (months are 01 to 12, seasons 21 to 24)"),
        };
    }

    private static DatePeriod WholeMonths(int year, int month, int months, DatePrecision precision, bool approximate)
    {
        var last = (month: ((month + months - 2) % 12) + 1, year: year + ((month + months - 2) / 12));
        return new(new(year, month, 1), new(last.year, last.month, DateTime.DaysInMonth(last.year, last.month)), precision, approximate);
    }

    private static Reading<DatePeriod> ReadDay(
        ReadOnlySpan<char> text, ReadOnlySpan<char> yearText, ReadOnlySpan<char> monthText, ReadOnlySpan<char> dayText, bool approximate)
    {
        if (!TryNumber(yearText, out var year) || year == 0)
        {
            return EdtfDate.Refuse(text, "the year must be 0001 to 9999");
        }

        if (monthText is "XX" && dayText is "XX")
        {
            return new DatePeriod(new(year, 1, 1), new(year, 12, 31), DatePrecision.Year, approximate);
        }

        if (!TryNumber(monthText, out var month) || month is < 1 or > 12)
        {
            return EdtfDate.Refuse(text, "there is no such month");
        }

        if (dayText is "XX")
        {
            return WholeMonths(year, month, 1, DatePrecision.Month, approximate);
        }

        return !TryNumber(dayText, out var day) || day < 1 || day > DateTime.DaysInMonth(year, month)
            ? EdtfDate.Refuse(text, "that month has no such day")
            : new DatePeriod(new(year, month, day), new(year, month, day), DatePrecision.Day, approximate);
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
