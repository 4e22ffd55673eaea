using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>
/// The query options of a request. The standard's own are taken with and without $ in any letter case; a name with $ that
/// the standard lacks is an error, one without is the client's own business and is left out.
/// </summary>
/// <param name="Values">Decoded values of the standard's options by name in lower case, without $.</param>
/// <param name="Aliases">Decoded values of the parameter aliases, with @.</param>
/// <param name="Raw">Options and aliases as they were sent, but for the skip token; what a next link repeats.</param>
internal sealed partial record RequestOptions(
    IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Aliases, IReadOnlyList<string> Raw)
{
    private static readonly FrozenSet<string> Supported =
        FrozenSet.Create("filter", "select", "orderby", "top", "skip", "count", "format", "skiptoken", "deltatoken", "expand", "search", "compute", "apply", "id");

    private static readonly FrozenSet<string> Unsupported =
        FrozenSet.Create("levels", "index", "schemaversion");

    /// <summary>True for the options of an item of $expand.</summary>
    public bool IsNested { get; private init; }

    /// <summary>Aliases that are given around an item of $expand and read the records there, so that they mean nothing in it.</summary>
    public IReadOnlySet<string> Outside { get; private init; } = FrozenSet<string>.Empty;

    public string? this[string name] => Values.GetValueOrDefault(name);

    public static Result<RequestOptions> Read(string query)
    {
        var (values, aliases, raw) = (new Dictionary<string, string>(), new Dictionary<string, string>(), new List<string>());
        foreach (var piece in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).SelectMany(Unpacked))
        {
            var (name, value) = Decoded(piece);
            if (!SystemName(name).Succeeded(out var known, out var error))
            {
                return error;
            }
            if (known.Length > 0 && Add(known, value, values, aliases) is { } problem)
            {
                return problem;
            }
            if (known.Length > 0 && known != "skiptoken")
            {
                raw.Add(piece);
            }
        }
        return new RequestOptions(values, aliases, raw);
    }

    /// <summary>The options of an item of $expand, with the aliases that are given around it.</summary>
    public Result<RequestOptions> Nested(string? text)
    {
        if (PipelineText.Split(text ?? "", ';') is not { } pieces)
        {
            return new ApiError(ErrorCode.BadQuery, $"The brackets or quotes in {text} do not close.") { Target = "$expand" };
        }
        var (values, own) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        foreach (var (name, value) in pieces.Where(piece => piece.Length > 0).Select(Split))
        {
            if (!NestedName(name.Trim()).Succeeded(out var known, out var error))
            {
                return error;
            }
            if (Add(known, value.Trim(), values, own) is { } problem)
            {
                return problem;
            }
        }
        var around = Aliases.Where(alias => !own.ContainsKey(alias.Key)).ToArray();
        return new RequestOptions(values, own.Concat(around.Where(alias => AliasText.IsLiteral(alias.Value))).ToDictionary(), [])
        {
            IsNested = true,
            Outside = around.Where(alias => !AliasText.IsLiteral(alias.Value)).Select(alias => alias.Key).Concat(Outside).ToFrozenSet(),
        };
    }

    /// <summary>The same with one more condition for the records of the set, in the links too. A $apply begins with those that meet it.</summary>
    public RequestOptions AndFilter(string condition) =>
        this["apply"] is { } steps ? With("apply", $"filter({condition})/{steps}")
        : this["filter"] is { } given ? With("filter", $"({condition}) and ({given})")
        : With("filter", $"({condition})");

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

    /// <summary>All but those of the options, in the links too.</summary>
    public RequestOptions Without(params string[] names) => this with
    {
        Values = Values.Where(pair => !names.Contains(pair.Key)).ToDictionary(),
        Raw = [.. Raw.Where(piece => !names.Contains(Decoded(piece).Name.TrimStart('$').ToLowerInvariant()))],
    };

    private RequestOptions With(string name, string value) => this with
    {
        Values = new Dictionary<string, string>(Values) { [name] = value },
        Raw = [.. Without(name).Raw, $"${name}={Uri.EscapeDataString(value)}"],
    };

    /// <summary>A skip token that holds the other options is as good as all of them in the address.</summary>
    private static string[] Unpacked(string piece) =>
        Decoded(piece) is ("$skiptoken", var value) && PackedQuery.Unpack(value) is { } packed
            ? [.. packed.Options.Split('&'), "$skiptoken=" + packed.Token]
            : [piece];

    private static ApiError? Add(string name, string value, Dictionary<string, string> values, Dictionary<string, string> aliases)
    {
        var isAlias = name.StartsWith('@');
        var target = isAlias ? name : "$" + name;
        return !(isAlias ? aliases : values).TryAdd(name, value) ? new ApiError(ErrorCode.BadQuery, $"{target} is given twice.") { Target = target }
            : value.Length == 0 ? new ApiError(ErrorCode.BadQuery, $"{target} has no value.") { Target = target }
            : isAlias && value is ['{', ..] ? new ApiError(ErrorCode.NotSupported, "This service does not support objects as parameter aliases.") { Target = target }
            : null;
    }

    /// <summary>The name without $, an alias as it is, or "" for what is not the standard's.</summary>
    private static Result<string> SystemName(string name)
    {
        if (name.StartsWith('@'))
        {
            return name;
        }
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

    /// <summary>The same within $expand, where $levels has a meaning and no option is the client's own.</summary>
    private static Result<string> NestedName(string name)
    {
        if (name.TrimStart('$').Equals("levels", StringComparison.OrdinalIgnoreCase))
        {
            return "levels";
        }
        return SystemName(name) is { Value: "" } ? new ApiError(ErrorCode.BadQuery, $"There is no option {name}.") { Target = name } : SystemName(name);
    }

    private static (string Name, string Value) Split(string piece)
    {
        var equals = piece.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (piece, "") : (piece[..equals], piece[(equals + 1)..]);
    }

    private static (string Name, string Value) Decoded(string piece) => Split(piece) is var (name, value) ? (Decode(name), Decode(value)) : default;

    /// <summary>A + is a blank, as forms write it, but behind a time of day, where only an offset from UTC can stand.</summary>
    private static string Decode(string text) => Uri.UnescapeDataString(Offset().Replace(text, "%2B").Replace('+', ' ')).Trim();

    [GeneratedRegex(@"(?<=T\d\d(:|%3A)\d\d((:|%3A)\d\d(\.\d+)?)?)\+(?=\d\d(:|%3A)\d\d)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Offset();
}
