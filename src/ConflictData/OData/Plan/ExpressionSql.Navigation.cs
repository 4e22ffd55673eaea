using System.Diagnostics;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <content>Expressions that lead to other records.</content>
internal sealed partial class ExpressionSql
{
    /// <summary>The tables of the variables of any and all that are open.</summary>
    private readonly Dictionary<RangeVariable, TableScope> variables = [];

    private string Column(SingleValuePropertyAccessNode node) => TableOf(node.Source).Column(node.Property);

    private TableScope TableOf(SingleValueNode? node) => node switch
    {
        null => scope,
        ResourceRangeVariableReferenceNode variable => variables.GetValueOrDefault(variable.RangeVariable, scope),
        SingleComplexNode part => TableOf(part.Source),
        SingleNavigationNode navigation => TableOf(navigation.Source).To(Navigations.Of(navigation.NavigationProperty)),
        _ => throw new UnreachableException($"The check let {node.Kind} through."),
    };

    /// <summary>
    /// Any is true where some record makes the condition true, all where none fails to; both are two-valued. The joins that
    /// the condition needs are known once it is written.
    /// </summary>
    private string Lambda(LambdaNode node)
    {
        var (table, link) = Open((CollectionNavigationNode)node.Source);
        if (node.CurrentRangeVariable is { } variable)
        {
            variables[variable] = table;
        }
        var body = node.CurrentRangeVariable is null ? "TRUE" : Condition(node.Body, exact: false);
        return node is AnyNode
            ? $"(EXISTS (SELECT 1 FROM {table.From()} WHERE {link} AND {body}))"
            : $"(NOT EXISTS (SELECT 1 FROM {table.From()} WHERE {link} AND ({body}) IS NOT TRUE))";
    }

    private string CountOf(CountNode node)
    {
        var (table, link) = Open((CollectionNavigationNode)node.Source);
        var body = "";
        if (node.FilterClause is { } filter)
        {
            variables[filter.RangeVariable] = table;
            body = $" AND {Condition(filter.Expression, exact: false)}";
        }
        if (node.SearchClause is { } search)
        {
            body += $" AND {new SearchSql(parameters, table).Write(search.Expression)}";
        }
        return $"(SELECT count(*) FROM {table.From()} WHERE {link}{body})";
    }

    private (TableScope Table, string Link) Open(CollectionNavigationNode node)
    {
        var way = Navigations.Of(node.NavigationProperty);
        var source = TableOf(node.Source);
        var table = source.Among(way);
        return (table, $"{table.Column(way.ToColumn.Name)} = {source.Column(way.FromColumn.Name)}");
    }
}
