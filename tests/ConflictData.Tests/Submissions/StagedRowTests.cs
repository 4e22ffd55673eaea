using ConflictData.Datasets;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

public sealed class StagedRowTests
{
    private static readonly Dataset Actors = Catalog.Get("Actors");

    [Fact]
    public void A_row_that_passed_holds_its_values_and_no_longer_its_cells()
    {
        var row = Staged();
        Assert.Empty(row.Source.Cells);
        Assert.Equal(("Somebody", "person", null), (row.Text(Actors["Name"]), row.Text(Actors["Kind"]), row.Text(Actors["ParentId"])));
    }

    [Fact]
    public void Cells_that_are_yet_to_be_compared_are_kept()
    {
        var row = Staged(("Release", "007"), ("ChangeReason", "Correction"), ("Kind", "PERSON"));
        Assert.Equal(("007", "PERSON"), (row.Text(Actors["Release"]), row.Text(Actors["Kind"])));
        Assert.Equal("correction", RowCheck.ReasonOf(row.Source));
        Assert.Null(RowCheck.ReasonOf(Staged().Source));
    }

    [Fact]
    public void What_a_comparison_sets_leaves_the_row_as_it_was_sent()
    {
        var (row, parent) = (Staged(("ParentId", "SDF")), Actors["ParentId"].Ordinal);
        var change = new RowChange(row, null);
        Assert.Same(row.Values, change.Values);
        change.Set(parent, "sdf");
        change.Set(Actors["Name"].Ordinal, "Other");
        Assert.Equal(("sdf", "SDF", "Somebody"), (change.Values[parent], row.Values[parent], row.Text(Actors["Name"])));
    }

    private static StagedRow Staged(params (string Column, string Cell)[] more)
    {
        var cells = new string?[Actors.Columns.Count];
        foreach (var (column, cell) in more.Concat([("Id", "a"), ("Name", "Somebody"), ("Kind", "person")]).DistinctBy(item => item.Item1))
        {
            cells[Actors[column].Ordinal] = cell;
        }

        var (row, problems) = RowCheck.Check(new IncomingRow { Dataset = Actors, Row = 1, Line = 2, Cells = cells, Present = ulong.MaxValue });
        Assert.Empty(problems);
        return row!;
    }
}
