using PowerBI.Tests.Model.Dax;

namespace PowerBI.Tests.Model.Evaluation;

/// <summary>
/// Evaluates measures from their own text over the rows of a model, with the rules of DAX that they depend on: filters and
/// what replaces or keeps them, the tables that they reach, the change from a row to a filter, and blanks.
/// </summary>
internal sealed class DaxEvaluator
{
    private readonly FilterContext context;
    private readonly DaxRow? row;
    private readonly IReadOnlyDictionary<string, object?> variables;

    private DaxEvaluator(FilterContext context, DaxRow? row, IReadOnlyDictionary<string, object?> variables) =>
        (this.context, this.row, this.variables) = (context, row, variables);

    /// <summary>The value of a measure under filters; null is blank.</summary>
    public static object? Measure(FilterContext context, string name)
    {
        var measure = context.Data.Model.Measure(name) ?? throw new ArgumentException($"There is no measure {name}.");
        return new DaxEvaluator(context, null, new Dictionary<string, object?>()).Evaluate(measure.Expression);
    }

    private object? Evaluate(DaxNode node) => node switch
    {
        DaxLiteral literal => literal.Value,
        DaxName name => variables[name.Name],
        DaxColumn column => (row ?? throw new InvalidOperationException($"{column} has no row.")).Value(new(column.Table, column.Name)),
        DaxMeasure measure => Measure(Transition(), measure.Name),
        DaxBlock block => Block(block),
        DaxOperation operation => Operation(operation),
        DaxCall call => Call(call),
        _ => throw new NotSupportedException(node.ToString()),
    };

    private object? Block(DaxBlock block)
    {
        var known = new Dictionary<string, object?>(variables, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in block.Variables)
        {
            var scope = new DaxEvaluator(context, row, known);
            known[name] = IsTable(value) ? scope.Table(value) : scope.Evaluate(value);
        }

        return new DaxEvaluator(context, row, known).Evaluate(block.Result);
    }

    private object? Operation(DaxOperation operation) => operation.Operator switch
    {
        "NOT" => !DaxValues.IsTrue(Evaluate(operation.Right)),
        "&&" => DaxValues.IsTrue(Evaluate(operation.Left!)) && DaxValues.IsTrue(Evaluate(operation.Right)),
        "||" => DaxValues.IsTrue(Evaluate(operation.Left!)) || DaxValues.IsTrue(Evaluate(operation.Right)),
        "IN" => ((DaxList)operation.Right).Values.Any(value => DaxValues.AreSame(Evaluate(operation.Left!), Evaluate(value))),
        _ => DaxValues.Operate(operation.Operator, Evaluate(operation.Left!), Evaluate(operation.Right)),
    };

    private object? Call(DaxCall call) => call.Function switch
    {
        "BLANK" => null,
        "TRUE" => true,
        "CALCULATE" => Calculated(call).Evaluate(call.Arguments[0]),
        "COALESCE" => call.Arguments.Select(Evaluate).FirstOrDefault(value => value is not null),
        "COUNTROWS" => Table(call.Arguments[0]).Rows.Count is > 0 and var count ? (decimal)count : null,
        "DISTINCTCOUNT" => Column(call.Arguments[0]).Select(Key).Distinct().Count() is > 0 and var count ? (decimal)count : null,
        "DIVIDE" => (Evaluate(call.Arguments[0]), Evaluate(call.Arguments[1])) is (decimal part, decimal whole and not 0) ? part / whole : null,
        "FORMAT" => DaxValues.Format(Evaluate(call.Arguments[0]), (string)Evaluate(call.Arguments[1])!),
        "IF" => DaxValues.IsTrue(Evaluate(call.Arguments[0])) ? Evaluate(call.Arguments[1]) : call.Arguments.Count > 2 ? Evaluate(call.Arguments[2]) : null,
        "ISBLANK" => Evaluate(call.Arguments[0]) is null,
        "MAX" => Column(call.Arguments[0]).Where(value => value is not null).Max(Comparer<object?>.Create(DaxValues.Compare)),
        "MAXX" => Each(call).Max(Comparer<object?>.Create(DaxValues.Compare)),
        "MINX" => Each(call).Min(Comparer<object?>.Create(DaxValues.Compare)),
        "SUM" => Column(call.Arguments[0]).OfType<decimal>().ToList() is { Count: > 0 } numbers ? numbers.Sum() : null,
        "SWITCH" => Switch(call),
        _ => throw new NotSupportedException(call.Function),
    };

    private object? Switch(DaxCall call)
    {
        var value = Evaluate(call.Arguments[0]);
        for (var at = 1; at + 1 < call.Arguments.Count; at += 2)
        {
            if (DaxValues.AreSame(value, Evaluate(call.Arguments[at])))
            {
                return Evaluate(call.Arguments[at + 1]);
            }
        }

