using System.Xml.Linq;
using ConflictFunctions.Tests.Running;
using PowerBI.Tests.Model.Dax;
using PowerBI.Tests.Model.Evaluation;
using PowerBI.Tests.Model.M;
using PowerBI.Tests.Model.Rules;
using PowerBI.Tests.Model.Tmdl;

namespace PowerBI.Tests.Model;

/// <summary>Each check fails for what it is there to find: one fault at a time is put into a copy of the model.</summary>
[Collection(nameof(SampleModel))]
public sealed class PlantedFaultTests(RunningApp app, SampleModel sample)
{
    [Theory]
    [InlineData("tables/Date.tmdl", "\tcolumn Year\n\t\tdataType: int64", "\tcolumn Year\n\t\tdatatype: int64", "has no property datatype")]
    [InlineData("tables/Date.tmdl", "dataType: int64", "dataType: integer", "dataType cannot be integer")]
    [InlineData("tables/Date.tmdl", "\tcolumn Year", "    column Year", "indented by tabs")]
    [InlineData("tables/Date.tmdl", "\t/// The year.", "\t// The year.", "no comments")]
    [InlineData("tables/Date.tmdl", "\tcolumn Year", "\tcolum Year", "Not understood")]
    [InlineData("tables/Date.tmdl", "\t\tisKey\n", "\t\tisKey: yes\n", "isKey takes no value")]
    [InlineData("tables/Date.tmdl", "\tcolumn Year", "\t\t\t\t\tcolumn Year", "too deep")]
    [InlineData("tables/Date.tmdl", "\tdataCategory: Time\n", "\tdataCategory: Time\n\tdataCategory: Time\n", "given twice")]
    [InlineData("tables/Casualties.tmdl", "\tmeasure Killed =", "\tmeasure Killed :", "Not understood")]
    [InlineData("tables/Zone date.tmdl", "table 'Zone date'", "table Zone date", "Not understood")]
    [InlineData("relationships.tmdl", "\tfromColumn: Casualties.StartDate", "\tfromcolumn: Casualties.StartDate", "has no property fromcolumn")]
    public void What_Power_BI_would_not_open_is_not_read(string file, string from, string to, string finding) =>
        Assert.Contains(finding, Assert.Throws<TmdlException>(() => Faulty(file, from, to)).Message);

    [Theory]
    [InlineData("tables/Date.tmdl", "sortByColumn: MonthStart", "sortByColumn: MonthBegin", "'Date'[Month] is sorted by MonthBegin")]
    [InlineData("tables/Date.tmdl", "\t\t\tcolumn: Quarter", "\t\t\tcolumn: Quarters", "The level Quarter of Calendar")]
    [InlineData("relationships.tmdl", "toColumn: Date.Date", "toColumn: Date.Day", "Casualties_Date is between columns")]
    [InlineData("relationships.tmdl", "toColumn: Date.Date", "toColumn: Date.MonthStart", "which is no key")]
    [InlineData("relationships.tmdl", "toColumn: Date.Date\n", "toColumn: Date.Date\n\tcrossFilteringBehavior: bothDirections\n", "in one direction")]
    [InlineData("relationships.tmdl", "relationship Casualties_Date\n\tfromColumn: Casualties.StartDate", "relationship Casualties_Month2\n\tfromColumn: Casualties.ReportedOn\n\ttoColumn: Date.Date\n\nrelationship Casualties_Date\n\tfromColumn: Casualties.StartDate", "only one can be active")]
    [InlineData("model.tmdl", "ref table Zone\n", "ref table Zones\n", "refers to Zones")]
    [InlineData("model.tmdl", "ref table Zone\n", "", "does not refer to Zone")]
    [InlineData("tables/Arrests.tmdl", "measure Escaped", "measure killed", "There are 2 of the name measure")]
    [InlineData("tables/Party.tmdl", "column Abbreviation", "column Kind", "There are 2 of the name Kind in Party")]
    public void What_leads_nowhere_is_found(string file, string from, string to, string finding) =>
        Assert.Contains(References.Run(Faulty(file, from, to)), found => found.Contains(finding, StringComparison.Ordinal));

