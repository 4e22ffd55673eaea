using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

public sealed class JsonPayloadTests
{
    [Fact]
    public void An_array_gives_rows_with_their_lines_and_numbers_as_text()
    {
        var read = Reading.Json("""
            [
              {"id": "p-1", "Latitude": 36.50, "AdminLevel": 12345678901234567890, "Name": "al-\u1e24asaka"},

              {
                "Id": "p-2", "Latitude": null,
                "Action": "retract"
              }
            ]
            """, "Places");

        Assert.Empty(read.Problems);
        Assert.Equal([(1, 2), (2, 4)], read.Rows.Select(row => (row.Row, row.Line)));
        Assert.Equal(("36.50", "12345678901234567890", "al-Ḥasaka"), (read[0, "Latitude"], read[0, "AdminLevel"], read[0, "Name"]));
        Assert.Equal(("retract", null), (read.Rows[1].Action, read[1, "Latitude"]));
        Assert.True(read.Rows[1].Has(read.Rows[1].Dataset["Latitude"]));
        Assert.False(read.Rows[1].Has(read.Rows[1].Dataset["Name"]));
    }

    [Fact]
    public void Lines_give_rows_and_a_bad_line_does_not_hide_the_next()
    {
        var read = Reading.NdJson("""
            {"Id": "z-1"}

            {"Id": "z-2"
            {"Id": "z-3"} {"Id": "z-4"}
            {"Id": "z-5"}
            """);

        Assert.Equal([(2, 3), (3, 4)], read.Problems.Select(problem => (problem.Row, problem.Line)));
        Assert.All(read.Problems, problem => Assert.Equal(RowErrorCodes.UnreadableRow, problem.Code));
        Assert.StartsWith("At character 15 of the line", read.Problems[1].Message);
        Assert.Equal([("z-1", 1), ("z-5", 5)], read.Rows.Select(row => (row.Cells[0], row.Line)));
    }

    [Fact]
    public void A_syntax_error_is_named_with_line_and_position()
    {
        var read = Reading.Json("[\n{\"Id\": \"z-1\"},\n{\"Id\": nope}]");

        Assert.Single(read.Rows);
        Assert.Equal((RowErrorCodes.UnreadableRow, 2, 3), (read.Problem.Code, read.Problem.Row, read.Problem.Line));
        Assert.StartsWith("At character 9 of the line", read.Problem.Message);
    }

    [Theory]
    [InlineData("{\"Id\": \"z-1\", \"Name\": {\"ar\": \"x\"}}", RowErrorCodes.UnreadableRow, "Name")]
    [InlineData("{\"Id\": \"z-1\", \"Name\": [[1], 2]}", RowErrorCodes.UnreadableRow, "Name")]
    [InlineData("{\"Id\": \"z-1\", \"id\": \"z-1\"}", RowErrorCodes.DuplicateColumn, "Id")]
    [InlineData("{\"Id\": \"z-1\", \"Nmae\": \"x\"}", RowErrorCodes.UnknownColumn, "Nmae")]
    [InlineData("{\"Id\": \"z-1\", \"Name\": \"\\ud800\"}", RowErrorCodes.LoneSurrogate, "Name")]
    [InlineData("17", RowErrorCodes.UnreadableRow, null)]
    [InlineData("[{\"Id\": \"z-1\"}]", RowErrorCodes.UnreadableRow, null)]
    public void An_object_that_is_no_row_is_named_and_left_out(string text, string code, string? column)
    {
        foreach (var read in new[] { Reading.NdJson(text), Reading.Json($"[{text}]") })
        {
            Assert.Equal((code, column), (read.Problem.Code, read.Problem.Column));
            Assert.Empty(read.Rows);
        }
    }

    [Fact]
    public void An_object_with_very_many_properties_is_named_and_the_next_one_is_read()
    {
        var read = Reading.NdJson($"{{{string.Join(", ", Enumerable.Range(0, 2000).Select(n => $"\"c{n}\": [{n}]"))}}}\n{{\"Id\": \"z-1\"}}\n");

        Assert.Equal((RowErrorCodes.UnreadableRow, 1), (read.Problems[^1].Code, read.Problems[^1].Row));
        Assert.Contains("more than 500", read.Problems[^1].Message);
        Assert.Equal("z-1", Assert.Single(read.Rows).Cells[0]);
    }

    [Fact]
    public void Of_very_many_unknown_names_the_first_are_reported()
    {
        var read = Reading.NdJson(string.Concat(Enumerable.Range(0, 1100).Select(n => $"{{\"Id\": \"z\", \"unknown-{n}\": 1}}\n")));

        Assert.Equal(SubmissionLimits.ReportedProblems, read.Problems.Count);
        Assert.Empty(read.Rows);
    }

    [Fact]
    public void A_property_that_comes_twice_is_named() =>
        Assert.StartsWith("The object has Name twice", Reading.NdJson("{\"Name\": \"a\", \"name\": \"b\"}").Problem.Message);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\n")]
    public void No_lines_at_all_are_an_empty_file_and_no_empty_dataset(string text)
    {
        var problem = Reading.NdJson(text).Problem;
        Assert.Equal((RowErrorCodes.UnreadableFile, 0, 1), (problem.Code, problem.Row, problem.Line));
    }

    [Fact]
    public void A_body_that_is_no_array_is_a_problem() => Assert.Contains("array", Reading.Json("{\"Id\": \"z-1\"}").Problem.Message);

    [Fact]
    public void What_follows_the_array_is_a_problem() => Assert.Equal(RowErrorCodes.UnreadableRow, Reading.Json("[]\n[]").Problem.Code);

    [Fact]
    public void An_empty_array_is_no_rows() => Assert.Empty(Reading.Json(" [ ] ") is var read ? read.Problems.Concat<object>(read.Rows) : []);
}
