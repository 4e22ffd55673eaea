using System.Globalization;

namespace Benchmarks.Data;

/// <summary>Dates, counts and remarks as curators write them.</summary>
internal static class Words
{
    private static readonly string[] Vague = ["some families", "an unknown number", "scores of people", "many of them"];

    private static readonly string[] Remarks =
    [
        "The figure is for the whole operation and is not broken down by day.",
        "Named “unidentified” in the first report; identified later by relatives.",
        "Counted at the hospital, so those who died on the road are left out.",
        "The cited article gives the number in its title only.",
        "قال شهود إن العدد أكبر من ذلك.",
        "Two outlets \"confirm\" it, but one copies the other.",
        "Field interview; the speaker was present.",
        "Attackers and detainees, not told apart.",
    ];

    /// <summary>A date as EDTF: mostly a day, also months, intervals, years and seasons, some approximate.</summary>
    public static string Date(ref Lot lot, DateOnly day) => lot.Below(100) switch
    {
        < 58 => Day(day),
        < 62 => $"{Day(day)}~",
        < 76 => $"{Day(day)}/{Day(day.AddDays(lot.Between(1, 12)))}",
        < 90 => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        < 95 => $"{day.Year:D4}",
        < 98 => $"{day.Year:D4}-{lot.Between(21, 24)}",
        _ => $"{Day(day)}/..",
    };

    /// <summary>From when until when a place lay in a zone, as EDTF: every second one without an end, some without a beginning.</summary>
    public static string Period(ref Lot lot, DateOnly from) => lot.Below(100) switch
    {
        < 45 => $"{Day(from)}/{Day(from.AddDays(lot.Between(30, 1200)))}",
        < 90 => $"{Day(from)}/..",
        _ => $"../{Day(from)}",
    };

    /// <summary>A count in words: half of them plain numbers, a third bounds such as "more than 30".</summary>
    public static string Count(ref Lot lot)
    {
        var number = Number(ref lot);
        return lot.Below(100) switch
        {
            < 50 => $"{number}",
            < 66 => $"more than {number}",
            < 74 => $"at least {number}",
            < 78 => $"fewer than {number}",
            < 81 => $"up to {number}",
            < 91 => $"around {number}",
            < 95 => $"between {number} and {number + lot.Between(1, 20)}",
            < 97 => "several",
            _ => "dozens",
        };
    }

    public static string VagueCount(ref Lot lot) => lot.Of<string>(Vague);

    public static string Locator(ref Lot lot) => lot.Below(3) switch
    {
        0 => $"section {lot.Between(1, 9)}, footnote {lot.Between(1, 120)}",
        1 => $"section {lot.Between(1, 9)}, paragraph before footnote {lot.Between(1, 120)}",
        _ => $"page {lot.Between(1, 80)}",
    };

    public static string Remark(ref Lot lot) =>
        lot.Percent(25) ? $"{lot.Of<string>(Remarks)} {lot.Of<string>(Remarks)}" : lot.Of<string>(Remarks);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Small numbers are common, large ones rare.</summary>
    private static int Number(ref Lot lot) => lot.Between(1, lot.Below(100) switch
    {
        < 60 => 12,
        < 90 => 90,
        < 99 => 900,
        _ => 20_000,
    });
}
