using System.Runtime.CompilerServices;
using System.Text;
using ConflictData.Datasets;
using ConflictData.Datasets.Counts;

namespace ConflictData.Tests.Datasets;

public sealed class ReferencePageTests
{
    private static string Page => Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../src/ConflictData/Datasets/README.md");

    [Fact]
    public async Task The_page_says_what_the_schemas_say()
    {
        var written = Encoding.UTF8.GetBytes(ReferencePage.Write());
        if (Golden.Overwrite)
        {
            await File.WriteAllBytesAsync(Page, written, TestContext.Current.CancellationToken);
        }

        Assert.Equal(written, await File.ReadAllBytesAsync(Page, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_lever_that_overwrites_is_off_in_continuous_integration() =>
        Assert.False(Golden.Overwrite && Environment.GetEnvironmentVariable("CI") == "true", "UPDATE_GOLDEN is set.");

    [Fact]
    public void The_page_has_every_counting_rule_and_qualifier()
    {
        var page = ReferencePage.Write();
        var words = new[] { typeof(CountRule), typeof(Qualifier) }.SelectMany(type => type.GetFields()).Select(field => (string)field.GetRawConstantValue()!);
        Assert.All(words, word => Assert.Contains($"| `{word}` |", page));
    }

    [Fact]
    public void Qualifiers_are_the_closed_list_of_the_schemas() =>
        Assert.Equal(typeof(Qualifier).GetFields().Select(field => field.GetRawConstantValue()).Order(), Catalog.Get("Casualties")["Qualifier"].Allowed.Order());

    [Fact]
    public void Columns_of_one_name_agree_wherever_they_stand() =>
        Assert.All(Catalog.All.SelectMany(dataset => dataset.Columns).GroupBy(column => column.Name), columns =>
            Assert.Single(columns.Select(column => (column.Type, column.Role, column.Default, column.MaxLength)).Distinct()));

    [Fact]
    public void A_row_fits_the_bits_of_its_columns() =>
        Assert.All(Catalog.All, dataset => Assert.InRange(dataset.Columns.Count, 1, 64));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
