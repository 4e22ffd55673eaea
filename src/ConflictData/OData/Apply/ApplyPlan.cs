using ConflictData.Datasets;

namespace ConflictData.OData;

/// <summary>An $apply with the options after it, ready to run at any release.</summary>
/// <param name="Output">The rows that come out.</param>
/// <param name="Stages">The stages that make them of the records of the set.</param>
/// <param name="Last">The stage that gives the rows.</param>
/// <param name="Counted">The stage that gives what is counted: the rows before $skip and $top.</param>
internal sealed record ApplyPlan(Shape Output, SqlFragment Stages, string Last, string Counted)
{
    /// <summary>True where $count asks for the number of rows.</summary>
    public bool Count { get; init; }

    /// <summary>What the context address says behind the name of the set.</summary>
    public required string Context { get; init; }

    /// <summary>Every dataset that the answer depends on.</summary>
    public required IReadOnlyCollection<Dataset> Reads { get; init; }

    /// <summary>The column, and its value, that the records have which the steps begin with; null where they are all of the set.</summary>
    public (Column Column, string Value)? Within { get; init; }

    /// <summary>
    /// The columns of the result: the order, those of the properties, which files have one for one, and where rows differ or are
    /// entities what they are: their structure and their key.
    /// </summary>
    public IReadOnlyList<string> Columns { get; } = ColumnsOf(Output);

    /// <summary>How many values a row has, a text that was put together of others counted as they are.</summary>
    public int Width => Columns.Count + Output.Properties.Sum(property => property.Pieces - 1);

    /// <summary>Place of a column in the result; null where it is not there.</summary>
    public int? PlaceOf(string? column) => Columns.Index().Where(item => item.Item == column).Select(item => (int?)item.Index).FirstOrDefault();

    private static IReadOnlyList<string> ColumnsOf(Shape output)
    {
        var columns = output.Properties.SelectMany(property => property.Columns).Prepend("_ord").ToList();
        columns.AddRange(output.Structures.Count > 1 ? [Structure.Column] : Array.Empty<string>());
        columns.AddRange(output.KeyColumn is { } key && !columns.Contains(key) ? [key] : Array.Empty<string>());
        return columns;
    }
}
