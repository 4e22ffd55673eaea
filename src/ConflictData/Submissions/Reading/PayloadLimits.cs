using ConflictData.Api;

namespace ConflictData.Submissions;

/// <summary>How large a payload may be, and where it lies while its rows are read.</summary>
public sealed record PayloadLimits
{
    /// <summary>Bytes as it is sent.</summary>
    public required int Bytes { get; init; }

    /// <summary>Bytes of all files together once a zip or gzip is unpacked.</summary>
    public required int UnpackedBytes { get; init; }

    /// <summary>Data rows, of all datasets together.</summary>
    public required int Rows { get; init; }

    /// <summary>True: in files on the local disk, of which memory holds what is being read; false: in memory.</summary>
    public bool OnDisk { get; init; }

    /// <summary>What comes over HTTP.</summary>
    public static PayloadLimits Body { get; } = new()
    {
        Bytes = SubmissionLimits.BodyBytes,
        UnpackedBytes = SubmissionLimits.UnpackedBytes,
        Rows = SubmissionLimits.Rows,
    };

    /// <summary>A file of the inbox.</summary>
    public static PayloadLimits File(int rows) => new()
    {
        Bytes = SubmissionLimits.FileBytes,
        UnpackedBytes = SubmissionLimits.UnpackedFileBytes,
        Rows = rows,
        OnDisk = true,
    };

    internal ApiError TooLarge => new(ErrorCode.TooLarge, OnDisk
        ? $"The file is larger than {Megabytes(Bytes)} MB. Split it."
        : $"The body is larger than {Megabytes(Bytes)} MB. Leave it in the container inbox as {{dataset}}/{{file}}.csv, or send it in parts.");

    internal ApiError TooLargeUnpacked => new(ErrorCode.TooLarge, OnDisk
        ? $"Unpacked, the file is larger than {Megabytes(UnpackedBytes)} MB. Split it."
        : $"Unpacked, the body is larger than {Megabytes(UnpackedBytes)} MB. Send it in parts.");

    internal string TooManyRows => OnDisk
        ? $"A file of the inbox may have {Rows} rows. Split it, or raise the setting InboxRows where there is memory for more."
        : $"A submission may have {Rows} rows; send it in parts, or leave it in the inbox.";

    private static int Megabytes(int bytes) => bytes / 1024 / 1024;
}
