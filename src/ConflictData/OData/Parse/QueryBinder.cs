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
    public static ODataUriResolver Resolver { get; } = new QueryResolver();

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
        var option = "$compute";
        try
        {
            IEdmEntityType type = ODataModel.Edm.EntityContainer.FindEntitySet(dataset.Name).EntityType;
            if (options["compute"] is not null)
            {
                if (!ComputeBinder.TypeWith(type, MakeParser(dataset, type, options).ParseCompute()).Succeeded(out var widened, out error))
                {
                    return error;
                }
                type = widened;
            }
            option = "$filter";
            var parser = MakeParser(dataset, type, options);
            var filter = parser.ParseFilter()?.Expression;
            option = "$search";
            var search = parser.ParseSearch()?.Expression;
            option = "$orderby";
            var order = parser.ParseOrderBy();
            option = options["expand"] is null ? "$select" : "$expand";
            var selected = parser.ParseSelectAndExpand();
            if (!SelectBinder.Expanded(selected, parser.ParameterAliasNodes.AsReadOnly()).Succeeded(out var expanded, out error))
            {
                return error;
            }
            ComputedProperty[] computed = [.. type.DeclaredProperties.OfType<ComputedProperty>()];
            var columns = SelectBinder.Columns(dataset, computed, selected);
            return new BoundQuery
            {
                Dataset = dataset,
                Computed = computed,
                Filter = filter,
                Search = search,
                Order = [.. ReadOrder(order)],
                Columns = columns,
                SelectContext = SelectBinder.Context(selected, columns, expanded),
                Expanded = expanded,
                Top = top,
                Skip = skip ?? 0,
                Count = count,
                Aliases = parser.ParameterAliasNodes.AsReadOnly(),
            };
        }
        catch (ODataException problem)
        {
            return UnsupportedSyntax.Find(options[option[1..]]) is { } word
                ? new ApiError(ErrorCode.NotSupported, $"This service does not support {word}.") { Target = option }
                : LibraryMessage.ToError(problem, option);
        }
        catch (ArgumentException)
        {
            // The library's own failure where a name is missing.
            return new ApiError(ErrorCode.BadQuery, $"{option} is malformed.") { Target = option };
        }
    }

    private static ODataQueryOptionParser MakeParser(Dataset dataset, IEdmEntityType type, RequestOptions options)
    {
        var set = ODataModel.Edm.EntityContainer.FindEntitySet(dataset.Name);
        var known = options.Values.ToDictionary(pair => "$" + pair.Key, pair => pair.Value);
        foreach (var (name, value) in options.Aliases)
        {
            known[name] = value;
        }
        return new ODataQueryOptionParser(ODataModel.Edm, type, set, known) { Resolver = Resolver };
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
}
