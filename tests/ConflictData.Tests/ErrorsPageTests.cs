using ConflictData.Api;

namespace ConflictData.Tests;

public sealed class ErrorsPageTests
{
    [Fact]
    public void The_page_has_one_row_a_code_with_its_status_and_title()
    {
        var rows = Repository.Read("src", "ConflictData", "Api", "ERRORS.md").Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Trim('`'), cells[2], cells[3]));
        Assert.Equal(ErrorCode.All.Select(code => (code.Name, $"{code.Status}", code.Title)), rows);
    }

    [Fact]
    public void The_list_has_every_code_that_is_declared() =>
        Assert.Equal(
            typeof(ErrorCode).GetFields().Where(field => field.FieldType == typeof(ErrorCode)).Select(field => field.GetValue(null)),
            ErrorCode.All);
}
