using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>The rows of a submission that passed the checks of a row by itself.</summary>
internal sealed record StagedSubmission
{
    /// <summary>The datasets that the payload has, in the order of the catalogue; one of them may have no row.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    public required StagedRows Rows { get; init; }

    /// <summary>Ids, by dataset, of rows that did not pass: what refers to them is not to be blamed for that.</summary>
    public required IReadOnlySet<(Dataset Dataset, string Id)> FailedIds { get; init; }

    /// <summary>The reason that the submission gives for all of its rows; null = none.</summary>
    public string? Reason { get; init; }

    /// <summary>The release that the submitter worked from; null = not said.</summary>
    public int? Base { get; init; }

    /// <summary>True where the payload is the whole of each of its datasets.</summary>
    public bool Replaces { get; init; }

    /// <summary>How many records may be retracted for being absent; null = a tenth.</summary>
    public int? MaxRetractions { get; init; }

    /// <summary>True where every row of the payload passed.</summary>
    public required bool Complete { get; init; }
}
