using ConflictData.Datasets;

namespace ConflictData.OData;

/// <summary>A way from the records of one dataset to those of another, or of the same, along a foreign key.</summary>
/// <param name="Name">Name of the navigation property.</param>
/// <param name="From">The dataset that has it.</param>
/// <param name="To">The dataset that it leads to.</param>
/// <param name="Key">The column that holds an id: of <paramref name="From"/>, or of <paramref name="To"/> where it leads to many.</param>
/// <param name="ToMany">True for the way back from a record to all that refer to it.</param>
/// <param name="Partner">Name of the same way in the other direction.</param>
internal sealed record Navigation(string Name, Dataset From, Dataset To, Column Key, bool ToMany, string Partner)
{
    /// <summary>The column of <see cref="From"/> that equals <see cref="ToColumn"/> of <see cref="To"/>.</summary>
    public Column FromColumn => ToMany ? From.Columns[0] : Key;

    public Column ToColumn => ToMany ? Key : To.Columns[0];
}
