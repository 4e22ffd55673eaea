using ConflictData.Datasets;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Reads what $select names.</summary>
internal static class SelectBinder
{
    /// <param name="dataset">The dataset of the records.</param>
    /// <param name="computed">What $compute adds to its columns.</param>
    /// <param name="clause">The option; null where there is none.</param>
    /// <param name="isExpanded">True where something is expanded, so that the record need not have properties of its own.</param>
    public static IReadOnlyList<Column> Columns(Dataset dataset, IReadOnlyList<ComputedProperty> computed, SelectExpandClause? clause, bool isExpanded)
    {
        if (!IsNarrowed(clause) || HasWildcard(clause!))
        {
            return computed.Count == 0 ? dataset.Columns : [.. dataset.Columns, .. computed.Select(property => property.Column)];
        }
        // Naming a way selects its link, which minimal metadata leaves out; what it leads to is for $expand to ask.
        var columns = clause!.SelectedItems.OfType<PathSelectItem>()
            .Where(item => item.SelectedPath.FirstSegment is not NavigationPropertySegment).Select(item => ColumnOf(dataset, item)).ToArray();
        return columns.Length > 0 || isExpanded
            ? columns
            : throw new ODataException("A $select names at least one property of the record, or one that $expand names too.");
    }

    public static IReadOnlyList<string> Names(SelectExpandClause? clause, IReadOnlyList<Column> columns) =>
        !IsNarrowed(clause) ? [] : [.. HasWildcard(clause!) ? ["*"] : columns.Select(column => column.Name), .. SelectedWays(clause!)];

    private static IEnumerable<string> SelectedWays(SelectExpandClause clause) =>
        clause.SelectedItems.OfType<PathSelectItem>().Select(item => item.SelectedPath.FirstSegment).OfType<NavigationPropertySegment>().Select(way => way.Identifier);

    private static bool IsNarrowed(SelectExpandClause? clause) => clause is not null && clause.SelectedItems.Any(item => item is PathSelectItem or WildcardSelectItem);

    private static bool HasWildcard(SelectExpandClause clause) => clause.SelectedItems.Any(item => item is WildcardSelectItem);

    private static Column ColumnOf(Dataset dataset, PathSelectItem item) => item.SelectedPath is { Count: 1, FirstSegment: PropertySegment segment }
        ? segment.Property is ComputedProperty computed ? computed.Column : dataset[segment.Property.Name]
        : throw new ODataException("A $select names properties of the record only.");
}
