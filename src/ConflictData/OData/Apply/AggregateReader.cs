using System.Collections.Frozen;
using ConflictData.Api;
using ConflictData.Datasets.Counts;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>
/// Reads the items of an aggregate: <c>$count as N</c>, <c>expression with sum as N</c> (or min, max, average, countdistinct)
/// and <c>Count with Conflict.total as T</c>, the honest total of the additive rows.
/// </summary>
internal sealed class AggregateReader(StepBinder binder, PipelineSql sql, Shape shape, PipelineProperty[] keys, Settings limits)
{
    public Result<Aggregate> Read(string item, IEnumerable<Aggregate> before)
    {
        if (PipelineText.Around(item, "as") is not var (operation, alias))
        {
            return Bad($"An aggregate names what it makes: {(item.Length == 0 ? "Low" : item)} as Name.");
        }
        if (Names.Problem(alias, keys.Concat(before.Select(aggregate => aggregate.Property))) is { } taken)
        {
            return taken;
        }
        if (operation.Equals("$count", StringComparison.OrdinalIgnoreCase))
        {
            return One(alias, "count(*)", PipelineTypes.Whole);
        }
        if (PipelineText.Around(operation, "with") is not var (operand, method))
        {
            return Bad($"An aggregate says how: {operation} with sum as {alias}, or $count as {alias}.");
        }
        return method.Equals(TotalType.Method, StringComparison.OrdinalIgnoreCase) ? Total(operand, alias) : Standard(operand, method, alias);
    }

    private Result<Aggregate> Standard(string operand, string method, string alias)
    {
        if (PipelineText.Around(operand, "with") is not null)
        {
            return new ApiError(ErrorCode.NotSupported, "This service does not support from in aggregate.") { Target = "$apply" };
        }
        if (!binder.Compute(shape, $"{operand} as {alias}Operand").Succeeded(out var bound, out var error))
        {
            return error;
        }
        if (bound.Value is not [var item])
        {
            return Bad($"{operand} is not one expression.");
        }
        if (new ExpressionCheck(limits).Check(item.Expression, bound.Aliases, "$apply") is { } problem)
        {
            return problem;
        }
        if (PipelineTypes.Of(item.Expression.TypeReference) is not { } type)
        {
            return Bad($"{operand} has no type that can be aggregated.");
        }
        var value = new ExpressionSql(sql.Parameters, bound.Aliases).Value(item.Expression);
        return method.ToLowerInvariant() switch
        {
            "min" => One(alias, $"min({value})", type),
            "max" => One(alias, $"max({value})", type),
            "countdistinct" => One(alias, $"count(DISTINCT {value})", PipelineTypes.Whole),
            "sum" or "average" when !PipelineTypes.IsNumber(type) => Bad($"{operand} is no number; there is no {method} of it."),
            "sum" => ConstantSql.SqlType(type) == "BIGINT" ? One(alias, $"sum({value})", type) : One(alias, $"fsum({value})", type),
            "average" => One(alias, $"avg({value})", PipelineTypes.Real),
            _ => Bad($"There is no aggregation method {method}. There are sum, min, max, average, countdistinct and {TotalType.Method}."),
        };
    }

    private Result<Aggregate> One(string alias, string aggregate, IEdmTypeReference type)
    {
        var column = sql.NewColumn();
        return new Aggregate(
            new PipelineProperty(shape.Type, alias, type, column, isDeclared: false), [$"CAST({aggregate} AS {ConstantSql.SqlType(type)}) AS {column}"], []);
    }

    private Result<Aggregate> Total(string operand, string alias)
    {
        if (!operand.Equals(TotalType.Operand, StringComparison.OrdinalIgnoreCase))
        {
            return Bad($"{TotalType.Method} is of the rows' counts: {TotalType.Operand} with {TotalType.Method} as {alias}.");
        }
        if (!shape.IsRecords || !shape.Dataset.IsTotalled)
        {
            return Bad(shape.IsRecords ? $"The counts of {shape.Dataset.Name} are not of one kind and have no total." : "A total is made of records, not of groups; make it in the first groupby.");
        }
        if (shape.Dataset.Find(OneOutcome.Column) is not null && !shape.HasOneOutcome && !keys.Any(key => key.Name == OneOutcome.Column))
        {
            return Bad("People of different outcomes, such as killed and displaced, are never added: group by Outcome, or filter by one before (filter(Outcome eq 'killed')/…).");
        }
        var columns = TotalType.Members.ToFrozenDictionary(member => member, _ => sql.NewColumn());
        var total = new CountTotals("\"Additive\"");
        return new Aggregate(
            new TotalProperty(shape.Type, alias, columns),
            [.. total.Columns.Select(sum => $"CAST({sum.Sql} AS BIGINT) AS {columns[sum.Name]}")],
            [$"{CountSql.Label(columns["Low"], columns["High"], columns["About"], columns["Unnumbered"])} AS {columns["Label"]}"]);
    }

    private static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail) { Target = "$apply" };
}
