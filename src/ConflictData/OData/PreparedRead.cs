using ConflictData.Datasets;

namespace ConflictData.OData;

/// <summary>A request with everything that can be settled before the release is known.</summary>
/// <param name="Request">The request.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="PageSize">Most rows of a page.</param>
/// <param name="From">Where the skip token says that the read stands.</param>
internal sealed record PreparedRead(ODataRequest Request, ReadPlan Plan, int PageSize, PagePosition? From)
{
    /// <summary>The plan of its $apply, which then gives the rows; null where it has none.</summary>
    public ApplyPlan? Apply { get; init; }

    /// <summary>True where the last page carries a delta link.</summary>
    public bool Tracks { get; init; }

    /// <summary>The release whose changes are read; null where rows are.</summary>
    public DeltaToken? Since { get; init; }

    /// <summary>True where the answer depends on tags.</summary>
    public bool ReadsTags { get; } = Plan.Reads.Any(set => set.ReadsTags);

    /// <summary>True where the answer may end in a next link.</summary>
    public bool MayPage => Request.Target.Kind is TargetKind.Set or TargetKind.Delta && InPages && !(Plan.Top <= PageSize);

    /// <summary>
    /// JSON comes in pages. A program that saves CSV or NDJSON would take its first page for the whole, so these are written
    /// to their end, unless the client asks for pages and so knows of them. A batch holds each of its answers in memory: there
    /// everything comes in pages.
    /// </summary>
    public bool InPages => Request.Representation.Format == AnswerFormat.Json
        || Request.Representation.Preferences.MaxPageSize is not null || Request.Call.Pinned is not null;

    /// <summary>The same read where its path ends: at a record, or among the rows that refer to one.</summary>
    public PreparedRead At(PathEnd end) => end.Referred is { } referred
        ? Within(Request.Target.Via!.Steps[^1].Way.ToColumn, referred)
        : this with { Request = Request with { Target = Request.Target with { Key = end.Key } } };

    private PreparedRead Within(Column column, string value) =>
        this with { Plan = Plan.Within(column, value), Apply = Apply is null ? null : Apply with { Within = (column, value) } };
}
