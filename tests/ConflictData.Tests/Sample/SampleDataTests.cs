using ConflictData.Datasets;
using ConflictData.Submissions;

namespace ConflictData.Tests.Sample;

public sealed class SampleDataTests
{
    public static TheoryData<string> Datasets => [.. Catalog.All.Select(dataset => dataset.Name)];

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Every_row_passes_the_checks(string name)
    {
        var results = SampleFiles.Rows(Catalog.Get(name)).Select(RowCheck.Check).ToList();
        Assert.NotEmpty(results);
        Assert.Empty(results.SelectMany(result => result.Problems));
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void A_header_holds_given_columns_in_the_order_of_the_schema(string name)
    {
        var dataset = Catalog.Get(name);
        var given = dataset.Columns.Where(column => column.Role == ColumnRole.Given).Select(column => column.Name);
        var header = SampleFiles.Header(dataset);
        Assert.Equal(given.Where(header.Contains), header);
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Rows_are_ordered_by_an_id_that_is_unique_whatever_its_case(string name)
    {
        var ids = Staged(name).ConvertAll(row => row.Id);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Every_reference_names_a_record_of_the_sample(string name)
    {
        var rows = Staged(name);
        foreach (var column in Catalog.Get(name).Columns.Where(column => column.References is not null))
        {
            var known = Staged(column.References!).Select(row => row.Id).ToHashSet();
            Assert.Empty(rows.Select(row => row.Values[column.Ordinal]).OfType<string>().Except(known));
        }
    }

    [Fact]
    public void A_place_has_coordinates_with_their_source_or_an_unknown_precision()
    {
        var places = Catalog.Get("Places");
        Assert.All(Staged("Places"), row =>
        {
            var hasCoordinates = row.Values[places["Latitude"].Ordinal] is not null;
            Assert.Equal(hasCoordinates, row.Values[places["Longitude"].Ordinal] is not null);
            Assert.Equal(hasCoordinates, (long)row.Values[places["PlacePrecision"].Ordinal]! < 7);
            Assert.Equal(hasCoordinates, ((string?)row.Values[places["PlaceSource"].Ordinal])?.Contains("GeoNames") is true);
        });
    }

    [Fact]
    public void The_dead_of_the_al_hasaka_attack_keep_what_the_sdf_said()
    {
        Assert.Equal((374L, 374L), Bounds("hasaka-2022-killed-is"));
        Assert.Equal((117L, 117L), Bounds("hasaka-2022-killed-sdf"));
        Assert.Equal((40L, 40L), Bounds("hasaka-2022-killed-sdf-fighters"));
        Assert.Equal((77L, 77L), Bounds("hasaka-2022-killed-sdf-guards"));
        Assert.Equal((46L, 90L), Bounds("hasaka-2022-killed-guards-most"));
        Assert.Equal((31L, null), Bounds("hasaka-2022-killed-civilians"));
    }

    [Fact]
    public void Files_are_utf8_without_a_mark_and_end_lines_with_crlf() =>
        Assert.All(Directory.GetFiles(SampleFiles.Folder, "*.csv"), path =>
        {
            var bytes = File.ReadAllBytes(path);
            Assert.NotEqual(0xEF, bytes[0]);
            Assert.Equal(bytes.AsSpan().Count((byte)'\n'), bytes.AsSpan().Count("\r\n"u8));
        });

    private static (long? Low, long? High) Bounds(string id)
    {
        var casualties = Catalog.Get("Casualties");
        var row = Staged("Casualties").Single(row => row.Id == id);
        return ((long?)row.Values[casualties["Low"].Ordinal], (long?)row.Values[casualties["High"].Ordinal]);
    }

    private static List<StagedRow> Staged(string name) =>
        [.. SampleFiles.Rows(Catalog.Get(name)).Select(row => RowCheck.Check(row).Row!)];
}
