using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>What the library says about a malformed query, with its position; not what only its own authors would understand.</summary>
internal static class LibraryMessage
{
    /// <summary>Messages quote the expression, however long it is.</summary>
    private const int Longest = 1000;

    private static readonly string[] Inside = ["internal error", "JSON reader", "IEEE754", "Microsoft.", "System.", "Exception"];

    public static ApiError ToError(string message, Settings limits) =>
        message.StartsWith("Recursion depth", StringComparison.Ordinal) ? ExpressionErrors.TooDeep(limits) : new ApiError(ErrorCode.BadQuery, Said(message));

    private static string Said(string message) =>
        Inside.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase)) ? "The expression is malformed, or its types do not fit."
        : message.Contains($"function with name '{CaseFunction.Name}'", StringComparison.Ordinal) ? "The conditions of case are true or false, and its results are of one type, or numbers."
        : message.Contains($"function with name '{ListFunction.Name}'", StringComparison.Ordinal) ? "What stands before in is one value: a text, a number, a truth value, a date, an instant or a time."
        : message.Length > Longest ? $"The expression is malformed: {message[..Longest]}…"
        : message;
}
