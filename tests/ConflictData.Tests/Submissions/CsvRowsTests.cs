using System.Text;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

public sealed class CsvRowsTests
{
    private const string Header = "Id,Name,Kind,SourceId\n";

    [Fact]
    public void A_header_may_come_in_any_order_and_letter_case()
    {
        var read = Reading.Csv("KIND,sourceid,Id,naMe\nhot,s-1,z-1,Badia\n");

        Assert.Empty(read.Problems);
        Assert.Equal(("z-1", "Badia", "hot", "s-1"), (read[0, "Id"], read[0, "Name"], read[0, "Kind"], read[0, "SourceId"]));
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void The_separator_is_found_in_the_header(char separator)
    {
        var read = Reading.Csv($"Id,Name,Kind,SourceId\r\nz-1,\"a{separator}b\",hot,s-1\r\n".Replace(',', separator));

        Assert.Empty(read.Problems);
        Assert.Equal($"a{separator}b", read[0, "Name"]);
    }

    [Fact]
    public void Line_numbers_are_those_of_an_editor()
    {
        var read = Reading.Csv(""""
            Id,Name,Kind,SourceId,Description

            z-1,One,hot,s-1,"two
            lines, and a ""quote"""
            z-2,Two,hot,s-1,

            z-3,Three,hot,s-1,last
            """");

        Assert.Empty(read.Problems);
        Assert.Equal([(1, 3), (2, 5), (3, 7)], read.Rows.Select(row => (row.Row, row.Line)));
        Assert.Equal("two\nlines, and a \"quote\"", read[0, "Description"]?.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(RowFormat.Csv, "Id,Name,Kind,SourceId\nz-1,a,hot,s-1")]
    [InlineData(RowFormat.Csv, "\"Id\";Name;Kind;SourceId\r\nz-1;a;hot;s-1\r\n")]
    [InlineData(RowFormat.Json, "[{\"Id\": \"z-1\"}]")]
    [InlineData(RowFormat.NdJson, "{\"Id\": \"z-1\"}\n")]
    public void A_byte_order_mark_is_no_part_of_the_text(RowFormat format, string text)
    {
        var read = Reading.Of(format, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]);

        Assert.Empty(read.Problems);
        Assert.Equal(("z-1", 1), (read[0, "Id"], read.Rows[0].Row));
    }

    [Fact]
    public void A_file_of_nothing_but_byte_order_marks_is_a_problem() =>
        Assert.NotEmpty(Reading.Of(RowFormat.Csv, [.. Enumerable.Repeat<byte[]>([0xEF, 0xBB, 0xBF], 1_000_000).SelectMany(mark => mark)]).Problems);

    [Fact]
    public void What_is_not_UTF8_is_named_with_its_line()
    {
        var problem = Reading.Of(RowFormat.Csv, [.. Encoding.UTF8.GetBytes(Header + "z-1,Ḥajīn,hot,s-1\nz-2,"), 0xE9, .. "t,hot,s-1"u8]).Problem;

        Assert.Equal((RowErrorCodes.UnreadableFile, 3), (problem.Code, problem.Line));
    }

    [Fact]
    public void UTF16_is_named_as_such() =>
        Assert.Contains("UTF-16", Reading.Of(RowFormat.Csv, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Header)]).Problem.Message);

    [Fact]
    public void UTF16_without_a_mark_is_named_as_such_too() =>
        Assert.All([Encoding.Unicode, Encoding.BigEndianUnicode], encoding => Assert.Contains("UTF-16", Reading.Of(RowFormat.Csv, encoding.GetBytes(Header)).Problem.Message));

    [Fact]
    public void A_row_of_another_width_is_named_by_its_id()
    {
        var problem = Reading.Csv(Header + "z-1,a, b,hot,s-1\n").Problem;

        Assert.StartsWith("The row of z-1 has 5 cells, the header 4. Put a value that holds the separator", problem.Message);
        Assert.Equal("z-1", problem.Value);
    }

    [Fact]
    public void A_column_of_a_view_is_said_to_be_one()
    {
        var problem = Reading.Csv("Id,PlaceId,Date,Outcome,ClaimantId,SourceId,SourceLocator,Grade,PlacePath\n", "Arrests").Problem;

        Assert.Contains("one of the view ArrestsWide", problem.Message);
    }

    [Fact]
    public void A_misspelt_column_is_answered_with_the_one_that_was_meant()
    {
        var read = Reading.Csv("Id,Name,Kind,SourceId,Descripton\nz-1,a,hot,s-1,x\n");

        Assert.Equal(new RowProblem("Zones", 0, 1, "Descripton", RowErrorCodes.UnknownColumn, "Descripton: did you mean Description?", null), read.Problem);
        Assert.Single(read.Rows);
    }

    [Fact]
    public void Missing_and_doubled_columns_are_all_named_and_no_row_is_read()
    {
        var read = Reading.Csv("Id,PlacId,Name,name\nz-1,a,b,c\n");

        Assert.Empty(read.Rows);
        Assert.Equal(
            [(RowErrorCodes.UnknownColumn, "PlacId"), (RowErrorCodes.DuplicateColumn, "name"), (RowErrorCodes.MissingColumn, "Kind")],
            read.Problems.Select(problem => (problem.Code, problem.Column)));
    }

    [Fact]
    public void A_first_line_with_very_many_cells_is_no_header() =>
        Assert.Contains("501 cells", Reading.Csv(string.Join(',', Enumerable.Range(0, 501).Select(n => $"c{n}")) + "\n").Problem.Message);

    [Fact]
    public void A_column_without_a_name_is_said_to_have_none() =>
        Assert.StartsWith("A column has no name", Reading.Csv("Id,Name,Kind,SourceId,\nz-1,a,hot,s-1,\n").Problem.Message);

    [Fact]
    public void A_file_that_retracts_needs_only_ids_and_actions()
    {
        var read = Reading.Csv("Id,Action\nz-1,retract\n");

        Assert.Empty(read.Problems);
        Assert.Equal(("retract", 1UL), (read.Rows[0].Action, read.Rows[0].Present));
    }

    [Theory]
    [InlineData("z-2,short\n")]
    [InlineData("z-2,a,hot,s-1,more\n")]
    [InlineData("z-2,a \"b\" c,hot,s-1\n")]
    [InlineData("z-2,\"a\" b,hot,s-1\n")]
    public void A_row_that_does_not_fit_is_named_and_the_others_are_read(string row)
    {
        var read = Reading.Csv(Header + "z-1,a,hot,s-1\n" + row + "z-3,a,hot,s-1\n");

        Assert.Equal((RowErrorCodes.UnreadableRow, 2, 3), (read.Problem.Code, read.Problem.Row, read.Problem.Line));
        Assert.Equal([1, 3], read.Rows.Select(one => one.Row));
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_named_at_its_row() =>
        Assert.Equal((RowErrorCodes.UnreadableRow, 3), Reading.Csv(Header + "z-1,a,hot,s-1\nz-2,\"a,hot,s-1\nz-3,a,hot,s-1\n") is var read
            ? (read.Problem.Code, read.Problem.Line) : default);

    [Fact]
    public void A_header_alone_is_no_rows_and_no_problem() => Assert.Empty(Reading.Csv(Header) is var read ? read.Problems.Concat<object>(read.Rows) : []);

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    public void An_empty_file_is_a_problem(string text) => Assert.Equal(RowErrorCodes.UnreadableFile, Reading.Csv(text).Problem.Code);
}
