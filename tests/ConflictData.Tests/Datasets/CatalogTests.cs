using ConflictData.Datasets;

namespace ConflictData.Tests;

public sealed class CatalogTests
{
    [Fact]
    public void Every_reference_names_a_dataset() =>
        Assert.All(Catalog.All.SelectMany(dataset => dataset.Columns), column =>
            Assert.True(column.References is null || Catalog.Find(column.References) is not null, column.Name));
}
