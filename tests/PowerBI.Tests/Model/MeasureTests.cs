using PowerBI.Tests.Model.Evaluation;

namespace PowerBI.Tests.Model;

/// <summary>What the measures say of the bundled sample. The expected values were worked out by hand from the brief.</summary>
[Collection(nameof(SampleModel))]
public sealed class MeasureTests(SampleModel sample)
{
    [Theory]
    [InlineData("Killed", "922+")]
    [InlineData("Injured", "518")]
    [InlineData("Displaced", "26002+")]
    [InlineData("Abducted", "200")]
    [InlineData("Missing", null)]
    [InlineData("Arrested", "≈80 and 6–15")]
    [InlineData("Released", "40")]
    [InlineData("Still held", "10")]
    [InlineData("Charged", "10")]
    [InlineData("Escaped", "1 without a number")]
    [InlineData("Remitted", "2")]
    [InlineData("Transferred", "200")]
    [InlineData("Recaptured", null)]
    [InlineData("Attacks total", "267+, 2 without a number")]
    [InlineData("Killed title", "Persons killed: 922+")]
    [InlineData("Attacks title", "Attacks: 267+, 2 without a number")]
    [InlineData("Release shown", "Release 1 · committed {today}")]
    public void Totals_are_those_of_the_brief(string measure, string? expected)
    {
        var committed = DaxEvaluator.Measure(sample.All, "Release committed");
        Assert.Equal(expected?.Replace("{today}", $"{committed:yyyy-MM-dd}"), ((string?)DaxEvaluator.Measure(sample.All, measure))?.Split(" · tag ")[0]);
    }

    [Theory]
    [InlineData("Casualties", "Choose one outcome: persons killed, injured, displaced, missing and abducted are never added to each other")]
    [InlineData("Arrests", "Choose one outcome: persons arrested, released, held, charged and escaped are never added to each other")]
    public void Outcomes_are_never_mixed(string fact, string title)
    {
        foreach (var part in (string[])["total", "low", "high", "best", "about", "unnumbered", "spread", "open", "counted"])
        {
            Assert.Null(DaxEvaluator.Measure(sample.All, $"{fact} {part}"));
        }

        Assert.Equal(title, DaxEvaluator.Measure(sample.All, $"{fact} title"));
        // A party all of whose casualties are of one outcome does not choose it.
        Assert.Null(DaxEvaluator.Measure(By("Party", "ActorId", "sdf"), $"{fact} total"));
    }

    [Theory]
    [InlineData("Casualties", "killed", "Persons killed: 922+")]
    [InlineData("Casualties", "missing", "Choose one outcome: persons killed, injured, displaced, missing and abducted are never added to each other")]
    [InlineData("Arrests", "inCustody", "Persons still held: 10")]
    public void One_outcome_that_is_chosen_is_shown(string fact, string outcome, string title) =>
        Assert.Equal(title, DaxEvaluator.Measure(By(fact, "Outcome", outcome), $"{fact} title"));

    [Theory]
    [InlineData("Killed low", 922)]
    [InlineData("Killed high", null)]
    [InlineData("Killed spread", null)]
    [InlineData("Killed about", null)]
    [InlineData("Attacks low", 267)]
    [InlineData("Attacks high", null)]
    [InlineData("Attacks best", null)]
    [InlineData("Attacks unnumbered", 2)]
    [InlineData("Attacks open", 1)]
    [InlineData("Casualty records", 18)]
    [InlineData("Arrest records", 14)]
    [InlineData("Attack records", 20)]
    [InlineData("Figure records", 47)]
    [InlineData("Membership records", 86)]
    [InlineData("Records", 185)]
    [InlineData("Counted records", 34)]
    [InlineData("Open-ended records", 14)]
    [InlineData("Possible double counts", 0)]
    [InlineData("Release number", 1)]
    public void Numbers_are_those_of_the_brief(string measure, int? expected) => Assert.Equal((decimal?)expected, DaxEvaluator.Measure(sample.All, measure));