        return call.Arguments.Count % 2 == 0 ? Evaluate(call.Arguments[^1]) : null;
    }

    private static bool IsTable(DaxNode node) => node is DaxCall { Function: "CALCULATETABLE" or "FILTER" or "VALUES" or "SUMMARIZE" };

    private DaxTable Table(DaxNode node) => node switch
    {
        DaxName name when variables.TryGetValue(name.Name, out var known) => (DaxTable)known!,
        DaxName name => new(context.Visible(name.Name)),
        DaxCall { Function: "CALCULATETABLE" } call => Calculated(call).Table(call.Arguments[0]),
        DaxCall { Function: "FILTER" } call => new([.. Table(call.Arguments[0]).Rows.Where(item => DaxValues.IsTrue(At(item).Evaluate(call.Arguments[1])))]),
        DaxCall { Function: "VALUES" } call => Distinct(context.Visible(((DaxColumn)call.Arguments[0]).Table), call.Arguments),
        DaxCall { Function: "SUMMARIZE" } call => Distinct(Table(call.Arguments[0]).Rows, call.Arguments.Skip(1)),
        _ => throw new NotSupportedException(node.ToString()),
    };

    private static DaxTable Distinct(IEnumerable<DaxRow> rows, IEnumerable<DaxNode> columns)
    {
        ColumnName[] names = [.. columns.Cast<DaxColumn>().Select(column => new ColumnName(column.Table, column.Name))];
        return new([.. rows.Select(item => names.Select(item.Value).ToArray()).DistinctBy(values => string.Join('\u0001', values.Select(Key))).Select(values => DaxRow.Of(names, values))]);
    }

    private IEnumerable<object?> Column(DaxNode node) => context.Visible(((DaxColumn)node).Table).Select(item => item.Value(new(((DaxColumn)node).Table, ((DaxColumn)node).Name)));

    private IEnumerable<object?> Each(DaxCall call) => Table(call.Arguments[0]).Rows.Select(item => At(item).Evaluate(call.Arguments[1])).Where(value => value is not null);

    private DaxEvaluator At(DaxRow item) => new(context, item, variables);

    private static object Key(object? value) => value is string text ? text.ToUpperInvariant() : value ?? "blank";

    /// <summary>The filters with one for each column of the row that is looked at.</summary>
    private FilterContext Transition() => row is null ? context : row.Columns.Aggregate(context, (filters, column) => filters.Where(column, row.Value(column)));

    /// <summary>Where the first argument of CALCULATE is evaluated: what takes filters away comes before what sets them.</summary>
    private DaxEvaluator Calculated(DaxCall call)
    {
        var changes = call.Arguments.Skip(1).ToList();
        var filters = changes.OfType<DaxCall>().Aggregate(Transition(), Removed);
        foreach (var change in changes.Where(change => change is not DaxCall { Function: "ALLEXCEPT" or "REMOVEFILTERS" }))
        {
            filters = change is DaxCall { Function: "KEEPFILTERS" } kept ? filters.And(Filter(kept.Arguments[0])) : filters.Replace(Filter(change));
        }

        return new(filters, null, variables);
    }

    private static FilterContext Removed(FilterContext filters, DaxCall change)
    {
        ColumnName[] columns = [.. change.Arguments.OfType<DaxColumn>().Select(column => new ColumnName(column.Table, column.Name))];
        return change.Function switch
        {
            "ALLEXCEPT" => filters.WithoutTable(((DaxName)change.Arguments[0]).Name, columns),
            "REMOVEFILTERS" when change.Arguments[0] is DaxName table => filters.WithoutTable(table.Name, []),
            "REMOVEFILTERS" => filters.Without(filter => filter.Columns.Any(columns.Contains)),
            _ => filters,
        };
    }

    private ColumnFilter Filter(DaxNode node)
    {
        if (IsTable(node))
        {
            var rows = Table(node).Rows;
            var columns = rows.Count > 0 ? rows[0].Columns : [.. node.All.OfType<DaxCall>().Single(call => call.Function == "VALUES").Arguments.Cast<DaxColumn>().Select(column => new ColumnName(column.Table, column.Name))];
            return new(columns, item => rows.Any(allowed => columns.All(column => DaxValues.AreSame(item.Value(column), allowed.Value(column)))));
        }

        return new([.. node.All.OfType<DaxColumn>().Select(column => new ColumnName(column.Table, column.Name)).Distinct()], item => DaxValues.IsTrue(new DaxEvaluator(context, item, variables).Evaluate(node)));
    }
}
