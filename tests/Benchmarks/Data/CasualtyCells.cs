using ConflictData.Datasets;

namespace Benchmarks.Data;

/// <summary>
/// Generated casualty records as a submitter would send them. Of every 18 records the first is a whole and the next two
/// are its parts, the tenth and eleventh claim the same thing, and the others stand alone.
/// </summary>
internal sealed class CasualtyCells(ulong seed)
{
    private const int Whole = 0;
    private const int LastPart = 2;
    private const int Claim = 9;
    private const int RivalClaim = 10;

    private static readonly string[] VictimTypes = ["civilian", "civilian", "civilian", "combatant", "combatant", "guard", "detainee", "mixed", "unknown"];
    private static readonly string[] Outcomes = ["killed", "killed", "killed", "injured", "displaced", "missing", "abducted"];
    private static readonly string[] Grades = ["weak", "weak", "weak", "fair", "fair", "confirmed"];

    private readonly Dataset dataset = Catalog.Get("Casualties");

    public static string Id(int record) => $"{Names.Places[record % Names.Places.Length]}-{record:D7}";

    /// <summary>The cells of a record, by column; a corrected one has another count and a note that says so.</summary>
    public string?[] Of(int record, bool corrected)
    {
        var lot = new Lot(seed, record);
        var cells = new Cells(dataset);
        WhatHappened(ref lot, cells, record);
        WhoSaysSo(ref lot, cells);
        Relations(ref lot, cells, record);
        if (corrected)
        {
            cells["CountText"] = $"at least {lot.Between(1, 400)}";
            cells["Qualifier"] = null;
            cells["Note"] = "Corrected after a later report.";
        }

        return cells.Values;
    }

    private void WhatHappened(ref Lot lot, Cells cells, int record)
    {
        // Records come roughly in the order of what they tell of, as they do in a project that runs for years.
        var day = new DateOnly(2014, 1, 1).AddDays((record / 330) + lot.Below(60));
        cells["Id"] = Id(record);
        cells["EventId"] = lot.Maybe(60, Names.Events);
        cells["PlaceId"] = Names.Places[record % Names.Places.Length];
        cells["Date"] = Words.Date(ref lot, day);
        cells["VictimType"] = lot.Of<string>(VictimTypes);
        cells["PartyId"] = lot.Maybe(88, cells["VictimType"] is "combatant" or "guard" ? Names.Fighters : Names.Peoples);
        cells["Outcome"] = OutcomeOf(record);
        cells["PerpetratorId"] = lot.Maybe(55, Names.Fighters);
        var vague = lot.Percent(3);
        cells["CountText"] = vague ? Words.VagueCount(ref lot) : Words.Count(ref lot);
        cells["Qualifier"] = vague ? "vague" : null;
        cells["ReportedOn"] = lot.Percent(30) ? Words.Day(day.AddDays(lot.Between(0, 40))) : null;
    }

    private static void WhoSaysSo(ref Lot lot, Cells cells)
    {
        cells["ClaimantId"] = lot.Of<string>(Names.Claimants);
        cells["SourceId"] = lot.Of<string>(Names.Sources);
        cells["CitedSourceId"] = lot.Maybe(22, Names.Sources);
        cells["SourceLocator"] = Words.Locator(ref lot);
        cells["Grade"] = lot.Of<string>(Grades);
        cells["Note"] = lot.Percent(35) ? Words.Remark(ref lot) : null;
    }

    private static void Relations(ref Lot lot, Cells cells, int record)
    {
        var additive = !lot.Percent(4);
        cells["Accumulation"] = additive ? "increment" : "cumulative";
        switch (record % FeedShape.Group)
        {
            case Whole:
                // Without an upper bound its parts fit into it whatever they come to.
                (cells["CountText"], cells["Qualifier"], additive) = ($"at least {lot.Between(1, 40)}", null, false);
                break;
            case <= LastPart and var part:
                (cells["PartOf"], cells["Breakdown"]) = (Id(record - part), "byParty");
                break;
            case Claim:
                cells["ClaimGroup"] = Id(record);
                break;
            case RivalClaim:
                (cells["ClaimGroup"], cells["Grade"], additive) = (Id(record - 1), "contested", false);
                break;
        }

        cells["Additive"] = additive ? "true" : "false";
    }

    /// <summary>One outcome a group of records: a part has that of its whole.</summary>
    private string OutcomeOf(int record) => new Lot(seed, -1 - (record / FeedShape.Group)).Of<string>(Outcomes);
}
