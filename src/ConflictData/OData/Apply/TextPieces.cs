using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>How many texts the value of an expression is put together of: what may make it long.</summary>
internal static class TextPieces
{
    public static int Of(SingleValueNode node, IReadOnlyDictionary<string, SingleValueNode> aliases) => node switch
    {
        ConvertNode convert => Of(convert.Source, aliases),
        ParameterAliasNode alias => aliases.GetValueOrDefault(alias.Alias) is { } value ? Of(value, aliases) : 1,
        SingleValuePropertyAccessNode { Property: PipelineProperty property } => property.Pieces,
        SingleValueFunctionCallNode call when call.Parameters.OfType<SingleValueNode>().Select(value => Of(value, aliases)).ToArray() is { Length: > 0 } pieces =>
            call.Name == "concat" ? pieces.Sum() : pieces.Max(),
        _ => 1,
    };
}
