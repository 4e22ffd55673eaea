using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>
/// Takes apart what the library's path parser does not know: /$filter(…) is the same as the option $filter, and /$ref at the
/// end asks for references instead of records.
/// </summary>
internal static class PathSuffix
{
    private const string Filter = "/$filter(";
    private const string Reference = "/$ref";

    public static (string Path, bool IsReference) WithoutReference(string path)
    {
        var trimmed = path.TrimEnd('/');
        return trimmed.EndsWith(Reference, StringComparison.OrdinalIgnoreCase) ? (trimmed[..^Reference.Length], true) : (path, false);
    }

    /// <summary>The path without its filters, and the options with them.</summary>
    public static Result<(string Path, RequestOptions Options)> WithoutFilters(string path, RequestOptions options)
    {
        for (var start = Find(path); start >= 0; start = Find(path))
        {
            var open = start + Filter.Length;
            if (End(path, open) is not { } end || (end + 1 < path.Length && path[end + 1] is not ('/' or '(')))
            {
                return new ApiError(ErrorCode.BadQuery, $"The filter in the path at position {start} is malformed.") { Target = "path" };
            }
            if (!MayFollow(path[(end + 1)..]))
            {
                return ExpressionErrors.Unsupported("a record, or a way from one, behind /$filter(…); name the record behind its set, or filter with the option $filter") with { Target = "path" };
            }
            (path, options) = (path[..start] + path[(end + 1)..], options.AndFilter(path[open..end]));
        }
        return (path, options);
    }

    /// <summary>True for what may come after a set of which only some records are meant.</summary>
    private static bool MayFollow(string rest) =>
        rest.TrimEnd('/').ToLowerInvariant() is "" or "/$count" or Reference || Find(rest) == 0;

    private static int Find(string path) => path.IndexOf(Filter, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the bracket is closed; brackets within strings do not count.</summary>
    private static int? End(string path, int from)
    {
        var (depth, inString) = (1, false);
        for (var index = from; index < path.Length; index++)
        {
            inString ^= path[index] == '\'';
            depth += inString ? 0 : path[index] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return index;
            }
        }
        return null;
    }
}
