using ConflictData.Api;
using Microsoft.OData;

namespace ConflictData.OData;

/// <summary>What the library says about a malformed query, with its position; not what only its own authors would understand.</summary>
internal static class LibraryMessage
{
    private static readonly string[] Inside = ["internal error", "JSON reader", "IEEE754", "Microsoft.", "System.", "Exception"];

    public static ApiError ToError(ODataException error, string target)
    {
        var detail = Inside.Any(word => error.Message.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? "The expression is malformed, or its types do not fit."
            : error.Message;
        return new ApiError(ErrorCode.BadQuery, detail) { Target = target };
    }
}
