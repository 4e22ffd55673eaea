namespace ConflictData.Releases;

/// <summary>One move of a tag: it was put on a release, wherever it was before, or taken away. Never changed, never deleted.</summary>
public sealed record TagMove
{
    /// <summary>1, 2, 3 … without gaps, over all tags. The tags at version n are what the moves up to n make of them.</summary>
    public required int Version { get; init; }

    /// <summary>Random; by it a writer whose answer got lost knows its own move.</summary>
    public required string Id { get; init; }

    /// <summary>The tag, in the letter case in which it was first given.</summary>
    public required string Tag { get; init; }

    /// <summary>The release that it was on before; null where it was on none.</summary>
    public required int? From { get; init; }

    /// <summary>The release that it is on since; null = it was taken away.</summary>
    public required int? To { get; init; }

    /// <summary>UTC, to the millisecond, later than that of the move before.</summary>
    public required DateTimeOffset MovedAt { get; init; }

    public required string Owner { get; init; }

    /// <summary>Why, where the owner said so.</summary>
    public string? Message { get; init; }
}