    [Theory]
    [InlineData("[Killed], \"no claim counts\")", "[Killed], \"no claim counts\"", "is missing before the end")]
    [InlineData("CALCULATE([Casualties total], Casualties[Outcome] = \"killed\")", "CALCULATE([Casualties sum], Casualties[Outcome] = \"killed\")", "There is no measure [Casualties sum]")]
    [InlineData("SUM(Casualties[Low])", "SUM(Casualties[Lowest])", "There is no column Casualties[Lowest]")]
    [InlineData("SUM(Casualties[Low])", "SUM([Low])", "DAX_COLUMNS_FULLY_QUALIFIED")]
    [InlineData("ISBLANK([Casualties high])", "ISBLANK(Casualties[Casualties high])", "DAX_MEASURES_UNQUALIFIED")]
    [InlineData("HighBound - LowBound", "HighBound / LowBound", "USE_THE_DIVIDE_FUNCTION_FOR_DIVISION")]
    [InlineData("VAR ChosenOutcome =", "VAR Event =", "No variable can have the name Event")]
    [InlineData("VAR PointText =", "VAR Pointtxt =", "is not used")]
    [InlineData("COUNTROWS(Casualties),", "COUNTROW(Casualties),", "COUNTROW is not known")]
    [InlineData("COUNTROWS(Casualties),", "COUNTROWS(Casualty),", "no variable or table Casualty")]
    [InlineData("CALCULATE([Casualties low], Casualties[Outcome] = \"killed\")", "CALCULATE([Casualties low], [Casualty records] > 1)", "A condition of CALCULATE")]
    [InlineData("measure 'Casualty records' = COUNTROWS(Casualties)", "measure 'Casualty records' = CALCULATE([Casualty records])", "is made of itself")]
    public void A_measure_that_would_be_marked_as_an_error_is_found(string from, string to, string finding) =>
        Assert.Contains(DaxChecks.Run(Faulty("tables/Casualties.tmdl", from, to)), found => found.Contains(finding, StringComparison.Ordinal));

    [Theory]
    [InlineData("tables/Casualties.tmdl", "\t\tsourceColumn: VictimType\n", "", "DATA_COLUMNS_MUST_HAVE_A_SOURCE_COLUMN")]
    [InlineData("tables/Date.tmdl", "\tcolumn Date\n\t\tdataType: dateTime", "\tcolumn Date\n\t\tdataType: string", "RELATIONSHIP_COLUMNS_SAME_DATA_TYPE")]
    [InlineData("tables/Casualties.tmdl", "\tcolumn PlaceId\n\t\tdataType: string\n\t\tisHidden\n", "\tcolumn PlaceId\n\t\tdataType: string\n", "HIDE_FOREIGN_KEYS")]
    [InlineData("tables/Zone.tmdl", "\t\tisKey\n", "", "MARK_PRIMARY_KEYS")]
    [InlineData("tables/Casualties.tmdl", "\tcolumn Low\n\t\tdataType: int64\n\t\tisHidden\n", "\tcolumn Low\n\t\tdataType: int64\n", "HIDE_FACT_TABLE_COLUMNS")]
    [InlineData("tables/Casualties.tmdl", "\tmeasure 'Casualty records' = COUNTROWS(Casualties)\n\t\tformatString: #,##0\n", "\tmeasure 'Casualty records' = COUNTROWS(Casualties)\n", "PROVIDE_FORMAT_STRING_FOR_MEASURES")]
    [InlineData("tables/Casualties.tmdl", "\t\tsummarizeBy: none\n\t\tsourceColumn: Low\n", "\t\tsummarizeBy: sum\n\t\tsourceColumn: Low\n", "NUMERIC_COLUMN_SUMMARIZE_BY")]
    [InlineData("tables/Date.tmdl", "\tdataCategory: Time\n", "", "DATE/CALENDAR_TABLES_SHOULD_BE_MARKED_AS_A_DATE_TABLE")]
    [InlineData("model.tmdl", "__PBI_TimeIntelligenceEnabled = 0", "__PBI_TimeIntelligenceEnabled = 1", "REMOVE_AUTO-DATE_TABLE")]
    [InlineData("tables/Date.tmdl", "\t\tsortByColumn: MonthStart\n", "", "MONTH_(AS_A_STRING)_MUST_BE_SORTED")]
    [InlineData("tables/Casualties.tmdl", "Casualties[Outcome] = \"injured\"", "Casualties[Outcome] = \"killed\"", "AVOID_DUPLICATE_MEASURES")]
    [InlineData("relationships.tmdl", "relationship TotalsByTag_Month\n\tfromColumn: TotalsByTag.MonthKey\n\ttoColumn: Month.Month\n", "", "ENSURE_TABLES_HAVE_RELATIONSHIPS")]
    [InlineData("tables/Date.tmdl", "\t/// The year.\n", "", "OBJECTS_WITH_NO_DESCRIPTION: column Year")]
    [InlineData("tables/Date.tmdl", "partition Date = m", "partition Days = m", "PARTITION_NAME_SHOULD_MATCH")]
    [InlineData("tables/Casualties.tmdl", "\tcolumn Best\n\t\tdataType: int64", "\tcolumn Best\n\t\tdataType: double", "AVOID_FLOATING_POINT_DATA_TYPES")]
    [InlineData("model.tmdl", "\tdiscourageImplicitMeasures\n", "", "DISCOURAGE_IMPLICIT_MEASURES")]
    [InlineData("tables/Date.tmdl", "\t\tisKey\n", "", "MODEL_SHOULD_HAVE_A_DATE_TABLE")]
    [InlineData("tables/Casualties.tmdl", "\t\tisAvailableInMdx: false\n", "", "ISAVAILABLEINMDX_FALSE_NONATTRIBUTE_COLUMNS")]
    [InlineData("tables/TotalsByTag.tmdl", "VAR AboutSum = [Tag about]", "VAR AboutSum = [Tag low]", "UNNECESSARY_MEASURES: Tag about")]
    [InlineData("tables/TotalsByTag.tmdl", "SUM(TotalsByTag[Unnumbered])", "SUM(TotalsByTag[Low])", "UNNECESSARY_COLUMNS: 'TotalsByTag'[Unnumbered]")]
    [InlineData("tables/Date.tmdl", "\t\tformatString: 0\n", "", "NUMBERS_AND_DATES_HAVE_A_FORMAT")]
    public void What_breaks_a_rule_of_best_practice_is_found(string file, string from, string to, string finding) =>
        Assert.Contains(BestPractice.Run(Faulty(file, from, to)), found => found.StartsWith(finding, StringComparison.Ordinal));

