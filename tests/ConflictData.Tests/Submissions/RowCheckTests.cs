using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.Submissions;
using CsCheck;

namespace ConflictData.Tests.Submissions;

public sealed class RowCheckTests
{
    [Fact]
    public void A_sound_row_is_typed_and_completed()
    {
        var row = Staged(Casualty());
        Assert.Equal(RevisionAction.Upsert, row.Action);
        Assert.Equal("c-1", row.Id);
        Assert.Equal(
            [new DateOnly(2022, 1, 20), new DateOnly(2022, 1, 26), "range", false, new DateOnly(2022, 1, 1)],
            Values(row, "StartDate", "EndDate", "DatePrecision", "DateApproximate", "Month"));
        Assert.Equal([31L, null, null, "moreThan", "moreThan"], Values(row, "Low", "Best", "High", "Qualifier", "CountRule"));
        Assert.Equal(["killed", "increment", null, null], Values(row, "Outcome", "Accumulation", "Additive", "Release"));
    }

    [Fact]
    public void A_row_sent_back_as_it_was_stored_gives_the_same_row() =>
        Assert.All(Catalog.All, dataset =>
        {
            var first = Staged(Sample(dataset));
            var cells = dataset.Columns.ToDictionary(column => column.Name, column => Text(first.Values[column.Ordinal]));
            Assert.Equal(first.Values, Staged(Row(dataset, cells)).Values);
        });

    [Fact]
    public void All_problems_of_a_row_are_reported()
    {
        var problems = Problems(Casualty(("Id", "-bad"), ("PlaceId", ""), ("Outcome", "kiled"), ("Date", "2021-02-30"), ("CountText", "many"), ("ReportedOn", "yesterday"), ("ChangeReason", "because")));
        Assert.Equal(
            ["Id badId", "PlaceId required", "Outcome notInList", "ReportedOn notADate", "ChangeReason notInList", "Date notEdtf", "CountText unreadableCount"],
            problems.Select(problem => $"{problem.Column} {problem.Code}"));
        Assert.Contains("did you mean killed?", problems[2].Message);
        Assert.All(problems, problem => Assert.Equal((7, 9), (problem.Row, problem.Line)));
    }

    [Theory]
    [InlineData("Outcome", " KILLED ", "killed")]
    [InlineData("Additive", "1", true)]
    [InlineData("Additive", "False", false)]
    [InlineData("Note", "  with space\r\n", "with space")]
    [InlineData("Note", "+5 more", "+5 more")]
    [InlineData("Note", "two\r\nlines 😀 عربي", "two\r\nlines 😀 عربي")]
    public void A_cell_is_stored_as_its_column_has_it(string column, string cell, object stored) =>
        Assert.Equal([stored], Values(Staged(Casualty((column, cell))), column));

    [Theory]
    [InlineData("Note", "=cmd()", "formulaLike")]
    [InlineData("Note", " =cmd()", "formulaLike")]
    [InlineData("Note", "\n@sum", "formulaLike")]
    [InlineData("Note", "\tx", "formulaLike")]
    [InlineData("Note", "-x", "formulaLike")]
    [InlineData("Note", "+", "formulaLike")]
    [InlineData("Note", "a\u0007b", "controlCharacter")]
    [InlineData("Note", "a\u0085b", "controlCharacter")]
    [InlineData("Additive", "yes", "notABoolean")]
    [InlineData("Low", "1,000", "notAnInteger")]
    [InlineData("Low", "-1", "tooSmall")]
    [InlineData("Low", "9223372036854775808", "notAnInteger")]
    [InlineData("StartDate", "2022-01-21", "derivedDiffers")]
    [InlineData("CountRule", "exact", "derivedDiffers")]
    [InlineData("Date", "../2022", "startDateRequired")]
    [InlineData("Qualifier", "atLeast", "qualifierContradicts")]
    [InlineData("High", "29", "noteRequired")]
    [InlineData("PlaceId", "a b", "badId")]
    public void A_bad_cell_is_named_by_its_code(string column, string cell, string code)
    {
        var problem = Assert.Single(Problems(Casualty((column, cell))));
        Assert.Equal(code, problem.Code);
    }

