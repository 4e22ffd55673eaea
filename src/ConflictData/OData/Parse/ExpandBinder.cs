using System.Globalization;
using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.OData;

/// <summary>
/// Binds $expand: each item's options as the options of a query of their own, so that they mean the same there. One is made
/// for each request, so that its limit holds for all depths together.
/// </summary>
internal sealed class ExpandBinder(QueryBinder queries, Settings limits)
{
    private int ways;

    /// <summary>What the option expand asks for.</summary>
    /// <param name="dataset">The dataset of the records that it is applied to.</param>
    /// <param name="options">The options around it.</param>
    /// <param name="depth">How many $expand there are around each other, this one counted.</param>
    public Result<IReadOnlyList<BoundExpand>> Bind(Dataset dataset, RequestOptions options, int depth)
    {
        var bound = new List<BoundExpand>();
        if (options["expand"] is not { } text)
        {
            return bound;
        }
        if (!ExpandText.Read(text).Succeeded(out var items, out var error))
        {
            return error;
        }
        foreach (var (item, way) in items.SelectMany(item => Ways(dataset, item, items)))
        {
            if (way is null)
            {
                return Bad($"{dataset.Name} has no way {item.Way}. {Known(dataset)}");
            }
            if (bound.Any(other => other.Way == way))
            {
                return Bad($"$expand names {way.Name} twice.");
            }
            if (!Bind(item, way, options, depth).Succeeded(out var one, out error))
            {
                return error.Target == "$expand" ? error : error with { Target = "$expand", Detail = $"{error.Detail} ({error.Target} of {way.Name})" };
            }
            bound.Add(one);
        }
        return bound;
    }

    /// <summary>The ways that an item means; one that there is not is null.</summary>
    private static IEnumerable<(ExpandText Item, Navigation? Way)> Ways(Dataset dataset, ExpandText item, IReadOnlyList<ExpandText> items) => item.Way == "*"
        ? Navigations.Of(dataset).Where(way => !items.Any(other => IsName(other.Way, way))).Select(way => (item, (Navigation?)way))
        : [(item, Navigations.Of(dataset).FirstOrDefault(way => IsName(item.Way, way)))];

    private static string Known(Dataset dataset) => Navigations.Of(dataset) is { Count: > 0 } ways
        ? $"There are {string.Join(", ", ways.Select(way => way.Name))}."
        : "A view has none, and has what it tells of other records as columns of its own.";

    private static bool IsName(string name, Navigation way) => way.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private Result<BoundExpand> Bind(ExpandText item, Navigation way, RequestOptions around, int depth)
    {
        if (!around.Nested(item.Options).Succeeded(out var options, out var error))
        {
            return error;
        }
        if (Misplaced(options, item, way) is { } misplaced)
        {
            return misplaced;
        }
        return ReadLevels(options["levels"], way, depth).Succeeded(out var levels, out error)
            ? Bind(item.Kind, way, options.Without("levels"), levels, depth)
            : error;
    }

    private Result<BoundExpand> Bind(ExpandKind kind, Navigation way, RequestOptions options, int levels, int depth)
    {
        if (depth > limits.MaxExpandDepth)
        {
            return Bad($"$expand may be nested at most {limits.MaxExpandDepth} deep. Read the deeper records at their own address.");
        }
        if (++ways > limits.MaxExpandedWays)
        {
            return Bad($"The $expand of a query may name at most {limits.MaxExpandedWays} ways in all. Ask for the others in a query of their own.");
        }
        if (!queries.Bind(way.To, options, this, depth + 1).Succeeded(out var query, out var error))
        {
            return error;
        }
        if (levels > 1)
        {
            if (query.Expanded.Any(item => item.Way == way))
            {
                return Bad($"$expand names {way.Name} twice, once by $levels.");
            }
            if (!Bind(kind, way, options, levels - 1, depth + 1).Succeeded(out var deeper, out error))
            {
                return error;
            }
            query = query with { Expanded = [.. query.Expanded, deeper] };
        }
        return kind switch
        {
            ExpandKind.References => new BoundExpand(way, query with { Columns = [ReferenceColumn.Of(way.To)] }, kind),
            ExpandKind.Count => new BoundExpand(way, query with { Count = true }, kind),
            _ => new BoundExpand(way, query, kind) { IsRecursive = levels > 1 },
        };
    }

    /// <summary>What to one record there is nothing to choose from, and references have no properties.</summary>
    private static ApiError? Misplaced(RequestOptions options, ExpandText item, Navigation way)
    {
        string[] meant = (item.Kind, way.ToMany) switch
        {
            (ExpandKind.Records, true) => ["select", "expand", "compute", "levels", "filter", "search", "orderby", "top", "skip", "count"],
            (ExpandKind.Records, false) => ["select", "expand", "compute", "levels"],
            (ExpandKind.References, true) => ["compute", "filter", "search", "orderby", "top", "skip", "count"],
            (ExpandKind.Count, true) => ["filter", "search"],
            _ => [],
        };
        return item.Kind == ExpandKind.Count && !way.ToMany ? Bad($"{way.Name} leads to one record, of which there is no $count.")
            : options["apply"] is not null ? ExpressionErrors.Unsupported("$apply within $expand") with { Target = "$expand" }
            : options.Values.Keys.FirstOrDefault(name => !meant.Contains(name)) is { } other ? Bad($"The option ${other} has no meaning for {item.Way} within $expand.")
            : null;
    }

    private Result<int> ReadLevels(string? text, Navigation way, int depth)
    {
        var deepest = limits.MaxExpandDepth - depth + 1;
        if (text is null)
        {
            return 1;
        }
        if (text.Equals("max", StringComparison.OrdinalIgnoreCase))
        {
            return way.From == way.To ? Math.Max(deepest, 1) : 1;
        }
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var levels) || levels < 1)
        {
            return Bad($"The option $levels takes a whole number from 1, or max; found {text}.");
        }
        return levels > 1 && way.From != way.To ? Bad($"{way.Name} leads from {way.From.Name} to {way.To.Name} and so has one level; $levels is for ways such as Parent and Parts.")
            : levels > Math.Max(deepest, 1) ? Bad($"$levels may go at most {deepest} deep here, since $expand may be nested at most {limits.MaxExpandDepth} deep.")
            : levels;
    }

    private static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail) { Target = "$expand" };
}
