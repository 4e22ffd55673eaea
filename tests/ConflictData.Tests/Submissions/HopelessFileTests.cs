using System.Text;
using ConflictData.Datasets;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

/// <summary>Files that would cost far more to read than to send are left as soon as that shows.</summary>
public sealed class HopelessFileTests
{
    private const int Many = 3 * SubmissionLimits.UnreadableRows;

    [Theory]
    [InlineData(RowFormat.Csv, "Id,Action\n", "a\n", "")]
    [InlineData(RowFormat.Json, "[null", ",null", "]")]
    [InlineData(RowFormat.NdJson, "", "null\n", "")]
    public void Of_very_many_rows_that_cannot_be_read_the_last_are_not_looked_at(RowFormat format, string first, string row, string last)
    {
        var problems = Read(format, first + string.Concat(Enumerable.Repeat(row, Many)) + last);

        Assert.Equal(SubmissionLimits.UnreadableRows + 1, problems.Count);
    }

    [Fact]
    public void A_record_without_an_end_is_not_looked_for_to_the_end_of_the_file()
    {
        var problems = Read(RowFormat.Csv, "Id,Action\na,retract\n\"" + string.Concat(Enumerable.Repeat("\",\"\n", SubmissionLimits.RecordBytes)));

        var problem = Assert.Single(problems.Kept);
        Assert.Equal((RowErrorCodes.UnreadableFile, 2, 3), (problem.Code, problem.Row, problem.Line));
        Assert.Contains("longer than 4 MB", problem.Message);
    }

    [Fact]
    public void A_first_record_without_an_end_is_no_empty_file()
    {
        var problem = Assert.Single(Read(RowFormat.Csv, "\"" + new string('\n', 3 * SubmissionLimits.RecordBytes)).Kept);

        Assert.Equal((RowErrorCodes.UnreadableFile, 1), (problem.Code, problem.Line));
        Assert.Contains("longer than 4 MB", problem.Message);
    }

    [Theory]
    [InlineData("""[{"Id":"a","Name":"{0}"}]""", RowErrorCodes.UnreadableRow, "Name")]
    [InlineData("""[{"Id":"a","Latitude":{1}}]""", RowErrorCodes.UnreadableRow, "Latitude")]
    [InlineData("""[{"{0}":"a"}]""", RowErrorCodes.UnknownColumn, "(a name of 70000 bytes)")]
    public void A_value_or_a_name_of_any_length_is_refused_by_its_length(string text, string code, string column)
    {
        var problem = Assert.Single(Read(RowFormat.Json, text.Replace("{0}", new('a', 70_000)).Replace("{1}", new('1', 70_000))).Kept);

        Assert.Equal((code, column), (problem.Code, problem.Column));
    }

    [Fact]
    public void Lines_are_counted_over_blank_ones()
    {
        var problem = Assert.Single(Read(RowFormat.NdJson, "\n \t\r\n\n  {\"Id\":\"a\",\"Name\":\"b\",\"Kind\":\"city\"}\n\n\n   nul\n \n").Kept);

        Assert.Equal((2, 7), (problem.Row, problem.Line));
        Assert.Contains("At character", problem.Message);
    }

    private static ProblemList Read(RowFormat format, string text)
    {
        var problems = new ProblemList();
        foreach (var _ in RowReader.Read(new(Catalog.Get("Places"), format, Encoding.UTF8.GetBytes(text)), problems))
        {
            // Only what is refused counts here.
        }

        return problems;
    }
}
