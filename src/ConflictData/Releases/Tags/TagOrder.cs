using ConflictData.Api;

namespace ConflictData.Releases;

/// <summary>What somebody wants of a tag: that it is put on a release, wherever it is, or taken away from that release.</summary>
/// <param name="Tag">The tag, in any letter case; a valid name.</param>
/// <param name="Release">The release, which exists.</param>
/// <param name="TakesAway">True to take the tag away from it.</param>
/// <param name="Owner">Who wants it.</param>
/// <param name="Message">Why, where the owner says so.</param>
public sealed record TagOrder(string Tag, int Release, bool TakesAway, string Owner, string? Message)
{
    /// <summary>Tags that may stand at once: every instance keeps them, and the totals of their releases, in memory.</summary>
    public const int MostTags = 500;

    /// <summary>Tags that one release may have; joined they are one text.</summary>
    public const int MostTagsOfRelease = 50;

    /// <summary>What the order comes to, given the tags as they stand.</summary>
    /// <returns>
    /// The next move, or the last one where the tag stands as it is wanted; <see cref="ErrorCode.NotFound"/> or
    /// <see cref="ErrorCode.Conflict"/> where it cannot be moved so.
    /// </returns>
    public Result<TagMove> Decide(TagHistory tags, string moveId, DateTimeOffset movedAt)
    {
        var last = tags.Find(Tag);
        if (Refuses(tags, last) is { } error)
        {
            return error;
        }

        return last is not null && last.To == Release && !TakesAway ? last : new TagMove
        {
            Version = tags.Version + 1,
            Id = moveId,
            Tag = last?.Tag ?? Tag,
            From = last?.To,
            To = TakesAway ? null : Release,
            MovedAt = movedAt,
            Owner = Owner,
            Message = Message,
        };
    }

    private ApiError? Refuses(TagHistory tags, TagMove? last) => (TakesAway, last?.To) switch
    {
        (true, null) => new(ErrorCode.NotFound, $"There is no tag {Tag}.") { Target = "tag" },
        (true, { } other) when other != Release => Conflict($"The tag {last!.Tag} is on release {other}, not on {Release}."),
        (false, { } same) when same == Release => null,
        (false, _) when tags.On(Release).Count >= MostTagsOfRelease => Conflict($"Release {Release} has {MostTagsOfRelease} tags already; take one away first."),
        (false, null) when tags.Count >= MostTags => Conflict($"There are {MostTags} tags already; take one away first."),
        _ => null,
    };

    private static ApiError Conflict(string detail) => new(ErrorCode.Conflict, detail) { Target = "tag" };
}

/// <summary>How an order ended.</summary>
/// <param name="Move">The move that stands for it.</param>
/// <param name="Tags">All tags, that move included.</param>
/// <param name="IsMade">True where the order made the move; false where the tag stood there already.</param>
public sealed record TagResult(TagMove Move, TagHistory Tags, bool IsMade);
