using System.Collections.Frozen;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>
/// The query options of a request. The standard's own are taken with and without $ in any letter case; a name with $ that
/// the standard lacks is an error, one without is the client's own business and is left out.
/// </summary>
/// <param name="Values">Decoded values of the standard's options by name in lower case, without $.</param>
/// <param name="Aliases">Decoded values of the parameter aliases, with @.</param>
/// <param name="Raw">Options and aliases as they were sent, but for the skip token; what a next link repeats.</param>
internal sealed record RequestOptions(
    IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Aliases, IReadOnlyList<string> Raw)
{
    private static readonly FrozenSet<string> Supported =
        FrozenSet.Create("filter", "select", "orderby", "top", "skip", "count", "format", "skiptoken");

    private static readonly FrozenSet<string> Unsupported =
        FrozenSet.Create("apply", "compute", "search", "expand", "levels", "index", "deltatoken", "schemaversion", "id");

    public string? this[string name] => Values.GetValueOrDefault(name);

    public static Result<RequestOptions> Read(string query)
    {
        var values = new Dictionary<string, string>();
        var aliases = new Dictionary<string, string>();
        var raw = new List<string>();
        foreach (var piece in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(piece);
            if (name.StartsWith('@'))
            {
                aliases[name] = value;
                raw.Add(piece);
            }
            else if (SystemName(name).Succeeded(out var system, out var error))
            {
                if (system.Length > 0 && !values.TryAdd(system, value))
                {
                    return new ApiError(ErrorCode.BadQuery, $"The option ${system} is given twice.") { Target = "$" + system };
                }
                if (system.Length > 0 && system != "skiptoken")
                {
                    raw.Add(piece);
                }
            }
            else
            {
                return error;
            }
        }
        return new RequestOptions(values, aliases, raw);
    }

    /// <summary>An error where an option is given that the kind of address has no use for; never an ignored option.</summary>
    public ApiError? AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach (var name in Values.Keys)
        {
            if (!names.Contains(name))
            {
                return new ApiError(ErrorCode.BadQuery, $"The option ${name} has no meaning at this address.") { Target = "$" + name };
            }
        }
        return null;
    }

    /// <summary>The name without $, or "" for what is not the standard's.</summary>
    private static Result<string> SystemName(string name)
    {
        var bare = name.TrimStart('$').ToLowerInvariant();
        if (Supported.Contains(bare))
        {
            return bare;
        }
        if (Unsupported.Contains(bare))
        {
            return new ApiError(ErrorCode.NotSupported, $"This service does not support the option ${bare}.") { Target = "$" + bare };
        }
        return name.StartsWith('$')
            ? new ApiError(ErrorCode.BadQuery, $"There is no option {name}.") { Target = name }
            : "";
    }

    private static (string Name, string Value) Split(string piece)
    {
        var equals = piece.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (Decode(piece), "") : (Decode(piece[..equals]), Decode(piece[(equals + 1)..]));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' ')).Trim();
}
