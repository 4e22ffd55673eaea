using ConflictData.Datasets;
using ConflictData.Releases;
using ConflictData.RowFiles;
using ConflictData.Submissions;

namespace ConflictData.Tests.RowFiles;

public sealed class RowFileTests
{
    /// <summary>More than is kept in memory, several times over.</summary>
    private const int Many = 6_000;

    private static readonly string?[] Texts = [null, "a", "plain ASCII, up to ~", "الحسكة", "𐎀 and \ud83d\ude00", "\0\u007f\u0080", "half \ud800 of a pair", new('x', 5_000), new('é', 5_000)];
    private static readonly long?[] Integers = [null, 0, 1, -1, 63, 64, -64, -65, long.MaxValue, long.MinValue];
    private static readonly double?[] Numbers = [null, 0, -0.0, 0.1, -1e308, double.Epsilon];

    [Fact]
    public void A_short_list_gives_back_what_it_was_given_and_makes_no_file()
    {
        using var rows = new RowFile<Revision>(RevisionFormat.Instance, "/nowhere/at/all");
        Fill(rows, 10);
        Same(rows, 10);
    }

    [Fact]
    public void A_long_list_lies_in_a_file_without_a_name_and_can_be_read_from_anywhere()
    {
        var folder = Directory.CreateTempSubdirectory("rows-");
        using (var rows = new RowFile<Revision>(RevisionFormat.Instance, folder.FullName))
        {
            Fill(rows, Many);
            Same(rows, Many);
            Parallel.For(0, Many, index => Same(Row(index), rows[index]));
            Assert.Equal(Enumerable.Range(1_234, 3_000).Select(index => Row(index).Id), rows.Between(1_234, 4_234).Select(row => row.Id));
            Assert.Empty(rows.Between(7, 7));
            Assert.Equal(OperatingSystem.IsWindows() ? 1 : 0, folder.EnumerateFiles().Count());
        }

        Assert.Empty(folder.EnumerateFiles());
        folder.Delete();
    }

    [Fact]
    public void A_disk_that_takes_nothing_is_a_failure_of_its_own()
    {
        using var rows = new RowFile<Revision>(RevisionFormat.Instance, "/nowhere/at/all");
        var failure = Assert.Throws<LocalDiskException>(() => Fill(rows, Many));
        Assert.Contains("/nowhere/at/all", failure.Message);
        Assert.DoesNotContain("/nowhere", LocalDiskException.Error.Detail);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(250, 2)]
    [InlineData(int.MaxValue, 9)]
    public void A_portion_has_one_row_at_least_and_no_more_bytes_than_it_may(int bytes, int rows)
    {
        using var list = new RowFile<string>(new TextFormat());
        for (var row = 0; row < 10; row++)
        {
            list.Add(new string('t', 98));
        }

        Assert.Equal(1 + rows, list.EndOfPortion(1, 10, bytes));
    }

    [Fact]
    public void A_staged_row_keeps_how_it_was_sent()
    {
        var dataset = Catalog.Get("Casualties");
        var cells = new string?[dataset.Columns.Count];
        (cells[0], cells[dataset["Release"].Ordinal], cells[dataset["Note"].Ordinal]) = ("a", "007", "\ud800");
        var source = new IncomingRow { Dataset = dataset, Row = 12, Line = int.MaxValue, Cells = cells, Present = ulong.MaxValue, Action = " Upsert" };
        StagedRow[] sent = [new(source, RevisionAction.Upsert, Row(10).Values), new(source with { Cells = [], Action = null, Present = 0 }, RevisionAction.Retract, Row(20).Values)];
        using var rows = new RowFile<StagedRow>(StagedRowFormat.Instance);
        Array.ForEach(sent, rows.Add);
        foreach (var (row, read) in sent.Zip(rows))
        {
            Assert.Equal((row.Source.Dataset, row.Source.Row, row.Source.Line, row.Source.Present, row.Source.Action), (read.Source.Dataset, read.Source.Row, read.Source.Line, read.Source.Present, read.Source.Action));
            Assert.Equal(row.Source.Cells, read.Source.Cells);
            Assert.Equal((row.Action, row.Id), (read.Action, read.Id));
        }
    }

    private static void Fill(RowFile<Revision> rows, int count)
    {
        for (var index = 0; index < count; index++)
        {
            rows.Add(Row(index));
        }
    }

    private static void Same(RowFile<Revision> rows, int count)
    {
        Assert.Equal(count, rows.Count);
        foreach (var (index, row) in rows.Index())
        {
            Same(Row(index), row);
        }
    }

    private static void Same(Revision expected, Revision found)
    {
        Assert.Equal((expected.Dataset, expected.Id, expected.Action, expected.Reason), (found.Dataset, found.Id, found.Action, found.Reason));
        Assert.Equal(expected.Values, found.Values);
    }

    /// <summary>Of every dataset in turn, with every kind of value in every column that takes it.</summary>
    private static Revision Row(int index)
    {
        var dataset = Catalog.All[index % Catalog.All.Count];
        var values = dataset.Columns.Select(column => Value(column.Type, index + (column.Ordinal * 7))).ToArray();
        values[0] = $"id{index}";
        return new(dataset, $"id{index}", (RevisionAction)(index & 1), "new", values);
    }

    private static object? Value(ColumnType type, int index) => type switch
    {
        ColumnType.String => Texts[index % Texts.Length],
        ColumnType.Integer => Integers[index % Integers.Length],
        ColumnType.Number => Numbers[index % Numbers.Length],
        ColumnType.Boolean => (index % 3) switch { 0 => null, 1 => false, _ => true },
        ColumnType.Date => (index % 3) switch { 0 => null, 1 => DateOnly.MinValue, _ => DateOnly.MaxValue },
        _ => (index % 3) switch { 0 => null, 1 => DateTimeOffset.UnixEpoch, _ => new DateTimeOffset(DateTime.MaxValue.Ticks, TimeSpan.Zero) },
    };

    private sealed class TextFormat : RowFormat<string>
    {
        public override void Write(RowEncoder to, string row) => to.Text(row);

        public override string Read(ref RowDecoder from) => from.Text();
    }
}
