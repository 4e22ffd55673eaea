using ConflictData.Datasets;
using ConflictData.Datasets.Counts;
using ConflictData.Datasets.Dates;

namespace ConflictData.Submissions;

/// <summary>Fills the columns that follow from others of the same row, whatever the dataset calls them.</summary>
internal sealed class RowCheckDerived
{
    private readonly Dataset dataset;
    private readonly Column? date;
    private readonly Column? start;
    private readonly Column? end;
    private readonly Column? precision;
    private readonly Column? approximate;
    private readonly Column? month;
    private readonly CountColumns? count;

    public RowCheckDerived(Dataset dataset)
    {
        this.dataset = dataset;
        date = dataset.Find("Date");
        start = dataset.Find("StartDate") ?? dataset.Find("ValidFrom");
        end = dataset.Find("EndDate") ?? dataset.Find("ValidTo");
        precision = dataset.Find("DatePrecision");
        approximate = dataset.Find("DateApproximate");
        month = dataset.Find("Month");
        count = dataset.HasCounts ? new(dataset) : null;
    }

    public void Fill(RowCheckRow row)
    {
        if (date is not null && row.IsSound(date))
        {
            FillDates(row, date);
        }

        if (dataset.Find("PublishedOn") is { } published && row.IsSound(published) && row.Values[published.Ordinal] is string text
            && !EdtfDate.Read(text).Succeeded(out _, out var refusal))
        {
            row.Add(published, RowErrorCodes.NotEdtf, refusal);
        }

        count?.Fill(row);
    }

    private void FillDates(RowCheckRow row, Column date)
    {
        var text = (string?)row.Values[date.Ordinal];
        var period = default(DatePeriod);
        if (text is not null && !EdtfDate.Read(text).Succeeded(out period, out var refusal))
        {
            row.Add(date, RowErrorCodes.NotEdtf, refusal);
            return;
        }

        if (text is not null && period.Start is null && dataset.IsTotalled)
        {
            row.Add(date, RowErrorCodes.StartDateRequired, $"{text} has no first day, and a count must have one. Write the day, month, season or year with which it begins, such as 2022-01/..");
        }

        row.Derive(start, period.Start);
        row.Derive(end, period.End);
        row.Derive(precision, text is null ? null : period.PrecisionName);
        row.Derive(approximate, text is null ? null : period.Approximate);
        row.Derive(month, period.Month);
    }

    /// <summary>The columns of a count.</summary>
    private sealed class CountColumns(Dataset dataset)
    {
        private readonly Column words = dataset["CountText"];
        private readonly Column qualifier = dataset["Qualifier"];
        private readonly Column low = dataset["Low"];
        private readonly Column best = dataset["Best"];
        private readonly Column high = dataset["High"];
        private readonly Column rule = dataset["CountRule"];
        private readonly Column note = dataset["Note"];

        public void Fill(RowCheckRow row)
        {
            if (!(row.IsSound(words) && row.IsSound(qualifier) && row.IsSound(low) && row.IsSound(best) && row.IsSound(high)))
            {
                return;
            }

            var values = row.Values;
            var given = new GivenCount(
                (string?)values[words.Ordinal],
                (string?)values[qualifier.Ordinal],
                new((long?)values[low.Ordinal], (long?)values[best.Ordinal], (long?)values[high.Ordinal]),
                HasNote: values[note.Ordinal] is not null);
            if (CountCheck.Settle(given, out var settled) is { } problem)
            {
                row.Add(dataset[problem.Column], problem.Code, problem.Message);
                return;
            }

            values[qualifier.Ordinal] = settled.Qualifier;
            Set(values, low, settled.Count.Low);
            Set(values, best, settled.Count.Best);
            Set(values, high, settled.Count.High);
            row.Derive(rule, settled.Rule);
        }

        /// <summary>A number that was given is the number that is stored, so its box can stay.</summary>
        private static void Set(object?[] values, Column column, long? number) => values[column.Ordinal] ??= number;
    }
}