    [Theory]
    [InlineData("tables/Event.tmdl", "ApiKeyName = \"code\"", "Headers = [#\"x-api-key\" = \"k\"]", "not opened as the others")]
    [InlineData("tables/Event.tmdl", "& Release &", "& \"latest\" &", "not opened as the others")]
    [InlineData("tables/Zone date.tmdl", "List.Min(Known, #date(2022, 1, 1))", "List.Min(Known, DataSpan[First])", "refers to DataSpan")]
    [InlineData("tables/Event.tmdl", "Rows = Source", "Other = #\"Cited source\", Rows = Source", "refers to Cited source")]
    [InlineData("tables/Releases.tmdl", "table Releases\n", "table Release\n", "2 queries of the name Release")]
    [InlineData("expressions.tmdl", "expression Release = \"daily\" meta [IsParameterQuery = true,", "expression Release = \"daily\" meta [IsParameterQuery = true, List = {},", "A parameter is a text")]
    [InlineData("expressions.tmdl", "expression BaseUrl =", "expression BaseAddress =", "no parameter BaseUrl")]
    public void A_query_that_a_refresh_in_the_service_would_refuse_is_found(string file, string from, string to, string finding) =>
        Assert.Contains(MChecks.Run(Faulty(file, from, to)), found => found.Contains(finding, StringComparison.Ordinal));

