using ConflictData.Api;

namespace ConflictData.RowFiles;

/// <summary>
/// The local disk does not take, or does not give back, what is put aside there while it is worked on. Nothing of it is in storage yet that
/// counts, so the same work can be done again once there is room.
/// </summary>
public sealed class LocalDiskException(string path, Exception reason) : Exception($"The disk of this instance fails at {path}: {reason.Message}", reason)
{
    /// <summary>What a caller is told. Which path it is, only the log says.</summary>
    public static ApiError Error { get; } = new(ErrorCode.Busy,
        "The local disk of this instance fails, where what is being worked on is put aside. Nothing was stored; try again, or make room in its temporary folder.")
    {
        RetryAfter = 30,
    };
}
