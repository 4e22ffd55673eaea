using ConflictData.Datasets;

namespace Benchmarks.Data;

/// <summary>A row in the making: text by column name.</summary>
internal readonly struct Cells(Dataset dataset)
{
    public string?[] Values { get; } = new string?[dataset.Columns.Count];

    public string? this[string column]
    {
        get => Values[dataset[column].Ordinal];
        set => Values[dataset[column].Ordinal] = value;
    }
}