    [Theory]
    [InlineData("Casualties without upper bound", 3, 12)]
    [InlineData("Arrests without upper bound", 3, 10)]
    [InlineData("Attacks without upper bound", 8, 12)]
    [InlineData("Share without upper bound", 14, 34)]
    public void Shares_are_of_the_claims_that_count(string measure, int part, int whole) => Assert.Equal((decimal)part / whole, DaxEvaluator.Measure(sample.All, measure));

    [Theory]
    [InlineData("Killed", "Month", "Month", "2022-01", "533+")]
    [InlineData("Killed", "Month", "Month", "2022-02", "1")]
    [InlineData("Killed", "Month", "Month", "longer than a month", "388")]
    [InlineData("Attacks total", "Month", "Month", "2022-01", "8+")]
    [InlineData("Attacks total", "Month", "Month", "2021-11", "1")]
    [InlineData("Attacks total", "Month", "Month", "longer than a month", "258+, 2 without a number")]
    [InlineData("Killed", "Party", "Party", "Syrian Democratic Forces", "117")]
    [InlineData("Killed", "Party", "Party", "Islamic State", "376")]
    [InlineData("Killed", "Party", "Party", "Civilians of al-Hasaka", "31+")]
    [InlineData("Killed", "Party", "ActorId", null, "387")]
    [InlineData("Killed", "Place", "Country", "Iraq", "398")]
    [InlineData("Attacks total", "Place", "Country", "Iraq", "259+")]
    [InlineData("Killed", "Place", "FirstLevelPlace", "al-Hasaka governorate", "522+")]
    [InlineData("Killed", "Place", "PlaceId", "al-sinaa-prison", null)]
    [InlineData("Killed", "Event", "EventId", "al-hasaka-attack-2022", "522+")]
    [InlineData("Arrested", "Claimant", "ActorId", "security-sources-idlib", "6")]
    [InlineData("Arrested", "Place", "PlaceId", "raqqa", "≈30")]
    [InlineData("Arrested", "Place", "PlaceId", "manbij", "0–9")]
    public void Months_parties_and_places_have_their_share(string measure, string table, string column, string? value, string? expected) =>
        Assert.Equal(expected, DaxEvaluator.Measure(By(table, column, value), measure));

    [Fact]
    public void The_bounds_of_a_total_make_its_bar()
    {
        var manbij = By("Place", "PlaceId", "manbij").Where(new("Arrests", "Outcome"), "arrested");
        var measures = new[] { "low", "high", "spread", "best", "open", "unnumbered" }.Select(part => DaxEvaluator.Measure(manbij, $"Arrests {part}"));
        Assert.Equal([0m, 9m, 9m, null, null, 0m], measures);
    }

    [Theory]
    [InlineData(null, 4, 8)]
    [InlineData("al-hasaka", 1, 1)]
    [InlineData("manbij", 0, 0)]
    [InlineData("nowhere", null, null)]
    public void Claims_that_rival_each_other_are_found_from_any_of_them(string? place, int? groups, int? records)
    {
        // The rival of the 77 guards that are counted in al-Hasaka is a claim of the prison.
        var shown = place is null ? sample.All : By("Place", "PlaceId", place);
        Assert.Equal(((decimal?)groups, (decimal?)records), (DaxEvaluator.Measure(shown, "Rival claims"), DaxEvaluator.Measure(shown, "Rival claim records")));
    }

    [Fact]
    public void Contested_claims_are_a_share_of_all() => Assert.Equal(4m / 185, DaxEvaluator.Measure(sample.All, "Contested share"));

    [Fact]
    public void A_share_of_nothing_contested_is_zero_and_of_nothing_is_blank()
    {
        Assert.Equal(0m, DaxEvaluator.Measure(By("Place", "PlaceId", "manbij"), "Contested share"));
        Assert.Null(DaxEvaluator.Measure(By("Place", "PlaceId", "nowhere"), "Contested share"));
        Assert.Equal(0m, DaxEvaluator.Measure(By("Place", "PlaceId", "iraq"), "Casualties without upper bound"));
    }

    private FilterContext By(string table, string column, string? value) => sample.All.Where(new(table, column), value);
}
