namespace ConflictData.Releases;

/// <summary>The revisions that a commit brought to one dataset.</summary>
/// <param name="Dataset">Name of the dataset.</param>
/// <param name="FirstSequence">Sequence number of the first one; they are contiguous, and start at 1 in each dataset.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Hash">SHA-256 over them in order, hex; what is read back must match.</param>
public sealed record DatasetExtent(string Dataset, long FirstSequence, int Rows, string Hash);

/// <summary>A release: what the log says of a committed submission.</summary>
public sealed record Commit
{
    /// <summary>1, 2, 3 … without gaps.</summary>
    public required int Release { get; init; }

    public required string SubmissionId { get; init; }

    /// <summary>The attempt whose revisions count.</summary>
    public required int Attempt { get; init; }

    /// <summary>UTC, to the millisecond, later than that of the release before.</summary>
    public required DateTimeOffset CommittedAt { get; init; }

    public required string Owner { get; init; }

    /// <summary>upsert, replace or redaction.</summary>
    public required string Mode { get; init; }

    /// <summary>The submission's reason, where it gave one.</summary>
    public string? Reason { get; init; }

    public string? Message { get; init; }

    /// <summary>SHA-256 of the payload, hex.</summary>
    public required string PayloadHash { get; init; }

    /// <summary>One entry a dataset that got revisions, in the order of the catalogue.</summary>
    public required IReadOnlyList<DatasetExtent> Datasets { get; init; }

    /// <summary>The texts that it takes out of the past; null for a submission.</summary>
    public Redaction? Redaction { get; init; }

    /// <summary>Which of its revisions, counted from 0 over all datasets, has a sequence number of one of them.</summary>
    public int OrdinalOf(string dataset, long sequence)
    {
        var before = 0;
        foreach (var extent in Datasets)
        {
            if (extent.Dataset == dataset && sequence >= extent.FirstSequence && sequence < extent.FirstSequence + extent.Rows)
            {
                return before + (int)(sequence - extent.FirstSequence);
            }

            before += extent.Rows;
        }

        throw new ArgumentOutOfRangeException(nameof(sequence), $"Release {Release} brought no revision {sequence} of {dataset}.");
    }
}

/// <summary>A commit with its revisions, dataset by dataset in the order of <see cref="Commit.Datasets"/>.</summary>
/// <remarks>Of those that were read from the store, the revisions are put aside on the local disk, and gone when they are disposed of.</remarks>
public sealed record CommittedRevisions(Commit Commit, IReadOnlyList<Revision> Revisions) : IDisposable
{
    public void Dispose() => (Revisions as IDisposable)?.Dispose();
}
