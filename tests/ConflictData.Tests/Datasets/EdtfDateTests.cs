using ConflictData.Datasets.Dates;
using CsCheck;

namespace ConflictData.Tests.Datasets;

public sealed class EdtfDateTests
{
    [Theory]
    [InlineData("2022-01-20", "2022-01-20", "2022-01-20", "day", false, "2022-01-01")]
    [InlineData("2022-01", "2022-01-01", "2022-01-31", "month", false, "2022-01-01")]
    [InlineData("2020-02", "2020-02-01", "2020-02-29", "month", false, "2020-02-01")]
    [InlineData("2021", "2021-01-01", "2021-12-31", "year", false, null)]
    [InlineData("2021-21", "2021-03-01", "2021-05-31", "season", false, null)]
    [InlineData("2021-22", "2021-06-01", "2021-08-31", "season", false, null)]
    [InlineData("2021-23", "2021-09-01", "2021-11-30", "season", false, null)]
    [InlineData("2019-24", "2019-12-01", "2020-02-29", "season", false, null)]
    [InlineData("2022-01-20/2022-01-26", "2022-01-20", "2022-01-26", "range", false, "2022-01-01")]
    [InlineData("2022-01-20/2022-02", "2022-01-20", "2022-02-28", "range", false, null)]
    [InlineData("2018/2020", "2018-01-01", "2020-12-31", "range", false, null)]
    [InlineData("2021-22/2021-09-03", "2021-06-01", "2021-09-03", "range", false, null)]
    [InlineData("2022-01-20/..", "2022-01-20", null, "range", false, null)]
    [InlineData("2022-01-20/", "2022-01-20", null, "range", false, null)]
    [InlineData("../2022-01", null, "2022-01-31", "range", false, null)]
    [InlineData("/2022-01", null, "2022-01-31", "range", false, null)]
    [InlineData("2021-09~", "2021-09-01", "2021-09-30", "month", true, "2021-09-01")]
    [InlineData("2021?", "2021-01-01", "2021-12-31", "year", true, null)]
    [InlineData("2021-09-03%", "2021-09-03", "2021-09-03", "day", true, "2021-09-01")]
    [InlineData("2021-09~/2021-10", "2021-09-01", "2021-10-31", "range", true, null)]
    [InlineData("2021/2022?", "2021-01-01", "2022-12-31", "range", true, null)]
    [InlineData("201X", "2010-01-01", "2019-12-31", "range", false, null)]
    [InlineData("20XX", "2000-01-01", "2099-12-31", "range", false, null)]
    [InlineData("2004-XX", "2004-01-01", "2004-12-31", "year", false, null)]
    [InlineData("2004-XX-XX", "2004-01-01", "2004-12-31", "year", false, null)]
    [InlineData("2004-06-XX~", "2004-06-01", "2004-06-30", "month", true, "2004-06-01")]
    [InlineData("0001", "0001-01-01", "0001-12-31", "year", false, null)]
    [InlineData("9999-12-31", "9999-12-31", "9999-12-31", "day", false, "9999-12-01")]
    public void A_date_stands_for_its_days(string text, string? start, string? end, string precision, bool approximate, string? month)
    {
        Assert.True(EdtfDate.Read(text).Succeeded(out var period, out var refusal), refusal);
        Assert.Equal((Day(start), Day(end), precision, approximate, Day(month)), (period.Start, period.End, period.PrecisionName, period.Approximate, period.Month));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("~", "empty")]
    [InlineData("2021-02-29", "no such day")]
    [InlineData("2022-13", "no such month")]
    [InlineData("2022-00", "no such month")]
    [InlineData("2022-25", "no such month")]
    [InlineData("0000", "0001 to 9999")]
    [InlineData("000X", "0001 to 9999")]
    [InlineData("-0044", "0001 to 9999")]
    [InlineData("Y170000002", "0001 to 9999")]
    [InlineData("9999-24", "9999")]
    [InlineData("2022-01-20T10:00:00Z", "time of day")]
    [InlineData("20.01.2022", "form")]
    [InlineData("2022-1-20", "form")]
    [InlineData("2XXX", "four digits")]
    [InlineData("2022-XX-20", "no such month")]
    [InlineData("2022-02/2022-01", "ends before it starts")]
    [InlineData("../..", "neither side")]
    [InlineData("/", "neither side")]
    [InlineData("2021/2022/2023", "form")]
    [InlineData("2021/..~", "form")]
    [InlineData(" 2021", "form")]
    [InlineData("٢٠٢١", "four digits")]
    public void What_is_not_a_date_is_refused_with_the_reason(string text, string why)
    {
        Assert.False(EdtfDate.Read(text).Succeeded(out _, out var refusal));
        Assert.Contains(why, refusal);
    }

    [Fact]
    public void Any_text_gives_a_period_in_order_or_a_refusal() =>
        Gen.OneOf(Gen.String, Gen.Char["0129X-/.~?%T:"].Array[0, 22].Select(letters => new string(letters)), Dates).Sample(text =>
        {
            if (!EdtfDate.Read(text).Succeeded(out var period, out var refusal))
            {
                Assert.NotEmpty(refusal);
                return;
            }

            Assert.False(period.Start > period.End);
            Assert.False(period.Start is null && period.End is null);
            var lastOfMonth = period.Month?.AddMonths(1).AddDays(-1);
            Assert.True(period.Month is null || (period.Month <= period.Start && period.End <= lastOfMonth));
            Assert.Equal(period.Month is null, period.Start is null || period.End is null || period.Start?.ToString("yyyy-MM") != period.End?.ToString("yyyy-MM"));
        }, iter: 20_000);

    [Fact]
    public void A_day_reads_back_as_itself() =>
        Gen.Date.Select(DateOnly.FromDateTime).Sample(day =>
            Assert.Equal(new DatePeriod(day, day, DatePrecision.Day, false), EdtfDate.Read(day.ToString("yyyy-MM-dd")).Value));

    private static readonly Gen<string> Part = Gen.Select(Gen.Int[2018, 2023], Gen.Int[1, 24], Gen.Int[1, 28], Gen.Int[0, 3], Gen.OneOf("", "~", "?", "%"))
        .Select((year, month, day, form, mark) => (form switch
        {
            0 => $"{year}",
            1 => $"{year}-{month:D2}",
            2 => $"{year}-{month:D2}-{day:D2}",
            _ => "..",
        }) + mark);

    private static readonly Gen<string> Dates = Gen.Select(Part, Part, Gen.Bool).Select((left, right, isInterval) => isInterval ? $"{left}/{right}" : left);

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd");
}
