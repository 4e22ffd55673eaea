namespace ConflictData.Datasets.Dates;

/// <summary>How fine a date is; the column DatePrecision holds the name in lower case.</summary>
public enum DatePrecision
{
    Day,
    Month,
    Season,
    Year,

    /// <summary>An interval, a decade or a century.</summary>
    Range,
}

/// <summary>The days that a date stands for.</summary>
/// <param name="Start">First day; null = open.</param>
/// <param name="End">Last day, inclusive; null = open.</param>
/// <param name="Precision">How fine the date is.</param>
/// <param name="Approximate">True where the date, or a side of the interval, is marked uncertain or approximate.</param>
public readonly record struct DatePeriod(DateOnly? Start, DateOnly? End, DatePrecision Precision, bool Approximate)
{
    /// <summary>First day of the month that holds the whole period; null where the period is open, longer, or crosses the end of a month.</summary>
    public DateOnly? Month => Start is { } start && End is { } end && start.Year == end.Year && start.Month == end.Month
        ? new DateOnly(start.Year, start.Month, 1)
        : null;

    /// <summary>The value of the column DatePrecision.</summary>
    public string PrecisionName => Precision switch
    {
        DatePrecision.Day => "day",
        DatePrecision.Month => "month",
        DatePrecision.Season => "season",
        DatePrecision.Year => "year",
        _ => "range",
    };
}
