using System.Globalization;
using ConflictData.Api;
using ConflictData.Datasets;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Binds query options to the model with the library's parser.</summary>
internal static class QueryBinder
{
    /// <summary>Names in any letter case, functions and operators too, with and without namespace or $.</summary>
    public static ODataUriResolver Resolver { get; } = new UnqualifiedODataUriResolver { EnableCaseInsensitive = true, EnableNoDollarQueryOptions = true };

    public static Result<BoundQuery> Bind(Dataset dataset, RequestOptions options)
    {
        if (!ReadNumber(options, "top").Succeeded(out var top, out var error) || !ReadNumber(options, "skip").Succeeded(out var skip, out error))
        {
            return error;
        }
        if (!ReadCount(options["count"]).Succeeded(out var count, out error))
        {
            return error;
        }
        var option = "$filter";
        try
        {
            var parser = MakeParser(dataset, options);
            var filter = parser.ParseFilter()?.Expression;
            option = "$orderby";
            var order = parser.ParseOrderBy();
            option = "$select";
            var (columns, context) = ReadSelect(dataset, parser.ParseSelectAndExpand());
            return new BoundQuery
            {
                Dataset = dataset,
                Filter = filter,
                Order = [.. ReadOrder(order)],
                Columns = columns,
                SelectContext = context,
                Top = top,
                Skip = skip ?? 0,
                Count = count,
                Aliases = parser.ParameterAliasNodes.AsReadOnly(),
            };
        }
        catch (ODataException problem)
        {
            return LibraryMessage.ToError(problem, option);
        }
    }

    private static ODataQueryOptionParser MakeParser(Dataset dataset, RequestOptions options)
    {
        var set = ODataModel.Edm.EntityContainer.FindEntitySet(dataset.Name);
        var known = options.Values.ToDictionary(pair => "$" + pair.Key, pair => pair.Value);
        foreach (var (name, value) in options.Aliases)
        {
            known[name] = value;
        }
        return new ODataQueryOptionParser(ODataModel.Edm, set.EntityType, set, known) { Resolver = Resolver };
    }

    internal static IEnumerable<(SingleValueNode Key, bool Descending)> ReadOrder(OrderByClause? clause)
    {
        for (; clause is not null; clause = clause.ThenBy)
        {
            yield return (clause.Expression, clause.Direction == OrderByDirection.Descending);
        }
    }

    private static (IReadOnlyList<Column>, string) ReadSelect(Dataset dataset, SelectExpandClause? clause)
    {
        if (clause is null || clause.AllSelected && !clause.SelectedItems.Any())
        {
            return (dataset.Columns, "");
        }
        if (clause.SelectedItems.Any(item => item is WildcardSelectItem))
        {
            return (dataset.Columns, "(*)");
        }
        var columns = clause.SelectedItems.OfType<PathSelectItem>().Select(item => dataset[PropertyOf(item)]).ToArray();
        return (columns, $"({string.Join(',', columns.Select(column => column.Name))})");
    }

    private static string PropertyOf(PathSelectItem item) => item.SelectedPath.FirstSegment is PropertySegment property && item.SelectedPath.Count == 1
        ? property.Property.Name
        : throw new ODataException("A $select names properties of the record only.");

    private static Result<long?> ReadNumber(RequestOptions options, string name)
    {
        if (options[name] is not { } text)
        {
            return (long?)null;
        }
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (long?)number
            : new ApiError(ErrorCode.BadQuery, $"The option ${name} takes a whole number from 0; found {text} at position 0.") { Target = "$" + name };
    }

    private static Result<bool> ReadCount(string? text) => text?.ToLowerInvariant() switch
    {
        null or "false" => false,
        "true" => true,
        _ => new ApiError(ErrorCode.BadQuery, $"The option $count takes true or false; found {text} at position 0.") { Target = "$count" },
    };
}