    [Theory]
    [InlineData("tables/Event.tmdl", "{[Name = \"Events\"", "{{Name = \"Events\"", "Event: ")]
    [InlineData("tables/Event.tmdl", "Table.SelectColumns(Rows", "Table.SelectColumns(Row", "Event: Cannot find the name 'Row'")]
    [InlineData("tables/Releases.tmdl", "DateTimeZone.ToUtc(", "DateTimeZone.ToUTC(", "Releases: Cannot find the name 'DateTimeZone.ToUTC'")]
    [InlineData("tables/Casualties.tmdl", "each MonthKey([Month])", "each MonthKeys([Month])", "Casualties: Cannot find the name 'MonthKeys'")]
    [InlineData("tables/Month.tmdl", "Date.Day(_) = 1", "Date.Day() = 1", "Month: Expected between 1-1 arguments, but 0")]
    public async Task What_Power_Query_would_not_read_is_found(string file, string from, string to, string finding)
    {
        var found = (await MChecks.Parse(Faulty(file, from, to))).ToList();
        Assert.Contains(found, message => message.StartsWith(finding, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tables/Event.tmdl", "\"Kind\", \"Date\"", "\"EventKind\", \"Date\"", "Events has no column EventKind")]
    [InlineData("tables/Event.tmdl", "Name = \"Events\"", "Name = \"Event\"", "Event has no column Id")]
    [InlineData("tables/Event.tmdl", "sourceColumn: Kind", "sourceColumn: EventKind", "EventKind is not there")]
    [InlineData("tables/Place.tmdl", "\tcolumn PlacePrecision\n\t\tdataType: int64", "\tcolumn PlacePrecision\n\t\tdataType: string", "PlacePrecision is string, but PlacePrecision is int64")]
    [InlineData("tables/Event.tmdl", "\"Description\"})", "\"Description\", \"PlaceId\"})", "Event: PlaceId is loaded and is no column")]
    [InlineData("tables/Casualties.tmdl", "Table.RemoveColumns(WithClaim, {\"Month\"})", "Table.RemoveColumns(WithClaim, {\"Note\"})", "Casualties: Month is loaded and is no column")]
    [InlineData("tables/ZoneMemberships.tmdl", "Table.TransformColumns(Columns, List.Transform(Criteria, each {_, CriterionText, type text}))", "Columns", "Recruitment is string, but Recruitment is boolean")]
    [InlineData("tables/TotalsByTag.tmdl", "{\"Month\"})", "{\"Month\", \"Release\"})", "Release is int64, but Release is not there")]
    [InlineData("tables/Grade.tmdl", "Meaning = text", "Meaning = Int64.Type", "Meaning is string, but Meaning is int64")]
    public async Task A_column_that_the_feed_does_not_give_is_found(string file, string from, string to, string finding)
    {
        var metadata = XDocument.Parse(await app.Anonymous.GetStringAsync("releases/1/odata/$metadata", TestContext.Current.CancellationToken));
        Assert.Contains(SourceChecks.Run(Faulty(file, from, to), metadata), found => found.Contains(finding, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Killed", "922+", "CALCULATE(SUM(Casualties[Low]), KEEPFILTERS(Casualties[Additive] = TRUE()))", "SUM(Casualties[Low])")]
    [InlineData("Killed", "922+", "ISBLANK(HighBound), FORMAT(LowBound, \"0\") & \"+\"", "ISBLANK(HighBound), FORMAT(LowBound, \"0\")")]
    [InlineData("Killed", "922+", "&& ISBLANK(OpenRecords)", "&& NOT ISBLANK(OpenRecords)")]
    [InlineData("Killed", "922+", "Casualties[Outcome] = \"killed\"", "Casualties[Outcome] = \"injured\"")]
    [InlineData("Casualties total", null, "ALLEXCEPT(Casualties, Casualties[Outcome]))\n\t\tisHidden", "REMOVEFILTERS(Party)) - 3\n\t\tisHidden")]
    [InlineData("Casualties without upper bound", "0.25", "KEEPFILTERS(Casualties[Additive] = TRUE()), KEEPFILTERS(ISBLANK(Casualties[High]))", "KEEPFILTERS(ISBLANK(Casualties[High]))")]
    public void A_measure_that_counts_otherwise_gives_another_value(string measure, string? right, string from, string to)
    {
        Assert.Equal(right, Shown(sample.All, measure));
        Assert.NotEqual(right, Shown(sample.With(Faulty("tables/Casualties.tmdl", from, to)), measure));
    }

    private static string? Shown(FilterContext context, string measure) => DaxEvaluator.Measure(context, measure) is { } value ? FormattableString.Invariant($"{value:0.##}") : null;

    private static SemanticModel Faulty(string file, string from, string to)
    {
        var files = new Dictionary<string, string>(ModelFiles.Model.Files);
        var at = files[file].IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no place for the fault: {from}");
        files[file] = string.Concat(files[file].AsSpan(0, at), to, files[file].AsSpan(at + from.Length));
        return new(files);
    }
}
