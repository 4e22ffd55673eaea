namespace ConflictData.Query;

/// <summary>What a query reads. The same point gives the same rows for ever, but for texts that are redacted.</summary>
/// <param name="Release">The data of this release; 0 = none.</param>
/// <param name="Tags">The tags at this version; 0 for what depends on none.</param>
public readonly record struct AsOf(int Release, int Tags = 0)
{
    /// <summary>Of an effective point, the last redaction that took something out of what is read; 0 where there is none.</summary>
    public int Redaction { get; init; }
}
