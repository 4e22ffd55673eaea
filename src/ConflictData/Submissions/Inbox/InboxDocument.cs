namespace ConflictData.Submissions;

/// <summary>A file of the inbox as the API describes it.</summary>
/// <param name="Name">Its name there, {dataset}/{file}.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="WrittenAt">When it was last written to, by the clock of storage.</param>
/// <param name="State">
/// growing: leased or written to just now, so left alone; waiting for its turn; loading; or leaving:
/// it has its answer and is about to be moved.
/// </param>
public sealed record InboxDocument(string Name, long Bytes, DateTimeOffset WrittenAt, string State)
{
    /// <summary>The id under which it is or was loaded; null before.</summary>
    public string? Submission { get; init; }

    /// <summary>How far it is, as of a few seconds ago; null unless it is loading.</summary>
    public RowsDone? Rows { get; init; }

    /// <summary>Where its submission can be looked at; null before.</summary>
    public Uri? Url { get; init; }
}

/// <summary>Some of what lies in the inbox.</summary>
/// <param name="Files">In the order of their names.</param>
/// <param name="Next">Address of more; null where there are none.</param>
public sealed record InboxList(IReadOnlyList<InboxDocument> Files, Uri? Next);
