using ConflictData.Api;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Parses options with the library against a type, one by one, and says what is wrong with them in the caller's words.</summary>
internal sealed class OptionParser
{
    /// <summary>The options that are expressions; the library knows all other options whole.</summary>
    private static readonly string[] Expressions = ["$filter", "$orderby", "$compute"];

    private readonly ODataQueryOptionParser parser;
    private readonly List<ExpressionText> texts;
    private readonly Settings limits;

    private OptionParser(IEdmType type, IEdmNavigationSource? source, Dictionary<string, string> known, List<ExpressionText> texts, Settings limits) =>
        (parser, this.texts, this.limits) = (new ODataQueryOptionParser(ODataModel.Edm, type, source, known) { Resolver = Resolver }, texts, limits);

    public static ODataUriResolver Resolver { get; } = new QueryResolver();

    /// <summary>What the aliases that were met stand for.</summary>
    public IReadOnlyDictionary<string, SingleValueNode> Aliases => parser.ParameterAliasNodes.AsReadOnly();

    /// <param name="type">The type of the records.</param>
    /// <param name="source">The set that they are of; null where they are of none.</param>
    /// <param name="options">The options, and the aliases that they may use.</param>
    /// <param name="limits">The largest that they may be.</param>
    public static Result<OptionParser> Of(IEdmType type, IEdmNavigationSource? source, RequestOptions options, Settings limits)
    {
        var (known, texts) = (new Dictionary<string, string>(), new List<ExpressionText>());
        foreach (var (name, value) in options.Values.Select(option => ("$" + option.Key, option.Value)).Concat(options.Aliases.Select(alias => (alias.Key, alias.Value))))
        {
            known[name] = name == "$search" ? SearchText.Quoted(value) : value;
            if (name.StartsWith('$') && !Expressions.Contains(name))
            {
                continue;
            }
            if (!ExpressionText.Read(value, options, limits).Succeeded(out var text, out var error))
            {
                return error with { Target = name };
            }
            known[name] = text.Text;
            texts.Add(text);
        }
        return new OptionParser(type, source, known, texts, limits);
    }

    /// <param name="option">The option, with $, for the library's message.</param>
    /// <param name="text">What the caller wrote there.</param>
    /// <param name="read">Reads it.</param>
    public Result<T> Read<T>(string option, string? text, Func<ODataQueryOptionParser, T> read)
    {
        try
        {
            return read(parser);
        }
        catch (ODataException problem)
        {
            return UnsupportedSyntax.Find(text) is { } word
                ? ExpressionErrors.Unsupported(word) with { Target = option }
                : LibraryMessage.ToError(texts.Aggregate(problem.Message, (message, written) => written.Explain(message)), limits) with { Target = option };
        }
        catch (ArgumentException)
        {
            // The library's own failure where a name is missing.
            return new ApiError(ErrorCode.BadQuery, $"{option} is malformed.") { Target = option };
        }
    }
}