    [Theory]
    [InlineData("Latitude", "NaN", "notANumber")]
    [InlineData("Latitude", "1e999", "notANumber")]
    [InlineData("Latitude", "90.5", "tooLarge")]
    [InlineData("Latitude", "36,5", "notANumber")]
    [InlineData("CountryCode", "i1", "badPattern")]
    public void Numbers_and_patterns_are_checked(string column, string cell, string code) =>
        Assert.Equal(code, Assert.Single(Problems(Row(Catalog.Get("Places"), Merge(PlaceCells, (column, cell))))).Code);

    [Fact]
    public void A_code_in_capitals_is_taken_in_any_letter_case_and_its_form_is_shown_by_an_example()
    {
        var places = Catalog.Get("Places");
        Assert.Equal("SY", RowCheck.Check(Row(places, Merge(PlaceCells, ("CountryCode", "sy")))).Row!.Values[places["CountryCode"].Ordinal]);
        Assert.StartsWith("CountryCode must be written as SY is. ISO 3166-1", Assert.Single(Problems(Row(places, Merge(PlaceCells, ("CountryCode", "S1"))))).Message);
    }

    [Fact]
    public void Every_pattern_but_that_of_ids_has_an_example_that_it_takes() =>
        Assert.All(Catalog.All.SelectMany(dataset => dataset.Columns).Where(column => column.Pattern is { } pattern && !pattern.EndsWith("{0,99}", StringComparison.Ordinal)), column =>
            Assert.Matches($"^({column.Pattern})$", column.Example));

