using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>
/// Writes what a $select beside $apply has in brackets as paths, which mean the same: T($select=Label) is T/Label. The library
/// reads options there and lets them fall.
/// </summary>
internal static class SelectText
{
    public static Result<string> Flat(string text) => Paths(text, "").Succeeded(out var paths, out var error) ? string.Join(',', paths) : error with { Target = "$select" };

    private static Result<IReadOnlyList<string>> Paths(string text, string within)
    {
        var paths = new List<string>();
        foreach (var item in PipelineText.Split(text, ',') ?? [text])
        {
            var (path, options) = PipelineText.Call(item);
            if (options is null)
            {
                paths.Add(within + path);
            }
            else if (options.Split('=', 2) is not [var name, var inner] || !name.Trim().TrimStart('$').Equals("select", StringComparison.OrdinalIgnoreCase) || PipelineText.Split(options, ';') is not [_])
            {
                return ApplyError.Unsupported($"any option but $select in the brackets of {path} in $select") with { Target = "$select" };
            }
            else if (Paths(inner, $"{within}{path}/").Succeeded(out var more, out var error))
            {
                paths.AddRange(more);
            }
            else
            {
                return error;
            }
        }
        return paths;
    }
}
