namespace PowerBI.Tests.Model.Dax;

/// <summary>What is wrong with the measures of a model: what Power BI would mark as an error, and what the habits of DAX forbid.</summary>
internal static class DaxChecks
{
    public static IEnumerable<string> Run(SemanticModel model) => model.Measures.SelectMany(measure => Measure(model, measure)).Concat(Circles(model));

    private static IEnumerable<string> Measure(SemanticModel model, Measure measure)
    {
        DaxNode node;
        try
        {
            node = measure.Expression;
        }
        catch (DaxException exception)
        {
            return [$"{measure.Name}: {exception.Message}"];
        }

        return node.All.SelectMany(part => Node(model, part)).Concat(Variables(model, node)).Select(finding => $"{measure.Name}: {finding}");
    }

    private static IEnumerable<string> Node(SemanticModel model, DaxNode node) => node switch
    {
        DaxColumn column when model.Column(column.Table, column.Name) is null =>
            [model.Measure(column.Name) is null ? $"There is no column {column.Table}[{column.Name}]." : $"DAX_MEASURES_UNQUALIFIED: {column.Table}[{column.Name}]"],
        DaxMeasure name when model.Measure(name.Name) is null =>
            [model.Tables.Any(table => model.Column(table.Name, name.Name) is not null) ? $"DAX_COLUMNS_FULLY_QUALIFIED: [{name.Name}]" : $"There is no measure [{name.Name}]."],
        DaxCall call when !DaxFunctions.Known.TryGetValue(call.Function, out var arity) || call.Arguments.Count < arity.Least || call.Arguments.Count > arity.Most =>
            [$"{call.Function} is not known, or not with {call.Arguments.Count} arguments."],
        DaxOperation { Operator: "/" } => ["USE_THE_DIVIDE_FUNCTION_FOR_DIVISION"],
        DaxOperation { Operator: "IN", Right: not DaxList } => ["IN takes a list in braces here."],
        DaxCall { Function: "CALCULATE" or "CALCULATETABLE" } call => call.Arguments.Skip(1).SelectMany(Condition),
        _ => [],
    };

    /// <summary>What CALCULATE takes as a condition: one of columns of one table, without measures. Tables are taken as they are.</summary>
    private static IEnumerable<string> Condition(DaxNode argument)
    {
        var condition = argument is DaxCall { Function: "KEEPFILTERS", Arguments: [var kept] } ? kept : argument;
        var isTruth = condition is DaxOperation or DaxCall { Function: "ISBLANK" };
        var tables = condition.All.OfType<DaxColumn>().Select(column => column.Table).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        if (isTruth && (tables != 1 || condition.All.Any(part => part is DaxMeasure or DaxCall { Function: "CALCULATE" or "SUM" or "MAX" })))
        {
            yield return "A condition of CALCULATE is of one table, and without measures and sums.";
        }
        else if (!isTruth && condition is not DaxCall { Function: "ALLEXCEPT" or "REMOVEFILTERS" or "FILTER" })
        {
            yield return "CALCULATE takes conditions, and what gives or takes away filters.";
        }
    }

    /// <summary>A name is that of a variable before it, or of a table; and no variable is in vain.</summary>
    private static IEnumerable<string> Variables(SemanticModel model, DaxNode node)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var block in node.All.OfType<DaxBlock>())
        {
            foreach (var (name, value) in block.Variables)
            {
                foreach (var finding in Unknown(model, value, known).Concat(Name(model, block, name, known)))
                {
                    yield return finding;
                }

                known.Add(name);
            }
        }

        foreach (var finding in Unknown(model, node, known))
        {
            yield return finding;
        }
    }

    private static IEnumerable<string> Name(SemanticModel model, DaxBlock block, string name, HashSet<string> known)
    {
        if (known.Contains(name) || model.Table(name) is not null || DaxFunctions.Reserved.Contains(name) || name.Contains('.'))
        {
            yield return $"No variable can have the name {name}.";
        }

        if (!block.All.OfType<DaxName>().Any(used => used.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"The variable {name} is not used.";
        }
    }

    private static IEnumerable<string> Unknown(SemanticModel model, DaxNode node, HashSet<string> known) => node.All.OfType<DaxName>()
        .Where(name => !known.Contains(name.Name) && model.Table(name.Name) is null)
        .Select(name => $"There is no variable or table {name.Name}.");

    /// <summary>A measure that is, step by step, made of itself.</summary>
    private static IEnumerable<string> Circles(SemanticModel model)
    {
        var uses = model.Measures.DistinctBy(measure => measure.Name).ToDictionary(measure => measure.Name, measure => Uses(measure).ToList(), StringComparer.OrdinalIgnoreCase);
        foreach (var name in uses.Keys)
        {
            var (reached, open) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new Stack<string>(uses[name]));
            while (open.TryPop(out var used))
            {
                if (reached.Add(used))
                {
                    uses.GetValueOrDefault(used)?.ForEach(open.Push);
                }
            }

            if (reached.Contains(name))
            {
                yield return $"{name} is made of itself.";
            }
        }
    }

    private static IEnumerable<string> Uses(Measure measure)
    {
        try
        {
            return measure.Expression.All.OfType<DaxMeasure>().Select(used => used.Name);
        }
        catch (DaxException)
        {
            return [];
        }
    }
}
