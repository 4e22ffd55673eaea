using ConflictData.Submissions;

namespace ConflictData.Api;

/// <summary>What somebody writes about a change that they make, for the log of it.</summary>
internal static class ChangeMessage
{
    /// <summary>UTF-16 units.</summary>
    public const int MaxLength = 2000;

    /// <summary>What is wrong with a message; null where nothing is, or there is none.</summary>
    public static ApiError? Problem(string? message) =>
        message is { Length: > MaxLength } ? Bad($"message has more than {MaxLength} characters. Shorten it.")
        : RowCheckText.Trim(message) is { } text && RowCheckText.Check(text) is var (_, wrong) ? Bad($"message: {wrong}")
        : null;

    private static ApiError Bad(string detail) => new(ErrorCode.BadRequest, detail) { Target = "message" };
}
