using System.Collections.ObjectModel;
using System.Globalization;
using ConflictData.Api;
using ConflictData.Datasets;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Binds query options to the model with the library's parser.</summary>
internal sealed class QueryBinder(Settings limits)
{
    public Result<BoundQuery> Bind(Dataset dataset, RequestOptions options) => Bind(dataset, options, new ExpandBinder(this, limits), depth: 1);

    /// <param name="dataset">The dataset of the records.</param>
    /// <param name="options">The options.</param>
    /// <param name="expands">Binds their $expand.</param>
    /// <param name="depth">How many $expand there are around each other, theirs counted.</param>
    public Result<BoundQuery> Bind(Dataset dataset, RequestOptions options, ExpandBinder expands, int depth)
    {
        if (!ReadNumber(options, "top").Succeeded(out var top, out var error)
            || !ReadNumber(options, "skip").Succeeded(out var skip, out error)
            || !ReadCount(options["count"]).Succeeded(out var count, out error)
            || !Widened(dataset, options).Succeeded(out var widened, out error)
            || !expands.Bind(dataset, options, depth).Succeeded(out var expanded, out error)
            || !BindTo(widened, dataset, options, expanded).Succeeded(out var query, out error))
        {
            return error;
        }
        return query with { Expanded = expanded, Top = top, Skip = skip ?? 0, Count = count };
    }

    internal static IEnumerable<(SingleValueNode Key, bool Descending)> ReadOrder(OrderByClause? clause)
    {
        for (; clause is not null; clause = clause.ThenBy)
        {
            yield return (clause.Expression, clause.Direction == OrderByDirection.Descending);
        }
    }

    internal static Result<long?> ReadNumber(RequestOptions options, string name)
    {
        if (options[name] is not { } text)
        {
            return (long?)null;
        }
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (long?)number
            : new ApiError(ErrorCode.BadQuery, $"The option ${name} takes a whole number from 0; found {text} at position 0.") { Target = "$" + name };
    }

    internal static Result<bool> ReadCount(string? text) => text?.ToLowerInvariant() switch
    {
        null or "false" => false,
        "true" => true,
        _ => new ApiError(ErrorCode.BadQuery, $"The option $count takes true or false; found {text} at position 0.") { Target = "$count" },
    };

    /// <summary>The type that the other options are bound to: that of the records, with what $compute adds.</summary>
    private Result<WidenedType> Widened(Dataset dataset, RequestOptions options)
    {
        var type = (EdmEntityType)ODataModel.TypeOf(dataset);
        if (options["compute"] is not { } text)
        {
            return new WidenedType(type, ReadOnlyDictionary<string, SingleValueNode>.Empty);
        }
        return OptionParser.Of(type, SetOf(dataset), options, limits).Succeeded(out var parser, out var error)
            && parser.Read("$compute", text, library => library.ParseCompute()).Succeeded(out var clause, out error)
            && ComputeBinder.TypeWith(type, clause).Succeeded(out var widened, out error)
                ? new WidenedType(widened, parser.Aliases)
                : error;
    }

    private Result<BoundQuery> BindTo(WidenedType widened, Dataset dataset, RequestOptions options, IReadOnlyList<BoundExpand> expanded)
    {
        var type = widened.Type;
        ComputedProperty[] computed = [.. type.DeclaredProperties.OfType<ComputedProperty>()];
        if (SearchText.Check(options["search"], limits) is { } tooLarge)
        {
            return tooLarge;
        }
        if (options["select"]?.Length > limits.MaxAddress)
        {
            return new ApiError(ErrorCode.BadQuery, $"A $select may be at most {limits.MaxAddress} characters long, as an address may.") { Target = "$select" };
        }
        if (options["select"]?.Contains('(', StringComparison.Ordinal) == true)
        {
            return new ApiError(ErrorCode.BadQuery, "A $select names properties of the record; none of them takes options in brackets. What is asked of related records stands in $expand.") { Target = "$select" };
        }
        // What is expanded is bound already: the library only reads what $select names.
        if (!OptionParser.Of(type, SetOf(dataset), options.Without("expand"), limits).Succeeded(out var parser, out var error)
            || !parser.Read("$filter", options["filter"], library => library.ParseFilter()?.Expression).Succeeded(out var filter, out error)
            || !parser.Read("$search", options["search"], library => library.ParseSearch()?.Expression).Succeeded(out var search, out error)
            || !parser.Read("$orderby", options["orderby"], library => ReadOrder(library.ParseOrderBy()).ToArray()).Succeeded(out var order, out error)
            || !parser.Read("$select", options["select"], library => Selected(library.ParseSelectAndExpand())).Succeeded(out var selected, out error))
        {
            return error;
        }
        return new BoundQuery
        {
            Dataset = dataset,
            Computed = computed,
            Filter = filter,
            Search = search,
            Order = order,
            Columns = selected.Columns,
            SelectList = new(selected.Names, [.. expanded.Where(item => item.Kind == ExpandKind.Records).Select(item => new ExpandedList(item.Way.Name, item.IsRecursive, item.Query.SelectList))]),
            Aliases = widened.Aliases.Concat(parser.Aliases.Where(alias => !widened.Aliases.ContainsKey(alias.Key))).ToDictionary(),
        };

        SelectedColumns Selected(SelectExpandClause? clause)
        {
            var columns = SelectBinder.Columns(dataset, computed, clause, expanded.Count > 0);
            return new(columns, SelectBinder.Names(clause, columns));
        }
    }

    private static IEdmEntitySet SetOf(Dataset dataset) => ODataModel.Edm.EntityContainer.FindEntitySet(dataset.Name);

    /// <param name="Type">The type.</param>
    /// <param name="Aliases">What the aliases stand for that $compute has.</param>
    private sealed record WidenedType(EdmEntityType Type, IReadOnlyDictionary<string, SingleValueNode> Aliases);

    private sealed record SelectedColumns(IReadOnlyList<Column> Columns, IReadOnlyList<string> Names);
}
