using ConflictData.Access;
using ConflictData.Submissions;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Api;

/// <summary>The query options of addresses where a misspelt one must not be passed over.</summary>
internal static class QueryOptions
{
    /// <summary>Refuses an option that is none of those; null where there is no such. A key in <c>code=</c> is always allowed.</summary>
    public static ApiError? Unknown(IQueryCollection query, params string[] options) =>
        query.Keys.FirstOrDefault(key => !options.Append("code").Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? new(ErrorCode.BadRequest, $"{Name(unknown)} is no option here{NearMiss.Hint(unknown, options)} {Allowed(options)}") { Target = Name(unknown) }
            : null;

    /// <summary>Not what may be a key that stands where a name should.</summary>
    private static string Name(string option) => KeyText.TryRead(option, out _) ? "(a key)" : PayloadSet.Short(option);

    private static string Allowed(string[] options) => options.Length == 0 ? "There are none; leave it out." : $"Known here: {string.Join(", ", options)}.";
}
