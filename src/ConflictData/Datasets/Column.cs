using System.Collections.Frozen;

namespace ConflictData.Datasets;

/// <summary>The type of a column's values, with the .NET type that carries one in a row.</summary>
public enum ColumnType
{
    /// <summary><see cref="string"/>, Edm.String, VARCHAR.</summary>
    String,

    /// <summary><see cref="long"/>, Edm.Int64, BIGINT.</summary>
    Integer,

    /// <summary><see cref="double"/>, Edm.Double, DOUBLE.</summary>
    Number,

    /// <summary><see cref="bool"/>, Edm.Boolean, BOOLEAN.</summary>
    Boolean,

    /// <summary><see cref="DateOnly"/>, Edm.Date, DATE.</summary>
    Date,

    /// <summary><see cref="DateTimeOffset"/> in UTC, Edm.DateTimeOffset, TIMESTAMP.</summary>
    Instant,
}

/// <summary>Who fills a column.</summary>
public enum ColumnRole
{
    /// <summary>The submitter.</summary>
    Given,

    /// <summary>The app, from given columns of the same row. Accepted in a payload where it agrees.</summary>
    Derived,

    /// <summary>The release that brings the row. Accepted in a payload where it agrees.</summary>
    System,
}

/// <summary>One column of a dataset, as its Table Schema declares it.</summary>
public sealed record Column
{
    public required string Name { get; init; }

    /// <summary>Place of the column in the dataset, from 0; the index of its value in a row.</summary>
    public required int Ordinal { get; init; }

    public required ColumnType Type { get; init; }

    public ColumnRole Role { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public bool Required { get; init; }

    /// <summary>Unit of the numbers, such as persons; null where the column has none.</summary>
    public string? Unit { get; init; }

    /// <summary>Closed list of values, in the schema's order; empty = open.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>The value stored where a submitter gives none.</summary>
    public string? Default { get; init; }

    /// <summary>Most UTF-16 units of a text; 4,000 where the schema says nothing.</summary>
    public int MaxLength { get; init; } = 4000;

    /// <summary>Pattern that the whole text must match; null = any.</summary>
    public string? Pattern { get; init; }

    /// <summary>A value of that form, for whoever does not read patterns; null where there is no pattern.</summary>
    public string? Example { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>Name of the dataset whose Id the column holds; null = not a reference.</summary>
    public string? References { get; init; }

    internal FrozenSet<string> AllowedSet => field ??= Allowed.ToFrozenSet(StringComparer.Ordinal);
}
