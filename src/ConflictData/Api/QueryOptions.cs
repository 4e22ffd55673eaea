using ConflictData.Submissions;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>The query options of addresses where a misspelt one must not be passed over.</summary>
internal static class QueryOptions
{
    /// <summary>Refuses an option that is none of those; null where there is no such. A key in <c>code=</c> is always allowed.</summary>
    public static ApiError? Unknown(IQueryCollection query, params string[] options) =>
        query.Keys.FirstOrDefault(key => !options.Append("code").Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? new(ErrorCode.BadRequest, $"There is no option of this name{NearMiss.Hint(unknown, options)}") { Target = unknown }
            : null;
}
