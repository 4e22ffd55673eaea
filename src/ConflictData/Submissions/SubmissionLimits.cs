namespace ConflictData.Submissions;

/// <summary>What one submission may be at most.</summary>
public static class SubmissionLimits
{
    /// <summary>Bytes of a body, as it is sent. Larger ones go through the inbox.</summary>
    public const int BodyBytes = 50 * 1024 * 1024;

    /// <summary>Bytes of all files together once a zip or a gzipped body is unpacked.</summary>
    public const int UnpackedBytes = 200 * 1024 * 1024;

    /// <summary>Megabytes of unpacked contents that the process holds at once.</summary>
    public const int ContentMegabytes = 256;

    /// <summary>Seconds that a submission waits for the contents of others to be done with.</summary>
    public const int ContentWaitSeconds = 20;

    /// <summary>Bytes of a file of the inbox.</summary>
    public const int FileBytes = 1024 * 1024 * 1024;

    /// <summary>Bytes of all its files together once it is unpacked.</summary>
    public const int UnpackedFileBytes = 2000 * 1024 * 1024;

    /// <summary>Data rows, of all datasets together, that come over HTTP or are retracted at once.</summary>
    public const int Rows = 250_000;

    /// <summary>Cells of a CSV header, or properties of a JSON object; far more than any dataset has columns.</summary>
    public const int Columns = 500;

    /// <summary>Data rows up to which a caller is kept waiting; more are promised, and finished after the answer.</summary>
    public const int RowsWaitedFor = 20_000;

    /// <summary>Promised submissions that an instance works on at once: two would race for one release.</summary>
    public const int LongAtOnce = 1;

    /// <summary>
    /// Tries after which a promised submission, or a file of the inbox, that failed each time ends as that. A minute lies between the first
    /// two and one more each time, so that all of them take hours.
    /// </summary>
    public const int Tries = 20;

    /// <summary>Promised submissions that an instance has in hand, those that wait included.</summary>
    public const int LongWaiting = 50;

    /// <summary>Bytes of one cell or JSON value; far more than any column takes.</summary>
    public const int CellBytes = 64 * 1024;

    /// <summary>Bytes of one CSV record, which a quote that is never closed would make as long as the file; far more than any row takes.</summary>
    public const int RecordBytes = 4 * 1024 * 1024;

    /// <summary>Rows of a file that cannot be read, from which on the rest of it is not looked at.</summary>
    public const int UnreadableRows = 100_000;

    /// <summary>Errors, and warnings of each code, that a report lists; it counts all of them.</summary>
    public const int ReportedProblems = 1000;

    /// <summary>UTF-16 units of a value that a report quotes.</summary>
    public const int QuotedValue = 200;
}
