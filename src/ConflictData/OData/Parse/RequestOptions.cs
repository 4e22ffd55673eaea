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
        FrozenSet.Create("filter", "select", "orderby", "top", "skip", "count", "format", "skiptoken", "expand", "search", "compute", "apply");

    private static readonly FrozenSet<string> Unsupported =
        FrozenSet.Create("levels", "index", "deltatoken", "schemaversion", "id");

    public string? this[string name] => Values.GetValueOrDefault(name);

    /// <summary>The same with one more condition, in the links too.</summary>
    public RequestOptions AndFilter(string condition)
    {
        var filter = this["filter"] is { } given ? $"({condition}) and ({given})" : $"({condition})";
        return this with
        {
            Values = new Dictionary<string, string>(Values) { ["filter"] = filter },
            Raw = [.. Raw.Where(piece => Split(piece).Name.TrimStart('$').ToLowerInvariant() != "filter"), "$filter=" + Uri.EscapeDataString(filter)],
        };
    }

    public static Result<RequestOptions> Read(string query)
    {
        var (values, aliases, raw) = (new Dictionary<string, string>(), new Dictionary<string, string>(), new List<string>());
        foreach (var piece in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(piece);
            var isAlias = name.StartsWith('@');
            if (!(isAlias ? (Result<string>)name : SystemName(name)).Succeeded(out var known, out var error))
            {
                return error;
            }
            if (known.Length == 0)
            {
                continue;
            }
            if (Problem(isAlias, known, value, !(isAlias ? aliases : values).TryAdd(known, value)) is { } problem)
            {
                return problem;
            }
            if (known != "skiptoken")
            {
                raw.Add(piece);
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

    /// <summary>Those of the options, with all aliases.</summary>
    public RequestOptions Only(params string[] names) =>
        this with { Values = Values.Where(pair => names.Contains(pair.Key)).ToDictionary() };

    private static ApiError? Problem(bool isAlias, string name, string value, bool again)
    {
        var target = isAlias ? name : "$" + name;
        return again ? new ApiError(ErrorCode.BadQuery, $"{target} is given twice.") { Target = target }
            : value.Length == 0 ? new ApiError(ErrorCode.BadQuery, $"{target} has no value.") { Target = target }
            : isAlias && value is ['[' or '{', ..] ? new ApiError(ErrorCode.NotSupported, $"This service does not support lists and objects as parameter aliases.") { Target = target }
            : null;
    }

    /// <summary>The name without $, or "" for what is not the standard's.</summary>
    private static Result<string> SystemName(string name)
    {
        var bare = (name.StartsWith('$') ? name[1..] : name).ToLowerInvariant();
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