    [Fact]
    public void Text_may_have_4000_characters_and_no_more()
    {
        Assert.Empty(RowCheck.Check(Casualty(("Note", new string('x', 4000)))).Problems);
        var problem = Assert.Single(Problems(Casualty(("Note", new string('x', 4001)))));
        Assert.Equal((RowErrorCodes.TooLong, 200), (problem.Code, problem.Value!.Length));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.All(["a\uD800", "\uDC00\uD800", "😀\uDC00"], text =>
            Assert.Equal(RowErrorCodes.LoneSurrogate, Assert.Single(Problems(Casualty(("Note", text)))).Code));

    [Fact]
    public void A_derived_cell_that_differs_is_named_with_both_values()
    {
        var problem = Assert.Single(Problems(Casualty(("EndDate", "2022-01-27"))));
        Assert.Contains("2022-01-27", problem.Message);
        Assert.Contains("2022-01-26", problem.Message);
    }

    [Fact]
    public void A_retraction_needs_its_id_alone()
    {
        var row = Staged(Row(Catalog.Get("Casualties"), new() { ["Id"] = "c-1", ["Outcome"] = "nonsense", ["ChangeReason"] = "Retraction" }, action: " Retract"));
        Assert.Equal((RevisionAction.Retract, "c-1"), (row.Action, row.Id));
        Assert.All(row.Values[1..], Assert.Null);
        Assert.Equal("retraction", RowCheck.ReasonOf(row.Source));
    }

    [Fact]
    public void An_unknown_action_is_an_error() =>
        Assert.Equal(RowErrorCodes.BadAction, Assert.Single(Problems(Casualty() with { Action = "delete" })).Code);

    [Fact]
    public void The_date_of_a_source_is_edtf_too()
    {
        var sources = Catalog.Get("Sources");
        Assert.Empty(RowCheck.Check(Sample(sources)).Problems);
        var problem = Assert.Single(Problems(Row(sources, new() { ["Id"] = "s", ["Title"] = "t", ["Kind"] = "report", ["PublishedOn"] = "May 2022" })));
        Assert.Equal(RowErrorCodes.NotEdtf, problem.Code);
    }

    [Fact]
    public void Every_code_has_one_meaning()
    {
        var declared = typeof(RowErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(declared, RowErrorCodes.Meanings.Select(meaning => meaning.Code));
        Assert.All(RowErrorCodes.Meanings, meaning => Assert.EndsWith(".", meaning.Meaning));
    }

    [Fact]
    public void Any_cells_give_a_row_or_problems() =>
        Gen.Select(Gen.Int[0, Catalog.All.Count - 1], Gen.OneOf(Gen.String, Gen.OneOf("", "x", "30", "true", "2021", "2022-01-20", "killed", "about 50", "exact")).Array[64])
            .Sample((index, texts) =>
            {
                var dataset = Catalog.All[index];
                var (row, problems) = RowCheck.Check(new() { Dataset = dataset, Row = 1, Line = 2, Cells = [.. texts.Take(dataset.Columns.Count)], Present = ulong.MaxValue });
                Assert.Equal(row is null, problems.Count > 0);
                var codes = RowErrorCodes.Meanings.Select(meaning => meaning.Code).ToHashSet();
                Assert.All(problems, problem => Assert.Contains(problem.Code, codes));
            }, iter: 2_000);

    private static readonly Dictionary<string, string?> PlaceCells = new() { ["Id"] = "p", ["Name"] = "Raqqa", ["Kind"] = "city", ["PlacePrecision"] = "1", ["Latitude"] = "35.95" };

    private static readonly Dictionary<string, string?> CasualtyCells = new()
    {
        ["Id"] = "c-1", ["PlaceId"] = "hasaka", ["Date"] = "2022-01-20/2022-01-26", ["VictimType"] = "civilian", ["Outcome"] = "Killed",
        ["CountText"] = "more than 30 civilians", ["ClaimantId"] = "sdf", ["SourceId"] = "brief", ["SourceLocator"] = "p. 2", ["Grade"] = "fair",
    };

    private static Dictionary<string, string?> Merge(Dictionary<string, string?> cells, params (string Column, string Cell)[] changes)
    {
        var merged = new Dictionary<string, string?>(cells);
        foreach (var (column, cell) in changes)
        {
            merged[column] = cell;
        }

        return merged;
    }

    private static IncomingRow Casualty(params (string Column, string Cell)[] changes) => Row(Catalog.Get("Casualties"), Merge(CasualtyCells, changes));

    /// <summary>A row that fills every given column which can be filled at will, and the count by words.</summary>
    private static IncomingRow Sample(Dataset dataset) => Row(dataset, dataset.Columns
        .Where(column => column.Role == ColumnRole.Given && column.Name is not ("Low" or "Best" or "High" or "Qualifier"))
        .ToDictionary(column => column.Name, string? (column) => column switch
        {
            { Name: "Date" or "PublishedOn" } => "2021-09~",
            { Name: "CountText" } => "around 50",
            { Name: "CountryCode" } => "SY",
            { Allowed: [var first, ..] } => first,
            { Type: ColumnType.Boolean } => "true",
            { Type: ColumnType.Date } => "2022-05-01",
            { Type: ColumnType.Integer or ColumnType.Number } => "2",
            _ => "x1",
        }));

    private static IncomingRow Row(Dataset dataset, Dictionary<string, string?> cells, string? action = null)
    {
        var texts = new string?[dataset.Columns.Count];
        foreach (var (name, cell) in cells)
        {
            texts[dataset[name].Ordinal] = cell;
        }

        return new() { Dataset = dataset, Row = 7, Line = 9, Cells = texts, Present = ulong.MaxValue, Action = action };
    }

    private static StagedRow Staged(IncomingRow row)
    {
        var (staged, problems) = RowCheck.Check(row);
        Assert.Empty(problems);
        return staged!;
    }

    private static IReadOnlyList<RowProblem> Problems(IncomingRow row)
    {
        var (staged, problems) = RowCheck.Check(row);
        Assert.Null(staged);
        return problems;
    }

    private static object?[] Values(StagedRow row, params string[] columns) => [.. columns.Select(column => row.Values[row.Source.Dataset[column].Ordinal])];

    private static string? Text(object? value) => value switch
    {
        DateOnly date => date.ToString("yyyy-MM-dd"),
        _ => value?.ToString(),
    };
}
